-- A key replaces another one under `absent`; the foreign keys move from the one to the other. One of two equal keys
-- is dropped, and two equal keys are both rebuilt.
CREATE TABLE users (id bigint NOT NULL CONSTRAINT users_id_key UNIQUE, email text CONSTRAINT old_email UNIQUE,
    nick text CONSTRAINT users_nick_1 UNIQUE, phone text CONSTRAINT users_phone_1 UNIQUE);
ALTER TABLE users ADD CONSTRAINT users_nick_2 UNIQUE (nick), ADD CONSTRAINT users_phone_2 UNIQUE (phone);
CREATE TABLE orders (user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users (id),
    email text CONSTRAINT orders_email_fkey REFERENCES users (email),
    nick text CONSTRAINT orders_nick_fkey REFERENCES users (nick),
    phone text CONSTRAINT orders_phone_fkey REFERENCES users (phone));
INSERT INTO users VALUES (1, 'a', 'x', '7');
INSERT INTO orders VALUES (1, 'a', 'x', '7');
