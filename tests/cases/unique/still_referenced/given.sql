-- A constraint that a foreign key hangs on cannot go or be made anew; together with the foreign key it can go.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE, nick text UNIQUE);
CREATE TABLE orders (email text CONSTRAINT orders_email_fkey REFERENCES users (email));
CREATE TABLE posts (nick text CONSTRAINT posts_nick_fkey REFERENCES users (nick));
