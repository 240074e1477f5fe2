CREATE SCHEMA billing;
CREATE SCHEMA "Odd.Schema";
CREATE SCHEMA reconcile_archive;
CREATE TABLE reconcile_archive.old__20260101T000000Z (id int PRIMARY KEY);

CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, nick text, "Status" text NOT NULL, "a,b" int, "no" int);
CREATE INDEX idx_plain ON users (nick);
CREATE INDEX idx_several ON users (nick, "Status");
CREATE INDEX idx_evil ON users ("a,b", "no");
CREATE UNIQUE INDEX idx_lower ON users (lower(email));
CREATE INDEX idx_pattern ON users (email text_pattern_ops, nick COLLATE "C" DESC NULLS LAST);
CREATE INDEX idx_all ON users (email DESC, ("Status" || 'x') NULLS FIRST) INCLUDE (nick, "a,b") WITH (fillfactor = 70)
  TABLESPACE fast WHERE "Status" = 'open';
CREATE INDEX idx_brin ON users USING brin (id) WITH (autosummarize = on);
CREATE INDEX "index: on" ON users USING hash (nick);
COMMENT ON INDEX "index: on" IS E'two\nlines';
ALTER TABLE users
  ADD CONSTRAINT users_email_key UNIQUE (email) INCLUDE (nick) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT users_case CHECK (CASE WHEN id > 0 THEN email <> '' ELSE nick ~ '^[a-z]: ' END),
  ADD CONSTRAINT users_status CHECK ("Status" IN ('open', 'done')) NOT VALID,
  ADD CONSTRAINT users_local CHECK (id > 0) NO INHERIT;
COMMENT ON CONSTRAINT users_status ON users IS 'it''s "so"';

CREATE TABLE billing.users (id int CONSTRAINT my_key PRIMARY KEY, code text UNIQUE);
CREATE TABLE billing.invoices (
  id int, part int, user_id int REFERENCES users ON DELETE CASCADE, code text, "a" int, "b" int,
  PRIMARY KEY (id, part),
  CONSTRAINT to_code FOREIGN KEY (code) REFERENCES billing.users (code) MATCH FULL ON UPDATE SET DEFAULT DEFERRABLE NOT VALID,
  CONSTRAINT to_self FOREIGN KEY (a, b) REFERENCES billing.invoices ON DELETE SET NULL
);
CREATE TABLE "Odd.Schema"."a.b" ("x(y)" int PRIMARY KEY, up int);
ALTER TABLE "Odd.Schema"."a.b" ADD CONSTRAINT up FOREIGN KEY (up) REFERENCES "Odd.Schema"."a.b";
CREATE TABLE empty (id int);
CREATE TABLE empty_too (id int);

CREATE MATERIALIZED VIEW totals AS SELECT id, email FROM users;
CREATE INDEX idx_totals ON totals (email);
CREATE MATERIALIZED VIEW bare AS SELECT 1 AS one;
CREATE VIEW shown AS SELECT * FROM users;

-- Partitions, and what the file cannot carry yet.
CREATE TABLE events (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX idx_own ON events_2026 (at);
CREATE INDEX idx_kept ON events (id);
ALTER INDEX events_2026_id_idx RENAME TO its_own_name;
ALTER TABLE events_2026 CLUSTER ON its_own_name;
CREATE TABLE parent (id int NOT NULL);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE bookings (during tsrange, id int, EXCLUDE USING gist (during WITH &&));
CREATE INDEX idx_clustered ON bookings (id);
CREATE INDEX idx_statistics ON bookings ((id + 1));
CREATE UNIQUE INDEX idx_identity ON empty (id);
ALTER TABLE bookings CLUSTER ON idx_clustered;
ALTER INDEX idx_statistics ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE empty ALTER id SET NOT NULL;
ALTER TABLE empty REPLICA IDENTITY USING INDEX idx_identity;
CREATE INDEX idx_dead ON empty (id);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_dead'::regclass;
CREATE INDEX idx_plain__reconcile_old ON empty (id);

-- Extended statistics, in a schema of their own as well.
CREATE STATISTICS events_together ON id, at FROM events;
CREATE STATISTICS billing.of_bookings (mcv) ON id, (lower(during)) FROM bookings;
ALTER STATISTICS billing.of_bookings SET STATISTICS 0;
CREATE STATISTICS single ON (id + 1) FROM bookings;

-- What nobody wants.
CREATE TABLE made_by_extension (id int PRIMARY KEY);
ALTER EXTENSION plpgsql ADD TABLE made_by_extension;
CREATE TABLE migration_log (id int);
