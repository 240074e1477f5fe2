-- A lending library as it grew: domains, enums, a web of foreign keys, views, triggers, functions, full text search,
-- a materialized view, an inherited log. What it misses is declared; what it has is left alone.
-- formats: all
CREATE SCHEMA staff;
CREATE TYPE shelf_state AS ENUM ('open', 'closed', 'moving');
CREATE DOMAIN isbn AS text CHECK (value ~ '^[0-9]{13}$');
CREATE DOMAIN money_amount AS numeric(10, 2) CHECK (value >= 0);
CREATE TYPE address AS (street text, town text);

CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed_at := '2020-01-01'; RETURN NEW; END $$;
CREATE FUNCTION is_open(shelf_state) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = 'open'::public.shelf_state $$;

CREATE TABLE branches (id serial PRIMARY KEY, name text NOT NULL, at address, manager_id int);
CREATE TABLE staff.people (id serial PRIMARY KEY, name text, branch_id int REFERENCES branches, boss_id int);
CREATE TABLE shelves (branch_id int NOT NULL, code char(4) NOT NULL, state shelf_state DEFAULT 'open');
CREATE TABLE authors (id serial PRIMARY KEY, first_name text, last_name text);
CREATE TABLE books (
    id serial PRIMARY KEY, isbn isbn, title text, price money_amount, tags text[] DEFAULT '{}', extra jsonb,
    words tsvector, pages int, branch_id int, shelf char(4), printed int4range, changed_at timestamptz
);
CREATE TABLE book_authors (book_id int, author_id int, part int DEFAULT 1);
CREATE TABLE readers (id bigserial PRIMARY KEY, email varchar(100), phone text, home address, since date, active boolean);
CREATE TABLE loans (
    id bigserial PRIMARY KEY, book_id int, reader_id bigint, lent_at timestamp NOT NULL, back_at timestamp, fee money_amount
);
CREATE TABLE fines (loan_id bigint PRIMARY KEY REFERENCES loans ON DELETE CASCADE, amount money_amount, paid boolean);
CREATE TABLE log (id bigserial, at timestamptz, what text);
CREATE TABLE log_2019 (CHECK (at < '2020-01-01')) INHERITS (log);
CREATE TABLE loans_copy (id bigint, book_id int);
CREATE UNIQUE INDEX books_isbn_key ON books (isbn);
CREATE INDEX idx_books_title ON books (title);
CREATE INDEX idx_loans_open ON loans (reader_id) WHERE back_at IS NULL;
ALTER TABLE loans ADD CONSTRAINT loans_back_check CHECK (back_at > lent_at) NOT VALID;

CREATE TRIGGER books_touch BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER books_words BEFORE INSERT OR UPDATE ON books FOR EACH ROW
    EXECUTE FUNCTION tsvector_update_trigger(words, 'pg_catalog.english', title);
CREATE VIEW open_loans AS SELECT l.id, b.title, r.email FROM loans l JOIN books b ON b.id = l.book_id
    JOIN readers r ON r.id = l.reader_id WHERE l.back_at IS NULL;
CREATE VIEW late_readers AS SELECT DISTINCT email FROM open_loans;
CREATE MATERIALIZED VIEW lent_by_book AS SELECT b.id, b.title, count(*) AS times
    FROM books b JOIN loans l ON l.book_id = b.id GROUP BY b.id;
CREATE RULE no_deletes AS ON DELETE TO authors DO INSTEAD NOTHING;
ALTER TABLE readers ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_readers ON readers USING (true);
CREATE STATISTICS loan_statistics ON book_id, reader_id FROM loans;

INSERT INTO branches (name) SELECT 'branch ' || n FROM generate_series(1, 3) n;
INSERT INTO staff.people (name, branch_id, boss_id) VALUES ('a', 1, NULL), ('b', 1, 1), ('c', 2, 1);
UPDATE branches SET manager_id = 1;
INSERT INTO shelves SELECT b, 's' || n FROM generate_series(1, 3) b, generate_series(1, 9) n;
INSERT INTO authors (first_name, last_name) SELECT 'f' || n, 'l' || n FROM generate_series(1, 10) n;
INSERT INTO books (isbn, title, price, pages, branch_id, shelf)
    SELECT lpad(n::text, 13, '0'), 'title ' || n, n, 10 * n, 1 + n % 3, 's' || 1 + n % 9 FROM generate_series(1, 50) n;
INSERT INTO book_authors SELECT n, 1 + n % 10 FROM generate_series(1, 50) n;
INSERT INTO readers (email, active) SELECT 'r' || n || '@b.c', n % 2 = 0 FROM generate_series(1, 20) n;
INSERT INTO loans (book_id, reader_id, lent_at, back_at, fee) SELECT 1 + n % 50, 1 + n % 20, date '2020-01-01' + n,
    CASE WHEN n % 3 > 0 THEN date '2020-02-01' + n END, 0 FROM generate_series(1, 200) n;
INSERT INTO fines SELECT n, 5, n % 2 = 0 FROM generate_series(1, 10) n;
INSERT INTO loans_copy SELECT id, book_id FROM loans LIMIT 100;
REFRESH MATERIALIZED VIEW lent_by_book;
