-- Properties of a partition's own index are set after the partitioned table's object is rebuilt.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, at date) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE INDEX accounts_at ON accounts (id);
