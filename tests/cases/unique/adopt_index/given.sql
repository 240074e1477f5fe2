-- A unique index that has the constraint's name and definition becomes the constraint.
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text);
CREATE UNIQUE INDEX users_email_key ON users (email);
CREATE UNIQUE INDEX users_nick_key ON users (nick) INCLUDE (email);
