-- Of two foreign keys over the same columns of a partitioned table, PostgreSQL does not enforce only one: one is dropped first.
-- pg: >= 18
CREATE TABLE nodes (id int PRIMARY KEY, up int, peer int) PARTITION BY RANGE (id);
CREATE TABLE nodes_1 PARTITION OF nodes FOR VALUES FROM (0) TO (5);
CREATE TABLE nodes_2 PARTITION OF nodes DEFAULT;
INSERT INTO nodes SELECT n, n, n FROM generate_series(1, 8) n;
ALTER TABLE nodes ADD CONSTRAINT old_name FOREIGN KEY (up) REFERENCES nodes NOT ENFORCED;
ALTER TABLE nodes ADD CONSTRAINT given_up FOREIGN KEY (peer) REFERENCES nodes ON DELETE CASCADE;
