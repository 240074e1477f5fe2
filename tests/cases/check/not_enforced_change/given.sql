-- Enforced or not: a check has no ALTER for it, so a successor takes its place, which is valid before it enforces.
-- pg: >= 18
CREATE TABLE wallets (
    id int PRIMARY KEY, a int, b int,
    CONSTRAINT begins CHECK (a > 0) NOT ENFORCED,
    CONSTRAINT begins_for_new_rows CHECK (b > 0) NOT ENFORCED,
    CONSTRAINT ends CHECK (a > 1),
    CONSTRAINT never_valid CHECK (a > 2),
    CONSTRAINT other CHECK (a > 3) NOT ENFORCED,
    CONSTRAINT commented CHECK (a > 4) NOT ENFORCED,
    CONSTRAINT same CHECK (a IN (1, 2)) NOT ENFORCED,
    CONSTRAINT gone CHECK (a > 5) NOT ENFORCED,
    CONSTRAINT old_name CHECK (a > 6) NOT ENFORCED
);
ALTER TABLE wallets DROP CONSTRAINT never_valid, ADD CONSTRAINT never_valid CHECK (a > 2) NOT VALID;
COMMENT ON CONSTRAINT begins ON wallets IS 'kept';
INSERT INTO wallets VALUES (1, 5, 5), (2, 6, -6);
