-- A constraint that a foreign key depends on cannot be dropped or rebuilt; together with the foreign key it can be dropped.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE, nick text UNIQUE);
CREATE TABLE orders (email text CONSTRAINT orders_email_fkey REFERENCES users (email));
CREATE TABLE posts (nick text CONSTRAINT posts_nick_fkey REFERENCES users (nick));
