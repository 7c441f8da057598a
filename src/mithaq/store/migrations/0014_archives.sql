-- Captures become records of web archives (WARC), one file each. The files are moved by the next command that reads pages; until then both
-- forms are read.
CREATE TABLE capture_moves (file TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT OR IGNORE INTO capture_moves SELECT file FROM captures WHERE file NOT LIKE '%.warc.gz';
INSERT OR IGNORE INTO capture_moves SELECT file FROM quarantine WHERE file IS NOT NULL AND file NOT LIKE '%.warc.gz';

-- What was erased: nothing of a page but hashes, by which it is not taken in again, and why.
CREATE TABLE erased (
    hash TEXT PRIMARY KEY,                 -- SHA-256 of its bytes, of its text, or of its address
    what TEXT NOT NULL CHECK (what IN ('capture', 'document', 'address')),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID;
