-- Times are milliseconds since 1970-01-01T00:00:00Z.

-- One row a message to one person. Its states:
-- queued -> claimed -> wired -> done | failed | dead; wired and the lease over -> unknown.
CREATE TABLE delivery (
    id TEXT NOT NULL PRIMARY KEY,    -- 32 hex digits, the first twelve a time
    shop TEXT NOT NULL REFERENCES shop (id),
    campaign TEXT NOT NULL,
    customer TEXT NOT NULL,
    channel TEXT NOT NULL,
    dedupe_key TEXT NOT NULL,        -- the plan's key
    address TEXT NOT NULL,           -- normalised: what a suppression names
    message_id TEXT NOT NULL,        -- the same for every attempt
    state TEXT NOT NULL CHECK (state IN
        ('queued', 'claimed', 'wired', 'done', 'failed', 'dead', 'unknown', 'abandoned')),
    attempt BIGINT NOT NULL,         -- raised by every claim: the fence against a worker that stalled
    tries BIGINT NOT NULL,           -- attempts that the receiver put off
    lost BIGINT NOT NULL,            -- claims whose worker died before the wire
    owner TEXT,
    lease_until BIGINT,
    not_before BIGINT NOT NULL,      -- the greatest number: held until its whole campaign is written
    expires_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    wire_at BIGINT,
    ended_at BIGINT,
    told BIGINT NOT NULL,            -- 1: the shop's log has a fact of it
    provider_id TEXT,                -- the receiver's own words of acceptance
    error_code TEXT,
    error_text TEXT,
    UNIQUE (shop, dedupe_key),
    UNIQUE (shop, campaign, channel, address)
);

CREATE INDEX delivery_due ON delivery (state, not_before, id);
CREATE INDEX delivery_list ON delivery (shop, campaign, id);
CREATE INDEX delivery_address ON delivery (shop, channel, address);
CREATE INDEX delivery_told ON delivery (shop, ended_at) WHERE told = 0 AND state = 'done';

-- Rendered once, so that every attempt sends the same bytes.
CREATE TABLE delivery_content (
    id TEXT NOT NULL PRIMARY KEY REFERENCES delivery (id) ON DELETE CASCADE,
    envelope_from TEXT NOT NULL,
    envelope_to TEXT NOT NULL,
    payload BLOB NOT NULL,
    payload_hash BLOB NOT NULL       -- sha256
);

-- Who must not be written to any more. Looked at in the transaction that wires a delivery.
CREATE TABLE suppression (
    shop TEXT NOT NULL REFERENCES shop (id),
    channel TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL,            -- unsubscribed, bounced
    delivery_key TEXT,
    told BIGINT NOT NULL,            -- 1: the shop's log has a fact of it
    PRIMARY KEY (shop, channel, address)
);

CREATE INDEX suppression_told ON suppression (shop, at) WHERE told = 0;

-- Who the mails of a shop are from: the law wants all of it in each advertising mail.
CREATE TABLE mail_sender (
    shop TEXT NOT NULL PRIMARY KEY REFERENCES shop (id),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    reply_to TEXT,
    postal_address TEXT NOT NULL,
    contact TEXT NOT NULL
);

-- Keys that sign the links in mails.
CREATE TABLE outbox_key (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
);
