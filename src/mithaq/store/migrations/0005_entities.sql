-- Who is who across pages: derived from the documents and from people's decisions, and made again from them at any time.
--
-- A naming is a person, body or programme as one page names it. Namings that say the same share a profile; profiles are compared, and those
-- found to be one make an entity. "mithaq resolve" brings all of it up to date; until then the documents concerned stand in "unresolved".

CREATE TABLE unresolved (source TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unresolved SELECT id FROM documents;

-- Every name that the page gives a person or body, one a line.
ALTER TABLE people ADD COLUMN names TEXT NOT NULL DEFAULT '';
ALTER TABLE bodies ADD COLUMN names TEXT NOT NULL DEFAULT '';
-- "stated" beside the name, or "inferred" from the page as a whole.
ALTER TABLE people ADD COLUMN country_basis TEXT;

CREATE TABLE namings (
    source TEXT NOT NULL, list TEXT NOT NULL, item INTEGER NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL,       -- of its first mention: by these people's decisions find it
    profile INTEGER NOT NULL,
    PRIMARY KEY (source, list, item)
) WITHOUT ROWID;
CREATE INDEX namings_profile ON namings (profile);

CREATE TABLE profiles (
    id INTEGER PRIMARY KEY,                             -- a hash of what it says
    kind TEXT NOT NULL,                                 -- person, body or programme
    data TEXT NOT NULL                                  -- JSON: names, country, role, body ...
);
-- Profiles with a key in common are compared; no others are.
CREATE TABLE naming_keys (
    key TEXT NOT NULL,
    profile INTEGER NOT NULL,
    PRIMARY KEY (key, profile)
) WITHOUT ROWID;
CREATE INDEX naming_keys_profile ON naming_keys (profile);

-- Profiles that may be one, a < b, and how strongly their names and offices say so (logarithm of the odds).
CREATE TABLE naming_pairs (
    a INTEGER NOT NULL, b INTEGER NOT NULL,
    odds REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX naming_pairs_b ON naming_pairs (b);

-- Profiles whose surroundings have changed: their entities are to be made again.
CREATE TABLE unclustered (profile INTEGER PRIMARY KEY);

CREATE TABLE entities (
    id TEXT PRIMARY KEY,                                -- letter of its kind, and a hash of its first naming
    kind TEXT NOT NULL,
    name TEXT NOT NULL, lang TEXT, country TEXT,
    data TEXT NOT NULL                                  -- JSON: all names with their language
) WITHOUT ROWID;
CREATE INDEX entities_kind ON entities (kind, name);
CREATE TABLE entity_members (
    source TEXT NOT NULL, list TEXT NOT NULL, item INTEGER NOT NULL,
    entity TEXT NOT NULL,
    probability REAL NOT NULL,                          -- how sure it is that this naming belongs to the entity
    PRIMARY KEY (source, list, item)
) WITHOUT ROWID;
CREATE INDEX entity_members_entity ON entity_members (entity);

-- Pairs for a person to decide: two entities by the keys of two of their namings, a < b.
CREATE TABLE entity_questions (
    a TEXT NOT NULL, b TEXT NOT NULL,
    first TEXT NOT NULL, second TEXT NOT NULL,          -- the entities
    probability REAL NOT NULL,
    reasons TEXT NOT NULL,                              -- one a line
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX entity_questions_first ON entity_questions (first);
CREATE INDEX entity_questions_second ON entity_questions (second);
-- Decisions that contradict each other: A is B, B is C, A is not C.
CREATE TABLE entity_conflicts (
    a TEXT NOT NULL, b TEXT NOT NULL,                   -- the keys of the namings that are held apart, though others bind them
    entity TEXT NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;

CREATE INDEX judgements_other ON judgements (other);
