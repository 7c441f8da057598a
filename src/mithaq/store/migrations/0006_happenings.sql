-- What really happened behind the pages: derived from the documents and from people's decisions, and made again from them at any time.
--
-- A report is an event or a promise as one page tells it. Reports that share a key are compared; those that are probably of one happening
-- are linked, and the groups among the linked ones are the happenings. Happenings of one matter are linked in turn, and make a thread.

-- Documents whose reports, or whose place among copies, have changed since happenings were made.
CREATE TABLE unlinked (source TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unlinked SELECT id FROM documents;
-- (The clause that a statement has for conflicts holds for its triggers too, so that OR IGNORE would be of no use here.)
CREATE TRIGGER unlinked_new AFTER INSERT ON layers
BEGIN
    INSERT INTO unlinked SELECT NEW.source WHERE NEW.source NOT IN unlinked;
END;
CREATE TRIGGER unlinked_changed AFTER UPDATE OF published, retrieved, outlet, agency, path, lang, copy_of ON documents
BEGIN
    INSERT INTO unlinked SELECT NEW.id WHERE NEW.id NOT IN unlinked;
END;
CREATE TRIGGER unlinked_gone AFTER DELETE ON documents
BEGIN
    INSERT INTO unlinked SELECT OLD.id WHERE OLD.id NOT IN unlinked;
END;
-- A decision names facts of one or two documents: what stands before the first stroke of a fact's name.
CREATE TRIGGER unlinked_judged AFTER INSERT ON judgements
BEGIN
    INSERT INTO unlinked SELECT DISTINCT substr(key, 1, instr(key, '/') - 1) AS document
        FROM (SELECT NEW.subject || '/' AS key UNION SELECT NEW.other || '/' WHERE NEW.other IS NOT NULL)
        WHERE document NOT IN unlinked;
END;

-- Who takes part is part of a report: a name that turns out to be of another entity changes it.
CREATE TRIGGER unlinked_named BEFORE INSERT ON entity_members
WHEN NOT EXISTS (
    SELECT 1 FROM entity_members WHERE source = NEW.source AND list = NEW.list AND item = NEW.item AND entity = NEW.entity
)
BEGIN
    INSERT INTO unlinked SELECT NEW.source WHERE NEW.source NOT IN unlinked;
END;

-- What each document reports (JSON).
CREATE TABLE told (
    source TEXT PRIMARY KEY,
    data BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE report_keys (
    key TEXT NOT NULL,                     -- type, sides and quarter of the year
    source TEXT NOT NULL, list TEXT NOT NULL, item INTEGER NOT NULL,
    PRIMARY KEY (key, source, list, item)
) WITHOUT ROWID;
CREATE INDEX report_keys_source ON report_keys (source);

-- Reports that may be of one happening, the lesser key first.
CREATE TABLE report_links (
    a_source TEXT NOT NULL, a_list TEXT NOT NULL, a_item INTEGER NOT NULL,
    b_source TEXT NOT NULL, b_list TEXT NOT NULL, b_item INTEGER NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (a_source, a_list, a_item, b_source, b_list, b_item)
) WITHOUT ROWID;
CREATE INDEX report_links_b ON report_links (b_source, b_list, b_item);

CREATE TABLE happenings (
    id TEXT PRIMARY KEY,                   -- "h" for an event, "c" for a promise, and a hash of its first report
    type TEXT NOT NULL, stage TEXT, date TEXT,
    data BLOB NOT NULL                     -- JSON
) WITHOUT ROWID;
CREATE INDEX happenings_date ON happenings (date);
CREATE TABLE happening_members (
    source TEXT NOT NULL, list TEXT NOT NULL, item INTEGER NOT NULL,
    happening TEXT NOT NULL,
    PRIMARY KEY (source, list, item)
) WITHOUT ROWID;
CREATE INDEX happening_members_of ON happening_members (happening);

-- Happenings that may be of one matter, the lesser id first.
CREATE TABLE happening_keys (
    key TEXT NOT NULL, happening TEXT NOT NULL,
    PRIMARY KEY (key, happening)
) WITHOUT ROWID;
CREATE INDEX happening_keys_of ON happening_keys (happening);
CREATE TABLE happening_links (
    a TEXT NOT NULL, b TEXT NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX happening_links_b ON happening_links (b);

CREATE TABLE threads (
    id TEXT PRIMARY KEY,                   -- "t", and a hash of its first step
    subject TEXT NOT NULL,
    data BLOB NOT NULL                     -- JSON
) WITHOUT ROWID;
CREATE TABLE thread_steps (
    thread TEXT NOT NULL, step INTEGER NOT NULL,
    happening TEXT NOT NULL,
    PRIMARY KEY (thread, step)
) WITHOUT ROWID;
CREATE INDEX thread_steps_happening ON thread_steps (happening);
