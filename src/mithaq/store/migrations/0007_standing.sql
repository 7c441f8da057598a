-- A page that its site withdrew, or has in a later version, bears no witness any more: happenings are made again when that changes.

CREATE TRIGGER unlinked_standing AFTER UPDATE OF current, withdrawn, rights ON documents
WHEN (OLD.current, OLD.withdrawn IS NULL, OLD.rights) IS NOT (NEW.current, NEW.withdrawn IS NULL, NEW.rights)
BEGIN
    INSERT INTO unlinked SELECT NEW.id WHERE NEW.id NOT IN unlinked;
END;
-- What stands, and under which rights, was not kept with the reports so far.
INSERT INTO unlinked SELECT id FROM documents
    WHERE (NOT current OR withdrawn IS NOT NULL OR rights IS NOT NULL) AND id NOT IN unlinked;
