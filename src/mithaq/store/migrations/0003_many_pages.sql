-- Many pages: those that the gate held back, those that repeat another one, and people's decisions about single facts.

-- Pages that the gate did not let through, with their bytes, so that nothing is lost and each can be read after all.
CREATE TABLE gated (
    n INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,                    -- SHA-256 of the bytes
    sidecar TEXT NOT NULL DEFAULT '',
    path TEXT NOT NULL,
    reason TEXT NOT NULL,                  -- "gate", and what it found
    score REAL NOT NULL,                   -- how likely the page is for us, 0 to 1
    at TEXT NOT NULL,
    page BLOB NOT NULL                     -- the bytes, compressed by zlib
);
CREATE UNIQUE INDEX gated_hash ON gated (hash, sidecar);

-- The page whose article this one repeats (wire copies, second addresses); null for a page that tells in its own words.
ALTER TABLE documents ADD COLUMN copy_of TEXT;
CREATE INDEX documents_copy_of ON documents (copy_of);

-- By which pages that repeat each other are found: a MinHash of the article's words in threes, and its bands.
CREATE TABLE sketches (
    source TEXT PRIMARY KEY REFERENCES documents (id),
    digest BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE bands (
    hash INTEGER NOT NULL,
    source TEXT NOT NULL REFERENCES documents (id),
    PRIMARY KEY (hash, source)
) WITHOUT ROWID;
CREATE INDEX bands_source ON bands (source);

-- A decision about a fact: the words it rests on, by which it is found again in a new reading, and what was corrected to what.
ALTER TABLE judgements ADD COLUMN quote TEXT NOT NULL DEFAULT '';
ALTER TABLE judgements ADD COLUMN field TEXT;
ALTER TABLE judgements ADD COLUMN value TEXT;
