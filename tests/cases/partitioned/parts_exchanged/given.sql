-- Indexes that move between partitions and the whole table, under names that both have: there is always one of them.
-- A part that the partition is to have by itself when the index of the whole table is dropped or replaced.
CREATE TABLE a (id integer, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE a_1 PARTITION OF a FOR VALUES IN ('2026-01-01');
CREATE INDEX a_dropped ON a (id);
CREATE INDEX a_replaced ON a (at);
ALTER TABLE a ADD CONSTRAINT a_unique UNIQUE (id, at);
COMMENT ON INDEX a_1_id_idx IS 'of the partition';
INSERT INTO a VALUES (1, '2026-01-01');
CREATE TABLE refers (id integer, at date, CONSTRAINT refers_a FOREIGN KEY (id, at) REFERENCES a_1 (id, at));

-- Partitions that have an index, or a constraint, under names of their own.
CREATE TABLE b (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE b_1 PARTITION OF b FOR VALUES IN ('2026-01-01');
CREATE TABLE b_2 PARTITION OF b FOR VALUES IN ('2026-01-02');
CREATE INDEX b_1_custom ON b_1 (id);
CREATE INDEX b_2_custom ON b_2 (id);
CREATE INDEX b_2_second ON b_2 (id);
CREATE UNIQUE INDEX b_1_unique ON b_1 (id, at);
ALTER TABLE b_2 ADD CONSTRAINT b_2_unique UNIQUE (id, at);

-- A partition that is partitioned in turn, with an index of its own and parts of that.
CREATE TABLE c (id integer, at date, code integer) PARTITION BY LIST (at);
CREATE TABLE c_1 PARTITION OF c FOR VALUES IN ('2026-01-01') PARTITION BY LIST (code);
CREATE TABLE c_1_1 PARTITION OF c_1 FOR VALUES IN (1);
CREATE INDEX c_1_custom ON c_1 (id);
ALTER INDEX c_1_1_id_idx RENAME TO c_1_1_custom;

-- A foreign key that moves to the whole table, whose new key needs a name that the key which it leaves has.
CREATE TABLE d (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE d_1 PARTITION OF d (CONSTRAINT d_1_key UNIQUE (id, at)) FOR VALUES IN ('2026-01-01');
CREATE TABLE e (id integer PRIMARY KEY, d integer, d_at date,
    CONSTRAINT e_d FOREIGN KEY (d, d_at) REFERENCES d_1 (id, at));
