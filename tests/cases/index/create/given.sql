-- Every attribute of an index, several methods, expressions and predicates.
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, tags text[], at timestamptz, data jsonb, code char(3));
INSERT INTO users SELECT n, n || '@b.c', 'n' || n FROM generate_series(1, 20) n;
