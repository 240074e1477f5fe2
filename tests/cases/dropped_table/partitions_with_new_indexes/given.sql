-- Partitions that get, lose and rename indexes with their parents are archived under other names.
CREATE SCHEMA x;
CREATE TABLE x.p (a int, k int) PARTITION BY LIST (k);
CREATE TABLE x.p1 PARTITION OF x.p FOR VALUES IN (1);
CREATE TABLE x.p2 PARTITION OF x.p DEFAULT;
CREATE INDEX j ON x.p (a);
CREATE SCHEMA y;
CREATE TABLE y.p (a int, k int) PARTITION BY LIST (k);
CREATE TABLE y.p1 PARTITION OF y.p FOR VALUES IN (1);
CREATE TABLE y.p2 PARTITION OF y.p DEFAULT;
CREATE INDEX gone ON y.p (a);
