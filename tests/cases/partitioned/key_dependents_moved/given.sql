-- Foreign keys follow the key of a partitioned table to its new columns; a key is dropped, and an equal one stays.
CREATE TABLE accounts (id int, region text, code int NOT NULL) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE TABLE accounts_south PARTITION OF accounts FOR VALUES IN ('south');
ALTER TABLE accounts ADD CONSTRAINT accounts_key UNIQUE (id, region);
CREATE TABLE payments (id int PRIMARY KEY, account_id int, region text);
ALTER TABLE payments
    ADD CONSTRAINT payments_account_fkey FOREIGN KEY (account_id, region) REFERENCES accounts (id, region);
INSERT INTO accounts VALUES (1, 'north', 1), (2, 'south', 2);
INSERT INTO payments VALUES (1, 1, 'north'), (2, 2, 'south');

CREATE TABLE plans (id int, region text) PARTITION BY LIST (region);
CREATE TABLE plans_north PARTITION OF plans FOR VALUES IN ('north');
CREATE UNIQUE INDEX plans_old_idx ON plans (id, region);
CREATE UNIQUE INDEX plans_new_idx ON plans (region, id);
CREATE TABLE choices (plan_id int, region text) PARTITION BY LIST (region);
CREATE TABLE choices_north PARTITION OF choices FOR VALUES IN ('north');
ALTER TABLE choices
    ADD CONSTRAINT choices_plan_fkey FOREIGN KEY (plan_id, region) REFERENCES plans (id, region);
INSERT INTO plans VALUES (1, 'north');
INSERT INTO choices VALUES (1, 'north');
