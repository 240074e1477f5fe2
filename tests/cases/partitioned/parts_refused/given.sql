-- Impossible and contradictory declarations are refused before the first step.
CREATE TABLE b (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);

-- A table that is to be attached later.
CREATE TABLE b_3 (id integer, at date);
CREATE INDEX b_3_part ON b_3 (at);
CREATE INDEX b_at ON b (at);

-- An index that belongs to one of the whole table, and enforces a key of the partition.
CREATE TABLE f (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE f_1 PARTITION OF f FOR VALUES IN ('2026-01-01');
CREATE UNIQUE INDEX f_key ON f (id, at);
ALTER TABLE f_1 ADD CONSTRAINT f_1_id_at_idx PRIMARY KEY USING INDEX f_1_id_at_idx;

-- A partition with a primary key of another name than its part is to have.
CREATE TABLE g (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE g_1 PARTITION OF g (CONSTRAINT g_1_own PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-01');

-- A new foreign key to what goes in the same plan; and a name that is given twice.
CREATE TABLE h (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY LIST (at);
CREATE TABLE h_1 PARTITION OF h FOR VALUES IN ('2026-01-01');
CREATE TABLE i (id integer PRIMARY KEY, h integer, h_at date);
