-- The first form of a workspace's database: what was fetched, what was read out of it, every fact with its words.
-- Offsets count code points of the document's text, end exclusive. A fact's quote is exactly what stands there.

CREATE TABLE documents (
    n INTEGER PRIMARY KEY,                 -- also the row of the search index
    id TEXT NOT NULL UNIQUE,               -- SHA-256 of the text
    path TEXT, url TEXT, lang TEXT, outlet TEXT, agency TEXT, section TEXT, title TEXT,
    published TEXT, published_basis TEXT, retrieved TEXT, rights TEXT,
    invented INTEGER NOT NULL DEFAULT 0,
    relevant INTEGER NOT NULL, relevance REAL NOT NULL
);
CREATE INDEX documents_published ON documents (published);
CREATE INDEX documents_path ON documents (path);

-- What was fetched; never changed. The bytes lie compressed in the file. One page fetched twice is two captures of one document.
CREATE TABLE captures (
    hash TEXT NOT NULL,                    -- SHA-256 of the bytes
    sidecar TEXT NOT NULL DEFAULT '',      -- what was known of the page from outside its text (JSON)
    source TEXT NOT NULL REFERENCES documents (id),
    path TEXT, url TEXT, outlet TEXT, retrieved TEXT,
    file TEXT NOT NULL,                    -- relative to the workspace
    added TEXT NOT NULL,
    PRIMARY KEY (hash, sidecar)
) WITHOUT ROWID;
CREATE INDEX captures_source ON captures (source);

-- The whole document as JSON, compressed by zlib, and the versions of code and knowledge that made it.
CREATE TABLE layers (
    source TEXT PRIMARY KEY REFERENCES documents (id),
    code TEXT NOT NULL,
    knowledge TEXT NOT NULL,
    document BLOB NOT NULL
);

-- Every country and organisation that plays a part in a document, so that it can be asked for quickly.
CREATE TABLE sides (
    source TEXT NOT NULL REFERENCES documents (id),
    code TEXT NOT NULL,
    PRIMARY KEY (code, source)
) WITHOUT ROWID;
CREATE INDEX sides_source ON sides (source);

CREATE TABLE pairs (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    a TEXT NOT NULL, b TEXT NOT NULL, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX pairs_sides ON pairs (a, b);

CREATE TABLE people (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    name TEXT NOT NULL, folded TEXT NOT NULL, country TEXT, role TEXT, body TEXT, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX people_folded ON people (folded);

CREATE TABLE bodies (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    name TEXT NOT NULL, folded TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, code TEXT, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX bodies_folded ON bodies (folded);

CREATE TABLE programmes (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    name TEXT NOT NULL, folded TEXT NOT NULL, country TEXT, part_of TEXT, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX programmes_folded ON programmes (folded);

-- Every place in the text where a person, body or programme is named; n counts within its list.
CREATE TABLE mentions (
    source TEXT NOT NULL REFERENCES documents (id),
    list TEXT NOT NULL, item INTEGER NOT NULL, n INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, list, item, n)
);

CREATE TABLE places (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);

CREATE TABLE events (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    type TEXT NOT NULL, stage TEXT, date TEXT, date_end TEXT, date_basis TEXT, date_text TEXT,
    place TEXT, place_country TEXT, modality TEXT, amount REAL, currency TEXT, topics TEXT NOT NULL, digital INTEGER NOT NULL,
    why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX events_date ON events (date);

-- Who took part in an event: what is party (a code), person, body or group; role as the text shows it.
CREATE TABLE participants (
    source TEXT NOT NULL, event INTEGER NOT NULL, n INTEGER NOT NULL,
    what TEXT NOT NULL, name TEXT NOT NULL, role TEXT, size REAL, country TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, event, n),
    FOREIGN KEY (source, event) REFERENCES events (source, n)
);

CREATE TABLE statements (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    kind TEXT NOT NULL, speaker TEXT, country TEXT, on_behalf_of TEXT, toward TEXT, reported TEXT NOT NULL,
    deliverable TEXT, due TEXT, amount REAL, currency TEXT, topics TEXT NOT NULL, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);
CREATE INDEX statements_kind ON statements (kind, country);

CREATE TABLE indicators (
    source TEXT NOT NULL REFERENCES documents (id), n INTEGER NOT NULL,
    name TEXT NOT NULL, publisher TEXT, value REAL NOT NULL, unit TEXT NOT NULL, comparator TEXT NOT NULL,
    country TEXT, year INTEGER, "group" TEXT, claimant TEXT, why TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    PRIMARY KEY (source, n)
);

CREATE TABLE topics (
    source TEXT NOT NULL REFERENCES documents (id),
    topic TEXT NOT NULL,
    PRIMARY KEY (source, topic)
) WITHOUT ROWID;

-- Pages that could not be read, with the reason; a page leaves this list when it is read after all.
CREATE TABLE quarantine (
    hash TEXT NOT NULL,                    -- SHA-256 of the bytes, '' when there were none to read
    path TEXT NOT NULL,
    reason TEXT NOT NULL,
    file TEXT,                             -- where the bytes lie, relative to the workspace
    at TEXT NOT NULL,
    PRIMARY KEY (hash, path)
) WITHOUT ROWID;

-- Decisions of people and rules. They point at records by id, so that they outlive every new reading.
CREATE TABLE judgements (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL, other TEXT,
    verb TEXT NOT NULL CHECK (verb IN ('same', 'different', 'unsure', 'accept', 'reject', 'correct', 'split')),
    by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    replaces INTEGER REFERENCES judgements (n)
);
CREATE INDEX judgements_subject ON judgements (subject);
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed; add a new one that replaces it');
END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted; add a new one that replaces it');
END;

-- Search over our own stems (text/arabic, french, english): separated by blanks, every non-ASCII letter counts as a letter.
CREATE VIRTUAL TABLE search USING fts5 (title, body, tokenize = 'ascii');
