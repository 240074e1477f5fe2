-- The foreign key is dropped before the constraint that it depends on.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE orders (email text CONSTRAINT orders_email_fkey REFERENCES users (email));
