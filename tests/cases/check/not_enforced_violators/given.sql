-- A check that is to be enforced is refused while rows violate it; it stays as it is.
-- pg: >= 18
CREATE TABLE wallets (id int PRIMARY KEY, balance int, CONSTRAINT positive CHECK (balance > 0) NOT ENFORCED);
INSERT INTO wallets VALUES (1, 1), (2, -2), (3, NULL);
