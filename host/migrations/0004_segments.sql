-- Times are milliseconds since 1970-01-01T00:00:00Z, days are counted from the same day.

-- A saved segment. What it says is in its newest version.
CREATE TABLE segment (
    shop TEXT NOT NULL REFERENCES shop (id),
    id TEXT NOT NULL,                -- 16 hex digits
    name TEXT NOT NULL,
    version BIGINT NOT NULL,         -- the newest
    created_at BIGINT NOT NULL,
    PRIMARY KEY (shop, id),
    UNIQUE (shop, name)
);

-- All that a segment ever said. Rows are never changed.
CREATE TABLE segment_version (
    shop TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,         -- from 1
    name TEXT NOT NULL,
    text TEXT NOT NULL,              -- canonical
    author TEXT NOT NULL,            -- who wrote it: a token's label and prefix, or the command line
    at BIGINT NOT NULL,
    PRIMARY KEY (shop, id, version),
    FOREIGN KEY (shop, id) REFERENCES segment (shop, id) ON DELETE CASCADE
);

-- How large a segment was on the evening of a day, as last counted.
CREATE TABLE segment_size (
    shop TEXT NOT NULL,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    day BIGINT NOT NULL,
    customers BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (shop, id, version, day),
    FOREIGN KEY (shop, id, version)
        REFERENCES segment_version (shop, id, version) ON DELETE CASCADE
);
