-- The foreign key goes before the constraint that it hangs on.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE orders (email text CONSTRAINT orders_email_fkey REFERENCES users (email));
