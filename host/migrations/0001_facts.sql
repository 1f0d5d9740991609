-- Times are milliseconds since 1970-01-01T00:00:00Z.

CREATE TABLE shop (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,          -- JSON
    version BIGINT NOT NULL,         -- raised by every change of the settings
    last_seq BIGINT NOT NULL,        -- of its newest load
    created_at BIGINT NOT NULL
);

-- A load is all or nothing: its batches count from the moment that this row is there.
CREATE TABLE fact_load (
    shop TEXT NOT NULL REFERENCES shop (id),
    seq BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    order_count BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (shop, seq)
);

CREATE TABLE fact_batch (
    load_id TEXT NOT NULL,
    part BIGINT NOT NULL,
    shop TEXT NOT NULL REFERENCES shop (id),
    kind TEXT NOT NULL,              -- lines, customers, ndjson
    row_count BIGINT NOT NULL,
    order_count BIGINT NOT NULL,
    sha256 BLOB NOT NULL,            -- of body
    received_at BIGINT NOT NULL,
    body BLOB NOT NULL,              -- zstd
    PRIMARY KEY (load_id, part)
);

CREATE INDEX fact_batch_shop ON fact_batch (shop, received_at);

CREATE TABLE token (
    hash BLOB NOT NULL PRIMARY KEY,  -- sha256 of the token
    shop TEXT NOT NULL REFERENCES shop (id),
    scope TEXT NOT NULL,             -- read, write, admin
    prefix TEXT NOT NULL UNIQUE,     -- the token's first letters, to name it by
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
