-- A foreign key that is NOT ENFORCED is replaced as well, and stays so: nothing is validated.
-- pg: >= 18
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE orders (email text CONSTRAINT orders_email_fkey REFERENCES users (email) ON DELETE CASCADE NOT ENFORCED);
COMMENT ON CONSTRAINT orders_email_fkey ON orders IS 'kept';
INSERT INTO orders VALUES ('an orphan');
