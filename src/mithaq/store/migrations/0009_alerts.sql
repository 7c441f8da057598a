-- Saved questions that tell when something is new, what each has told, and what waits to be told. No secrets stand here: addresses of
-- machines, passwords and signing keys are in a file or in the environment.

CREATE TABLE alerts (
    name TEXT PRIMARY KEY,
    data TEXT NOT NULL                     -- JSON: what is asked, how and in which language it is told, when to be quiet
) WITHOUT ROWID;

-- Everything that an alert knows: ids of events and the places of their reports, so that one more page about an event tells nothing new.
CREATE TABLE alert_known (
    alert TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (alert, key)
) WITHOUT ROWID;

-- What is to be told. Rows of one batch are sent together, under one name, however often that is tried.
CREATE TABLE alert_news (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    alert TEXT NOT NULL,
    event TEXT NOT NULL,
    at TEXT NOT NULL,                      -- when it was found (ISO 8601, UTC)
    data TEXT NOT NULL,                    -- JSON
    batch TEXT,
    sent TEXT,                             -- when it was delivered
    UNIQUE (alert, event)
);
CREATE INDEX alert_news_batch ON alert_news (batch);
CREATE TABLE alert_batches (
    id TEXT PRIMARY KEY,
    alert TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next TEXT,                             -- not tried again before (ISO 8601, UTC)
    error TEXT
) WITHOUT ROWID;
