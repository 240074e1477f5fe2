-- A partitioned table has statistics of its own, and so has a partition: nothing is inherited.
CREATE TABLE events (id bigint, kind text, code int) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (100);
CREATE TABLE parents (a int, b int);
CREATE TABLE children () INHERITS (parents);
CREATE STATISTICS partition_stats ON kind, code FROM events_1;
CREATE STATISTICS child_stats ON a, b FROM children;
