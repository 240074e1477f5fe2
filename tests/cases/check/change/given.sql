-- Another expression, or NO INHERIT, needs a successor that is validated before the old check is dropped; a comment does not.
CREATE TABLE wallets (
    id bigint PRIMARY KEY, balance numeric,
    CONSTRAINT expression_check CHECK (balance >= 0),
    CONSTRAINT inherit_check CHECK (balance < 1000) NO INHERIT,
    CONSTRAINT comment_check CHECK (balance <> 13)
);
ALTER TABLE wallets ADD CONSTRAINT valid_check CHECK (balance < 500) NOT VALID;
COMMENT ON CONSTRAINT expression_check ON wallets IS 'kept';
COMMENT ON CONSTRAINT comment_check ON wallets IS 'old';
INSERT INTO wallets VALUES (1, 10);
