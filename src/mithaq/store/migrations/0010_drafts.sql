-- What a page reports, as read together with the page: it waits here until happenings are made, so that the page need not be opened again.
-- Only what the machine read: a page on whose facts people decide has no draft, nor one that was read before there were drafts.

CREATE TABLE drafts (
    source TEXT PRIMARY KEY,
    data BLOB NOT NULL                     -- JSON: what table "told" will hold, but for what follows from other pages
) WITHOUT ROWID;
CREATE TRIGGER drafts_gone AFTER DELETE ON documents
BEGIN
    DELETE FROM drafts WHERE source = OLD.id;
END;
