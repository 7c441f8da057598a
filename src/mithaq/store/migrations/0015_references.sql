-- Tables of values that users bring, to hold cited figures against.

CREATE TABLE reference_tables (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    file TEXT NOT NULL,                    -- as it was named
    "by" TEXT NOT NULL, at TEXT NOT NULL,  -- who added it, and when (ISO 8601, UTC)
    count INTEGER NOT NULL,                -- of its values
    removed_by TEXT, removed_at TEXT       -- what was removed keeps its line, not its values
);
CREATE UNIQUE INDEX reference_tables_name ON reference_tables (name) WHERE removed_at IS NULL;
CREATE TABLE reference_values (
    table_n INTEGER NOT NULL REFERENCES reference_tables (n),
    line INTEGER NOT NULL,                 -- of the file
    names TEXT NOT NULL,                   -- of the index, one a line
    edition TEXT NOT NULL, year INTEGER NOT NULL,
    country TEXT NOT NULL,
    value REAL NOT NULL, unit TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (table_n, line)
) WITHOUT ROWID;

-- Decisions about reports that contradict each other: A is B, B is C, A is not C. These two were to be one, and could not be.
CREATE TABLE happening_conflicts (
    a TEXT NOT NULL, b TEXT NOT NULL,      -- the keys of the reports, as the decision names them
    happening TEXT NOT NULL,               -- that of the first
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
