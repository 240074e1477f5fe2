-- Rows that violate the check are counted and sampled; NULL does not violate it.
-- formats: all
CREATE TABLE wallets (id bigint, currency text, balance numeric, PRIMARY KEY (id, currency));
INSERT INTO wallets SELECT n, 'EUR', nullif(5 - n, 0) FROM generate_series(1, 12) n;
