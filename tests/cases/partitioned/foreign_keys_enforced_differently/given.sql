-- A foreign key of a partition becomes a part of an equal one of the whole table, unless only one of them is enforced: that is refused.
-- pg: >= 18
CREATE TABLE users (id bigint PRIMARY KEY, old_id bigint UNIQUE);
CREATE TABLE t (a bigint, k int) PARTITION BY LIST (k);
CREATE TABLE t_1 PARTITION OF t (CONSTRAINT own FOREIGN KEY (a) REFERENCES users) FOR VALUES IN (1);
CREATE TABLE r (a bigint, k int) PARTITION BY LIST (k);
CREATE TABLE r_1 PARTITION OF r FOR VALUES IN (1);
ALTER TABLE r_1 ADD CONSTRAINT own FOREIGN KEY (a) REFERENCES users NOT ENFORCED;
