-- Reports now say which part of a page tells of them and what its words mean in any language; those kept so far are made again. Surnames in
-- office meet under keys of their own: who is who is found out anew. Decisions stay.

INSERT INTO unlinked SELECT id FROM documents WHERE id NOT IN (SELECT source FROM unlinked);
DELETE FROM drafts;
DELETE FROM naming_keys;
DELETE FROM naming_pairs;
DELETE FROM profiles;
DELETE FROM namings;
DELETE FROM unclustered;
INSERT INTO unresolved SELECT id FROM documents WHERE id NOT IN (SELECT source FROM unresolved);
