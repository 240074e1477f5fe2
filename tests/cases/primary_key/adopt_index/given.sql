-- A unique index that has the key's name and definition becomes the key; nothing is built again.
CREATE TABLE users (id bigint NOT NULL, email text);
CREATE UNIQUE INDEX users_pkey ON users (id);
INSERT INTO users VALUES (1, 'a');
