-- What only 18 can say of a not-null: its name, NO INHERIT, a comment, and that old rows need not comply.
-- pg: >= 18
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, born date);
INSERT INTO users VALUES (1, NULL, 'a', '2000-01-01');
