-- Surnames meet within a country now: who is who is found out anew. Decisions stay.

DELETE FROM naming_keys;
DELETE FROM naming_pairs;
DELETE FROM profiles;
DELETE FROM namings;
DELETE FROM unclustered;
INSERT OR IGNORE INTO unresolved SELECT id FROM documents;
