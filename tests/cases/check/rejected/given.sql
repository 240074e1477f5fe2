-- What the server does not accept is refused in its own words; each problem by itself.
CREATE TABLE wallets (id bigint PRIMARY KEY, balance numeric, status text);
