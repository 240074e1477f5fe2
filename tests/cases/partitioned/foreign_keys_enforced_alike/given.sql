-- A foreign key of a partition that is enforced differently from a new one of the whole table is dropped before. One that refers to other columns
-- stays.
-- pg: >= 18
CREATE TABLE users (id bigint PRIMARY KEY, old_id bigint UNIQUE);
CREATE TABLE t (a bigint, k int) PARTITION BY LIST (k);
CREATE TABLE t_1 PARTITION OF t (CONSTRAINT own FOREIGN KEY (a) REFERENCES users, CONSTRAINT other FOREIGN KEY (a) REFERENCES users (old_id))
    FOR VALUES IN (1);
