-- Keys and exclusion constraints of partitions are dropped, and those of the partitioned table get their names.
-- pg: >= 18
-- allow: blocking-build
CREATE EXTENSION btree_gist;
CREATE TABLE a (id integer NOT NULL, at daterange NOT NULL) PARTITION BY LIST (id);
CREATE TABLE a_1 PARTITION OF a (CONSTRAINT a_1_own UNIQUE (id, at WITHOUT OVERLAPS)) FOR VALUES IN (1);
CREATE TABLE b (id integer NOT NULL, at daterange NOT NULL) PARTITION BY LIST (id);
CREATE TABLE b_1 PARTITION OF b (CONSTRAINT b_1_own PRIMARY KEY (id, at WITHOUT OVERLAPS)) FOR VALUES IN (1);
CREATE TABLE c (id integer NOT NULL, at daterange NOT NULL) PARTITION BY LIST (id);
CREATE TABLE c_1 PARTITION OF c (CONSTRAINT c_1_own EXCLUDE USING gist (id WITH =, at WITH &&)) FOR VALUES IN (1);
