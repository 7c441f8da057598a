-- What PostgreSQL needs beside the tables of migrations 1 to 17, which it shares with SQLite: a row about the store itself, functions that
-- SQLite has and PostgreSQL has not, the triggers in its own language, and the search index. No store on PostgreSQL is older than this.

-- One row. Whoever writes changes it first and so waits for whoever is writing; whoever reads sees by it that something has changed.
CREATE TABLE store_state (
    only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    version BIGINT NOT NULL,               -- of the tables: the number of the last migration
    changes BIGINT NOT NULL DEFAULT 0,
    pages BIGINT NOT NULL DEFAULT 0,       -- in the search index
    words BIGINT NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO store_state (version) VALUES (0);

CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS 'SELECT strpos($1, $2)';
CREATE FUNCTION min(a anycompatible, b anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT CASE WHEN $1 <= $2 THEN $1 ELSE $2 END';
CREATE FUNCTION max(a anycompatible, b anycompatible) RETURNS anycompatible LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS 'SELECT CASE WHEN $1 >= $2 THEN $1 ELSE $2 END';

-- A sidecar may be longer than what an index takes.
CREATE UNIQUE INDEX captures_key ON captures (hash, md5(sidecar));
CREATE INDEX documents_latest ON documents (published DESC NULLS LAST, n DESC);

-- The words of each page (our own stems, separated by blanks), and how often each stands in its title and in its article.
CREATE TABLE search (
    rowid BIGINT PRIMARY KEY,              -- "n" of the document
    title TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL DEFAULT 0         -- words in both
);
CREATE TABLE search_stems (
    stem TEXT COLLATE "C" NOT NULL,
    page BIGINT NOT NULL,
    title INTEGER NOT NULL,
    body INTEGER NOT NULL,
    PRIMARY KEY (stem, page)
);
CREATE FUNCTION search_key(stem TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT CASE WHEN length($1) > 300 THEN '#' || md5($1) ELSE $1 END $$;
CREATE FUNCTION search_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.size := cardinality(string_to_array(NEW.title, ' ')) + cardinality(string_to_array(NEW.body, ' '));
    INSERT INTO search_stems
        SELECT search_key(w.stem) COLLATE "C", NEW.rowid, count(*) FILTER (WHERE w.titled), count(*) FILTER (WHERE NOT w.titled)
        FROM (SELECT unnest(string_to_array(NEW.title, ' ')) AS stem, TRUE AS titled
              UNION ALL SELECT unnest(string_to_array(NEW.body, ' ')), FALSE) w
        GROUP BY 1;
    UPDATE store_state SET pages = pages + 1, words = words + NEW.size;
    RETURN NEW;
END $$;
CREATE FUNCTION search_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search_stems WHERE page = OLD.rowid AND stem IN (
        SELECT search_key(unnest(string_to_array(OLD.title, ' '))) UNION SELECT search_key(unnest(string_to_array(OLD.body, ' '))));
    UPDATE store_state SET pages = pages - 1, words = words - OLD.size;
    RETURN OLD;
END $$;
CREATE TRIGGER search_added BEFORE INSERT ON search FOR EACH ROW EXECUTE FUNCTION search_added();
CREATE TRIGGER search_gone AFTER DELETE ON search FOR EACH ROW EXECUTE FUNCTION search_gone();

-- How often a phrase (words separated by blanks) stands in a text of words separated by blanks.
CREATE FUNCTION count_phrase(whole TEXT, phrase TEXT) RETURNS BIGINT LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    rest TEXT := ' ' || whole || ' ';
    wanted TEXT := ' ' || phrase || ' ';
    number BIGINT := 0;
    at INTEGER := strpos(rest, wanted);
BEGIN
    WHILE at > 0 LOOP
        number := number + 1;
        rest := substr(rest, at + 1);
        at := strpos(rest, wanted);
    END LOOP;
    RETURN number;
END $$;
-- The pages on which a phrase of several words stands, and how often.
CREATE FUNCTION search_phrase(phrase TEXT) RETURNS TABLE (page BIGINT, title BIGINT, body BIGINT) LANGUAGE plpgsql STABLE AS $$
DECLARE
    keys TEXT[] := ARRAY(SELECT DISTINCT search_key(unnest(string_to_array(phrase, ' '))));
    one TEXT;
BEGIN
    FOREACH one IN ARRAY keys LOOP
        IF NOT EXISTS (SELECT 1 FROM search_stems s WHERE s.stem = one) THEN
            RETURN;
        END IF;
    END LOOP;
    RETURN QUERY SELECT f.rowid, f.titled, f.told FROM (
        SELECT s.rowid, count_phrase(s.title, phrase) AS titled, count_phrase(s.body, phrase) AS told FROM search s WHERE s.rowid IN (
            SELECT p.page FROM search_stems p WHERE p.stem = ANY (keys) GROUP BY p.page HAVING count(*) = cardinality(keys))) f
        WHERE f.titled + f.told > 0;
END $$;

-- People's decisions are never changed and never deleted; only "mithaq erase" says that it may, for one transaction.
CREATE FUNCTION judgements_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a judgement is never changed; add a new one that replaces it';
END $$;
CREATE FUNCTION judgements_remain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('mithaq.without', TRUE), '') = 'judgements_remain' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a judgement is never deleted; add a new one that replaces it';
END $$;
CREATE TRIGGER judgements_stay BEFORE UPDATE ON judgements FOR EACH ROW EXECUTE FUNCTION judgements_stay();
CREATE TRIGGER judgements_remain BEFORE DELETE ON judgements FOR EACH ROW EXECUTE FUNCTION judgements_remain();

-- Documents whose reports are to be put together again.
CREATE FUNCTION unlinked_layers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unlinked VALUES (NEW.source) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION unlinked_documents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unlinked VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION unlinked_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unlinked VALUES (OLD.id) ON CONFLICT DO NOTHING;
    DELETE FROM drafts WHERE source = OLD.id;
    RETURN NULL;
END $$;
CREATE FUNCTION unlinked_judged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO unlinked VALUES (split_part(NEW.subject, '/', 1)) ON CONFLICT DO NOTHING;
    IF NEW.other IS NOT NULL THEN
        INSERT INTO unlinked VALUES (split_part(NEW.other, '/', 1)) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION unlinked_named() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM entity_members WHERE source = NEW.source AND list = NEW.list AND item = NEW.item AND entity = NEW.entity
    ) THEN
        INSERT INTO unlinked VALUES (NEW.source) ON CONFLICT DO NOTHING;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER unlinked_new AFTER INSERT OR UPDATE ON layers FOR EACH ROW EXECUTE FUNCTION unlinked_layers();
CREATE TRIGGER unlinked_changed AFTER UPDATE OF published, retrieved, outlet, agency, path, lang, copy_of ON documents
    FOR EACH ROW EXECUTE FUNCTION unlinked_documents();
CREATE TRIGGER unlinked_standing AFTER UPDATE OF current, withdrawn, rights ON documents FOR EACH ROW
    WHEN ((OLD.current, OLD.withdrawn IS NULL, OLD.rights) IS DISTINCT FROM (NEW.current, NEW.withdrawn IS NULL, NEW.rights))
    EXECUTE FUNCTION unlinked_documents();
CREATE TRIGGER unlinked_gone AFTER DELETE ON documents FOR EACH ROW EXECUTE FUNCTION unlinked_gone();
CREATE TRIGGER unlinked_judged AFTER INSERT ON judgements FOR EACH ROW EXECUTE FUNCTION unlinked_judged();
CREATE TRIGGER unlinked_named BEFORE INSERT ON entity_members FOR EACH ROW EXECUTE FUNCTION unlinked_named();
