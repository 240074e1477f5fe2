-- A partition that is partitioned in turn has the index, the key already, on all of its partitions or on one: attached.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, mail text) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south') PARTITION BY RANGE (id);
CREATE TABLE accounts_south_1 PARTITION OF accounts_south FOR VALUES FROM (0) TO (100);
CREATE TABLE accounts_south_2 PARTITION OF accounts_south FOR VALUES FROM (100) TO (200);
INSERT INTO accounts VALUES (1, 'north', 'a'), (2, 'south', 'b');
CREATE INDEX accounts_south_mail_idx ON accounts_south (mail);
COMMENT ON INDEX accounts_south_mail_idx IS 'kept';
ALTER TABLE accounts_south ADD CONSTRAINT accounts_south_pkey PRIMARY KEY (id, region);
CREATE INDEX accounts_south_id_idx ON ONLY accounts_south (id);
CREATE INDEX accounts_south_1_id_idx ON accounts_south_1 (id);
ALTER INDEX accounts_south_id_idx ATTACH PARTITION accounts_south_1_id_idx;
CREATE UNIQUE INDEX accounts_south_mail_id_region_key ON accounts_south (mail, id, region);
