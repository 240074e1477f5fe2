-- A foreign key that depends on the key of a partitioned table stays while a partition's index is renamed.
CREATE TABLE accounts (id int, region text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south');
CREATE TABLE payments (id int PRIMARY KEY, account_id int, region text);
ALTER TABLE payments ADD CONSTRAINT payments_account_fkey
    FOREIGN KEY (account_id, region) REFERENCES accounts (id, region);
INSERT INTO accounts VALUES (1, 'north'), (2, 'south');
INSERT INTO payments VALUES (1, 1, 'north'), (2, 2, 'south');
