-- Collecting from the web: whom to ask and when, what was found, what was asked for and what came of it. Times are seconds since 1970 (UTC).

-- Addresses at which sources tell what is new. The next visit follows from how often one brings something.
CREATE TABLE channels (
    n INTEGER PRIMARY KEY,
    source TEXT NOT NULL,                  -- id of the source's knowledge file, or the host where it has none
    kind TEXT NOT NULL CHECK (kind IN ('feed', 'sitemap', 'section')),
    address TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,                      -- where it is asked for now: where its address redirects to
    host TEXT NOT NULL,                    -- of that
    followed INTEGER NOT NULL DEFAULT 1,
    due REAL NOT NULL,
    interval REAL NOT NULL,
    since TEXT,                            -- wanted once, back to this day
    etag TEXT, modified TEXT, hash TEXT,   -- of the last answer
    visits INTEGER NOT NULL DEFAULT 0,
    brought INTEGER NOT NULL DEFAULT 0,    -- new addresses in all
    rate REAL,                             -- new addresses an hour, as of late; null before the second visit
    asked REAL, succeeded REAL, brought_at REAL,
    failures INTEGER NOT NULL DEFAULT 0,   -- one after the other
    hops INTEGER NOT NULL DEFAULT 0,       -- redirects one after the other
    reason TEXT NOT NULL DEFAULT ''        -- why the last visit failed
);
CREATE INDEX channels_host ON channels (host, due);

-- Addresses that were found, each once however often and wherever it is named; what is fetched stays here until it is read.
CREATE TABLE addresses (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,              -- its comparable form
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    source TEXT NOT NULL,
    channel INTEGER,                       -- where it was found first
    kind TEXT NOT NULL CHECK (kind IN ('page', 'sitemap', 'section', 'any')),
    title TEXT NOT NULL DEFAULT '',
    stamp TEXT,                            -- when it was published or changed, as the listing tells
    since TEXT,                            -- of a sitemap: wanted back to this day
    found REAL NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'waiting', 'fetched',              -- to be asked for, to be read
        'kept', 'other', 'same', 'unread', -- read: for us, not for us, what we have already, unreadable
        'listed', 'passed', 'closed',      -- a listing, not asked for, forbidden by the site
        'gone', 'failed', 'moved')),       -- no such page, given up, elsewhere
    due REAL NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    reads INTEGER NOT NULL DEFAULT 0,
    hops INTEGER NOT NULL DEFAULT 0,
    etag TEXT, modified TEXT, hash TEXT,
    fetched REAL,
    reason TEXT NOT NULL DEFAULT '',
    sidecar TEXT,
    page BLOB                              -- compressed by zlib, only while it is "fetched"
);
CREATE INDEX addresses_next ON addresses (host, due) WHERE state = 'waiting';
CREATE INDEX addresses_fetched ON addresses (n) WHERE state = 'fetched';
CREATE INDEX addresses_hash ON addresses (hash) WHERE hash IS NOT NULL;
CREATE INDEX addresses_source ON addresses (source, state);

-- Sites, with their rules and the moment before which they are left in peace; kept, so that a new start is as polite as no stop.
CREATE TABLE hosts (
    host TEXT PRIMARY KEY,
    free REAL NOT NULL DEFAULT 0,
    robots TEXT,                           -- robots.txt; null while it is not known
    robots_at REAL,
    robots_state TEXT NOT NULL DEFAULT 'unknown' CHECK (robots_state IN ('unknown', 'known', 'closed')),
    failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Every request and what came of it.
CREATE TABLE requests (
    n INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    url TEXT NOT NULL, host TEXT NOT NULL, source TEXT NOT NULL,
    what TEXT NOT NULL,                    -- robots, feed, sitemap, section, page, any
    status INTEGER,                        -- null when no answer came
    outcome TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    seconds REAL NOT NULL DEFAULT 0
);
CREATE INDEX requests_source ON requests (source, at);
