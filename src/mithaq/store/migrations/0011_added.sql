-- A person may add a fact that the machine did not see: "add" names its layer and holds what it says. A CHECK cannot be changed, so the table
-- is made anew, with its triggers.
DROP TRIGGER unlinked_judged;
CREATE TABLE judgements_with_add (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL, other TEXT,
    verb TEXT NOT NULL CHECK (verb IN ('same', 'different', 'unsure', 'accept', 'reject', 'correct', 'add', 'split', 'undo')),
    by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    replaces INTEGER REFERENCES judgements_with_add (n),
    quote TEXT NOT NULL DEFAULT '', field TEXT, value TEXT
);
INSERT INTO judgements_with_add (n, subject, other, verb, by, at, why, replaces, quote, field, value)
    SELECT n, subject, other, verb, by, at, why, replaces, quote, field, value FROM judgements ORDER BY n;
DROP TRIGGER judgements_stay;
DROP TRIGGER judgements_remain;
DROP TABLE judgements;
ALTER TABLE judgements_with_add RENAME TO judgements;
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_replaces ON judgements (replaces);
CREATE INDEX judgements_other ON judgements (other);
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed; add a new one that replaces it');
END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted; add a new one that replaces it');
END;
CREATE TRIGGER unlinked_judged AFTER INSERT ON judgements
BEGIN
    INSERT INTO unlinked SELECT DISTINCT substr(key, 1, instr(key, '/') - 1) AS document
        FROM (SELECT NEW.subject || '/' AS key UNION SELECT NEW.other || '/' WHERE NEW.other IS NOT NULL)
        WHERE document NOT IN unlinked;
END;
