-- A missing table, column or key is refused, with the one that may be meant.
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text);
CREATE UNIQUE INDEX users_nick_index ON users (nick) WHERE id > 0;
CREATE TABLE nothing (id bigint);
CREATE TABLE late (id bigint UNIQUE DEFERRABLE);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, email text);
