-- How far each web archive was read. What the gate did not let through is not copied out of it: the archive has it still.

CREATE TABLE archives (
    file TEXT PRIMARY KEY,                 -- where it lies, links followed
    size INTEGER NOT NULL, changed INTEGER NOT NULL,
    how TEXT NOT NULL,                     -- code, knowledge and gate with which it was read
    position INTEGER NOT NULL,             -- bytes before the next record
    records INTEGER NOT NULL               -- pages before it
) WITHOUT ROWID;
