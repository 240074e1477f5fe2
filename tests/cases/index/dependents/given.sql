-- A unique index without a constraint can have foreign keys too; its successor takes them over. One that is dropped leaves
-- them to an equal one.
CREATE TABLE users (id bigint, email text, nick text NOT NULL);
CREATE UNIQUE INDEX users_id ON users (id);
CREATE UNIQUE INDEX users_email ON users (email) INCLUDE (nick);
CREATE UNIQUE INDEX users_nick ON users (nick);
COMMENT ON INDEX users_id IS 'kept';
ALTER TABLE users CLUSTER ON users_id;
CREATE TABLE orders (user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users (id),
    email text CONSTRAINT orders_email_fkey REFERENCES users (email),
    nick text CONSTRAINT orders_nick_fkey REFERENCES users (nick));
CREATE UNIQUE INDEX users_email_too ON users (email);
INSERT INTO users VALUES (1, 'a', 'x'), (2, 'b', 'y');
INSERT INTO orders VALUES (1, 'a', 'x'), (2, NULL, NULL);
