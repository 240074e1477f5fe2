-- Every attribute of a unique constraint.
CREATE TABLE users (id bigint PRIMARY KEY, tenant int, email text, nick text, code text);
INSERT INTO users VALUES (1, 1, 'a', NULL, NULL), (2, 1, 'b', NULL, 'x');
