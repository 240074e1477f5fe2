-- NULLs are counted and sampled by the primary key, or by their place where there is none.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
INSERT INTO users SELECT n, CASE WHEN n % 2 = 0 THEN n || '@b.c' END FROM generate_series(1, 15) n;
CREATE TABLE notes (body text, at date);
INSERT INTO notes VALUES ('a', NULL), ('b', '2000-01-01');
