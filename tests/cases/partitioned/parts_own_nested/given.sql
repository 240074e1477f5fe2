-- A partition that is partitioned in turn, and a partition of that, have something for themselves.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, at date) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south') PARTITION BY RANGE (id);
CREATE TABLE accounts_south_1 PARTITION OF accounts_south FOR VALUES FROM (0) TO (100);
CREATE TABLE accounts_south_2 PARTITION OF accounts_south FOR VALUES FROM (100) TO (200);
INSERT INTO accounts VALUES (1, 'north', NULL), (2, 'south', '2026-01-01');
