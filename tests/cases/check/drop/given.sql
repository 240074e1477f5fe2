-- `absent` drops a check; undeclared ones stay.
CREATE TABLE wallets (balance numeric, CONSTRAINT a CHECK (balance > 0), CONSTRAINT b CHECK (balance > 1));
