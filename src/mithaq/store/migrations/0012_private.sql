-- Own notes and minutes: for analysts alone, never in what is given to others. Once private a page stays so, however often it is read again.
ALTER TABLE documents ADD COLUMN private INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_private ON documents (private) WHERE private;
