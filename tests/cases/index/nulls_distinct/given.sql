-- Unique indexes to which two NULLs are the same: created, changed in both directions.
-- pg: >= 15
CREATE TABLE users (id bigint PRIMARY KEY, nick text, at timestamptz);
INSERT INTO users VALUES (1, 'b', NULL), (2, 'c', NULL);
CREATE UNIQUE INDEX to_same ON users (id, at);
CREATE UNIQUE INDEX to_distinct ON users (at, id) NULLS NOT DISTINCT;
