-- Definitions that the server rejects, columns that are missing, rows that would violate a unique index.
CREATE TABLE users (id bigint PRIMARY KEY, email text, data json);
INSERT INTO users VALUES (1, 'A@b.c'), (2, 'a@b.c');
