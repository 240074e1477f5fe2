-- What partitions would lose or get twice, and what would fail half-way, is refused before the first step.
-- A part that the partition is to have by itself when the index of the whole table is dropped or replaced.
CREATE TABLE a (id integer, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE a_1 PARTITION OF a FOR VALUES IN ('2026-01-01');
CREATE INDEX a_dropped ON a (id);
CREATE INDEX a_replaced ON a (at);
ALTER TABLE a ADD CONSTRAINT a_unique UNIQUE (id, at);

-- Partitions that have an index, or a constraint, under names of their own.
CREATE TABLE b (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE b_1 PARTITION OF b FOR VALUES IN ('2026-01-01');
CREATE TABLE b_2 PARTITION OF b FOR VALUES IN ('2026-01-02');
CREATE INDEX b_1_custom ON b_1 (id);
CREATE INDEX b_2_custom ON b_2 (id);
CREATE UNIQUE INDEX b_1_unique ON b_1 (id, at);
ALTER TABLE b_2 ADD CONSTRAINT b_2_unique UNIQUE (id, at);

-- A table that is to be attached later.
CREATE TABLE b_3 (id integer, at date);
CREATE INDEX b_3_part ON b_3 (at);
CREATE INDEX b_at ON b (at);

-- A foreign key that moves to the whole table, whose new key needs a name that the key which it leaves has.
CREATE TABLE d (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE d_1 PARTITION OF d (CONSTRAINT d_1_key UNIQUE (id, at)) FOR VALUES IN ('2026-01-01');
CREATE TABLE e (id integer PRIMARY KEY, d integer, d_at date,
    CONSTRAINT e_d FOREIGN KEY (d, d_at) REFERENCES d_1 (id, at));

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
