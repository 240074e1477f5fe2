-- The names of an archived table and of its indexes are free in the same plan.
-- allow: drop-table
CREATE TABLE old (id integer CONSTRAINT a_pkey PRIMARY KEY, at date CONSTRAINT a_once UNIQUE);
CREATE INDEX b_1_id_idx ON old (at, id);
CREATE TABLE gone (id integer CONSTRAINT a_id_idx PRIMARY KEY);
CREATE TABLE a (id integer NOT NULL, at date);
CREATE TABLE b (id integer) PARTITION BY LIST (id);
CREATE TABLE b_1 PARTITION OF b FOR VALUES IN (1);

-- The foreign key that depends on this table needs the new primary key first, which gets another name.
CREATE TABLE former (id integer CONSTRAINT c_pkey PRIMARY KEY);
CREATE TABLE c (id integer NOT NULL);
CREATE TABLE d (id integer PRIMARY KEY, c integer CONSTRAINT d_c REFERENCES former);
