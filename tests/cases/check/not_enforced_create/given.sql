-- A check that is not enforced says what should be so: rows are not looked at, neither old nor new ones.
-- pg: >= 18
CREATE TABLE wallets (id int PRIMARY KEY, balance int, note text);
INSERT INTO wallets VALUES (1, -1, NULL);
CREATE TABLE empty (a int);
