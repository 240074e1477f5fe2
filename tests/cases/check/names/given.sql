-- A name that another constraint of the table has is refused, and so is a silent duplicate.
CREATE TABLE wallets (
    id bigint PRIMARY KEY, balance numeric, owner text CONSTRAINT taken UNIQUE,
    CONSTRAINT by_hand CHECK (balance > 0)
);
