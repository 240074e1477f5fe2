-- Before 18 a not-null has no name, no NO INHERIT and no comment: refused with the version that has them.
-- pg: < 18
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, born date);
