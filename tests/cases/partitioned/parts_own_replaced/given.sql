-- What a partition is to have for itself has to wait until the whole has been made anew.
CREATE TABLE accounts (id int NOT NULL, region text NOT NULL, at date) PARTITION BY LIST (region);
CREATE TABLE accounts_north PARTITION OF accounts FOR VALUES IN ('north');
CREATE INDEX accounts_at ON accounts (id);
