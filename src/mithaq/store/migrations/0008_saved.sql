-- Questions that readers keep: a name, the address of the state, and the newest page of the last time when somebody looked.
CREATE TABLE saved_searches (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    place TEXT NOT NULL,                   -- path and parameters on the site, without host, language and place in the list
    seen INTEGER NOT NULL DEFAULT 0,       -- "n" of the newest document then
    at TEXT NOT NULL                       -- when it was saved (ISO 8601, UTC)
);
