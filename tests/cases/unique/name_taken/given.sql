-- Names that something else has are refused: an index with another definition, another constraint, a table.
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, CONSTRAINT users_positive CHECK (id > 0));
CREATE UNIQUE INDEX users_email_key ON users (email) WHERE id > 5;
CREATE INDEX users_nick_key ON users (nick);
CREATE TABLE orders (id bigint);
CREATE SEQUENCE numbers;
CREATE VIEW shown AS SELECT 1;
