-- Renames, and a replacement under a new name: the successor exists before the old check is dropped.
CREATE TABLE wallets (balance numeric, CONSTRAINT old_a CHECK (balance > 0),
    CONSTRAINT old_b CHECK (balance < 100), CONSTRAINT old_c CHECK (balance <> 50));
