-- Indexes that partitions have for themselves become parts of that of their table, and keep what is their own.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, mail text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south');
INSERT INTO accounts VALUES (1, 'north', 'a'), (2, 'south', 'b');
