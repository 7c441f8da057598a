-- Whom a page is for, as people decided: of the rows of a page the last one counts, whatever its sidecar or a later reading says.
-- "by" is empty where its page came in once more, marked as private.

CREATE TABLE privacy (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    private INTEGER NOT NULL,              -- 1: for analysts alone, 0: open to readers
    "by" TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
);
CREATE INDEX privacy_source ON privacy (source);
