-- Versions of one address. An edited page is a new document of the same address; the one captured last is current, the others stay with
-- all their evidence. A page that its address has no longer is marked with the time when that was seen; nothing is deleted.

ALTER TABLE documents ADD COLUMN canonical TEXT;                              -- the address that the page gives as its own
ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT '';              -- what was noticed while reading, separated by blanks
ALTER TABLE documents ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;          -- only a part of the article is there
ALTER TABLE documents ADD COLUMN notice INTEGER NOT NULL DEFAULT 0;           -- the page only says that its article was taken down
ALTER TABLE documents ADD COLUMN address TEXT;                                -- its address in comparable form; null without one
ALTER TABLE documents ADD COLUMN current INTEGER NOT NULL DEFAULT 1;          -- 0 when a later version of the address is kept
ALTER TABLE documents ADD COLUMN withdrawn TEXT;                              -- when its address was seen not to have it any more
CREATE INDEX documents_address ON documents (address);

-- A page set aside is tried again with what was known of it.
ALTER TABLE quarantine ADD COLUMN sidecar TEXT NOT NULL DEFAULT '';

UPDATE documents SET address = address_key(url) WHERE url IS NOT NULL;
UPDATE documents SET current = (id = (
    SELECT d.id FROM documents d JOIN captures c ON c.source = d.id
    WHERE d.address = documents.address
    ORDER BY coalesce(c.retrieved, c.added) DESC, d.n DESC LIMIT 1))
WHERE address IS NOT NULL;
