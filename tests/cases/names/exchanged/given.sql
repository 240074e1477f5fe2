-- A constraint and an index exchange their names; three indexes of a partition rotate theirs.
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t ADD CONSTRAINT one UNIQUE (a); CREATE INDEX two ON t (b) WITH (fillfactor=60); COMMENT ON INDEX two IS 'kept';
CREATE TABLE p (a int, b int, c int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE INDEX i ON p (a); CREATE INDEX j ON p (b); ALTER TABLE p ADD CONSTRAINT k UNIQUE (a, c);
ALTER INDEX p1_a_idx RENAME TO x1; ALTER INDEX p1_b_idx RENAME TO x2; ALTER INDEX p1_a_c_key RENAME TO x3;
