-- Statistics targets, the CLUSTER mark and the replica identity of new indexes; a not-null that one needs is created first.
CREATE TABLE users (id bigint PRIMARY KEY, a int, b text);
INSERT INTO users VALUES (1, 1, 'x'), (2, 2, 'y');
CREATE MATERIALIZED VIEW totals AS SELECT id, a FROM users;
