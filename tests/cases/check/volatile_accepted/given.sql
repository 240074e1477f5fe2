-- Once it is accepted, the rows are looked at and the check is made.
-- allow: volatile-expression
CREATE FUNCTION allowed(numeric) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RETURN $1 > 0; END $$;
CREATE TABLE wallets (id bigint PRIMARY KEY, balance numeric);
INSERT INTO wallets VALUES (1, 1);
