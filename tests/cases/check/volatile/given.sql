-- A check that calls a volatile function is a gated hazard, and its rows are not looked at before it is accepted.
CREATE FUNCTION allowed(numeric) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RETURN $1 > 0; END $$;
CREATE TABLE wallets (id bigint PRIMARY KEY, balance numeric);
INSERT INTO wallets VALUES (1, -1);
