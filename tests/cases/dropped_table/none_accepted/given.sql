-- Accepted on the command line: the table is dropped, with its sequence and its foreign keys.
-- allow: drop-table
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE scratch (id bigserial, user_id bigint REFERENCES users);
INSERT INTO users VALUES (1);
