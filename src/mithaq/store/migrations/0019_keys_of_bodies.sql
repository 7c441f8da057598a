-- Bodies meet within a country by what their words mean, names as they are heard: who is who is found out anew. Decisions stay.

DELETE FROM naming_keys;
DELETE FROM naming_pairs;
DELETE FROM profiles;
DELETE FROM namings;
DELETE FROM unclustered;
INSERT INTO unresolved SELECT id FROM documents WHERE id NOT IN (SELECT source FROM unresolved);
