-- A decision may be taken back: "undo" names the judgement that counts no longer. A CHECK cannot be changed, so the table is made anew.
CREATE TABLE judgements_with_undo (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL, other TEXT,
    verb TEXT NOT NULL CHECK (verb IN ('same', 'different', 'unsure', 'accept', 'reject', 'correct', 'split', 'undo')),
    by TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL DEFAULT '',
    replaces INTEGER REFERENCES judgements_with_undo (n),
    quote TEXT NOT NULL DEFAULT '', field TEXT, value TEXT
);
INSERT INTO judgements_with_undo (n, subject, other, verb, by, at, why, replaces, quote, field, value)
    SELECT n, subject, other, verb, by, at, why, replaces, quote, field, value FROM judgements ORDER BY n;
DROP TRIGGER judgements_stay;
DROP TRIGGER judgements_remain;
DROP TABLE judgements;
ALTER TABLE judgements_with_undo RENAME TO judgements;
CREATE INDEX judgements_subject ON judgements (subject);
CREATE INDEX judgements_replaces ON judgements (replaces);
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed; add a new one that replaces it');
END;
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted; add a new one that replaces it');
END;
