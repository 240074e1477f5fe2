-- Foreign keys to partitions that PostgreSQL cannot add, or would lose with the key that they depend on.
CREATE TABLE events (id integer NOT NULL, at integer NOT NULL, parent integer) PARTITION BY LIST (at);
CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);
CREATE TABLE events_2 PARTITION OF events FOR VALUES IN (2) PARTITION BY LIST (id);
CREATE TABLE events_2_1 PARTITION OF events_2 FOR VALUES IN (1);
ALTER TABLE events ADD PRIMARY KEY (id, at);

-- The partition's own primary key is possible only after the partitioned table's is dropped.
CREATE TABLE users (id integer NOT NULL, at integer NOT NULL) PARTITION BY LIST (at);
CREATE TABLE users_1 PARTITION OF users FOR VALUES IN (1);
ALTER TABLE users ADD PRIMARY KEY (id, at);
CREATE TABLE notes (id integer PRIMARY KEY, "user" integer, at integer);
ALTER TABLE notes ADD CONSTRAINT notes_user FOREIGN KEY ("user", at) REFERENCES users_1 (id, at);
