-- Keys of a partitioned table on which foreign keys hang: of an ordinary table, of a partitioned one, of one that refers
-- to a partition alone.
CREATE TABLE accounts (id int, region text, code text NOT NULL, mail text NOT NULL, PRIMARY KEY (id, region))
    PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south');
ALTER TABLE accounts ADD CONSTRAINT accounts_code_key UNIQUE (code, region);
CREATE UNIQUE INDEX accounts_mail_idx ON accounts (mail, region);
CREATE TABLE payments (id int PRIMARY KEY, account_id int, region text, code text, mail text);
ALTER TABLE payments
    ADD CONSTRAINT payments_account_fkey FOREIGN KEY (account_id, region) REFERENCES accounts (id, region),
    ADD CONSTRAINT payments_code_fkey FOREIGN KEY (code, region) REFERENCES accounts (code, region) NOT VALID;
CREATE TABLE letters (id int, region text, account_id int, mail text) PARTITION BY RANGE (id);
CREATE TABLE letters_0 PARTITION OF letters FOR VALUES FROM (0) TO (100);
CREATE TABLE letters_1 PARTITION OF letters FOR VALUES FROM (100) TO (200);
ALTER TABLE letters ADD CONSTRAINT letters_account_fkey
    FOREIGN KEY (account_id, region) REFERENCES accounts (id, region) ON DELETE CASCADE;
COMMENT ON CONSTRAINT letters_account_fkey ON letters IS 'whose it is';
ALTER TABLE letters ADD CONSTRAINT letters_mail_fkey FOREIGN KEY (mail, region) REFERENCES accounts (mail, region);
CREATE TABLE northern (account_id int, region text);
ALTER TABLE northern ADD CONSTRAINT northern_account_fkey
    FOREIGN KEY (account_id, region) REFERENCES accounts_north (id, region);
INSERT INTO accounts VALUES (1, 'north', 'a', 'a@b'), (2, 'south', 'c', 'c@d');
INSERT INTO payments VALUES (1, 1, 'north', 'a', NULL), (2, 2, 'south', NULL, NULL);
INSERT INTO letters VALUES (1, 'north', 1, 'a@b'), (101, 'south', 2, 'c@d');
INSERT INTO northern VALUES (1, 'north');
