-- What a foreign key needs comes first: the referenced key, and the index that supports it.
CREATE TABLE users (id bigint NOT NULL, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, email text);
INSERT INTO users VALUES (1, 'a');
INSERT INTO orders VALUES (1, 1, 'a');
