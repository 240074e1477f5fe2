-- A small database in which the plan for schema.yaml holds every sort of step that there is.
CREATE TABLE places (id int PRIMARY KEY, code text UNIQUE, region int, UNIQUE (region, id));
INSERT INTO places SELECT n, 'c' || n, n % 3 FROM generate_series(1, 50) n;

CREATE TABLE indexes (id int PRIMARY KEY, a int, b text, c int);
INSERT INTO indexes SELECT n, n % 7, 'b' || n, n FROM generate_series(1, 200) n;
CREATE INDEX i_old_name ON indexes (a);
CREATE INDEX i_dropped ON indexes (b);
CREATE INDEX i_altered ON indexes (a, b) WITH (fillfactor = 80);
CREATE INDEX i_replaced ON indexes (c);
CREATE UNIQUE INDEX i_replaced_unique ON indexes (c, a);
CREATE INDEX i_tidied ON indexes (b, c);
CREATE INDEX i_tidied__reconcile_new ON indexes (b, c, a);

CREATE TABLE uniques (id int PRIMARY KEY, a int, b int, c int, d int, e int);
INSERT INTO uniques SELECT n, n, n, n, n, n FROM generate_series(1, 200) n;
ALTER TABLE uniques ADD CONSTRAINT u_old_name UNIQUE (b);
ALTER TABLE uniques ADD CONSTRAINT u_dropped UNIQUE (c);
ALTER TABLE uniques ADD CONSTRAINT u_altered UNIQUE (d) WITH (fillfactor = 80);
ALTER TABLE uniques ADD CONSTRAINT u_replaced UNIQUE (e);
ALTER TABLE uniques ADD CONSTRAINT u_tidied UNIQUE (a, e);
CREATE UNIQUE INDEX u_adopted ON uniques (c, d);
CREATE UNIQUE INDEX u_tidied__reconcile_new ON uniques (a, e, b);

CREATE TABLE keyless (id int, a int);
INSERT INTO keyless SELECT n, n FROM generate_series(1, 200) n;
CREATE TABLE other_key (id int NOT NULL, a int NOT NULL, CONSTRAINT other_key_pkey PRIMARY KEY (a));
CREATE TABLE other_name (id int, CONSTRAINT some_name PRIMARY KEY (id));
CREATE TABLE no_key (id int, CONSTRAINT no_key_gone PRIMARY KEY (id));

CREATE TABLE checks (id int PRIMARY KEY, a int, b text);
INSERT INTO checks SELECT n, n, 'b' FROM generate_series(1, 200) n;
ALTER TABLE checks ADD CONSTRAINT c_old_name CHECK (a > -1);
ALTER TABLE checks ADD CONSTRAINT c_dropped CHECK (a > -2);
ALTER TABLE checks ADD CONSTRAINT c_altered CHECK (a > -3);
ALTER TABLE checks ADD CONSTRAINT c_replaced CHECK (a > -4);
ALTER TABLE checks ADD CONSTRAINT c_validated CHECK (a > -5) NOT VALID;
ALTER TABLE checks ADD CONSTRAINT c_tidied CHECK (a > -6);
ALTER TABLE checks ADD CONSTRAINT c_tidied__reconcile_new CHECK (a > -7);

CREATE TABLE exclusions (id int PRIMARY KEY, a int4range, b int4range);
INSERT INTO exclusions SELECT n, int4range(3 * n, 3 * n + 1), int4range(4 * n, 4 * n + 1) FROM generate_series(1, 200) n;
ALTER TABLE exclusions ADD CONSTRAINT x_old_name EXCLUDE USING gist (a WITH &&);
ALTER TABLE exclusions ADD CONSTRAINT x_dropped EXCLUDE USING gist (a WITH -|-);
ALTER TABLE exclusions ADD CONSTRAINT x_altered EXCLUDE USING gist (b WITH &&) WITH (fillfactor = 80);
ALTER TABLE exclusions ADD CONSTRAINT x_commented EXCLUDE USING gist (b WITH -|-);
ALTER TABLE exclusions ADD CONSTRAINT x_replaced EXCLUDE USING gist (b WITH =);
ALTER TABLE exclusions ADD CONSTRAINT x_tidied EXCLUDE USING gist (a WITH =);
ALTER TABLE exclusions ADD CONSTRAINT x_tidied__reconcile_new EXCLUDE USING gist (a WITH &&, b WITH =);

CREATE TABLE keys (id int PRIMARY KEY, up int, p1 int, p2 int, p3 int, p4 int, p5 int, p6 int, region int);
INSERT INTO keys SELECT n, NULLIF(n / 2, 0), 1, 2, 3, 4, 5, 6, n % 3 FROM generate_series(1, 50) n;
ALTER TABLE keys ADD CONSTRAINT f_old_name FOREIGN KEY (p1) REFERENCES places (id);
ALTER TABLE keys ADD CONSTRAINT f_dropped FOREIGN KEY (p2) REFERENCES places (id);
ALTER TABLE keys ADD CONSTRAINT f_altered FOREIGN KEY (p3) REFERENCES places (id);
ALTER TABLE keys ADD CONSTRAINT f_commented FOREIGN KEY (p3) REFERENCES places (id) ON UPDATE CASCADE;
ALTER TABLE keys ADD CONSTRAINT f_replaced FOREIGN KEY (p4) REFERENCES places (id);
ALTER TABLE keys ADD CONSTRAINT f_validated FOREIGN KEY (p5) REFERENCES places (id) NOT VALID;
ALTER TABLE keys ADD CONSTRAINT f_self_dropped FOREIGN KEY (up) REFERENCES keys (id) ON DELETE CASCADE;
ALTER TABLE keys ADD CONSTRAINT f_tidied FOREIGN KEY (p6) REFERENCES places (id);
ALTER TABLE keys ADD CONSTRAINT f_tidied__reconcile_new FOREIGN KEY (p6) REFERENCES places (id) ON DELETE CASCADE;

CREATE TABLE not_nulls (id int PRIMARY KEY, a int, b int NOT NULL, c int NOT NULL, d int);
INSERT INTO not_nulls SELECT n, n, n, n, n FROM generate_series(1, 200) n;

-- Leftovers: with foreign keys to others, to themselves and to each other, with sequences, and with names that the
-- archive has already.
CREATE SCHEMA noise;
CREATE TABLE old_plain (id serial PRIMARY KEY, place int REFERENCES places (id), up int REFERENCES old_plain (id));
CREATE INDEX old_plain_up ON old_plain (up);
INSERT INTO old_plain (place) SELECT n FROM generate_series(1, 20) n;
CREATE TABLE old_child (id int, parent int REFERENCES old_plain (id));
INSERT INTO old_child VALUES (1, 1);
CREATE TABLE old_gone (id int PRIMARY KEY, place int REFERENCES places (id), up int REFERENCES old_gone (id));
INSERT INTO old_gone VALUES (1, 1, 1);
CREATE TABLE old_gone_child (id int, parent int REFERENCES old_gone (id));
CREATE TABLE old_copy (id int PRIMARY KEY);
INSERT INTO old_copy SELECT generate_series(1, 10);

-- What the file does not name.
CREATE TABLE noise.bystander (id int PRIMARY KEY, place int REFERENCES places (id), CHECK (id > 0) NOT VALID);
CREATE INDEX bystander_place ON noise.bystander (place);
CREATE INDEX undeclared ON indexes (c, b);
ALTER TABLE checks ADD CONSTRAINT undeclared CHECK (id > 0) NOT VALID;
