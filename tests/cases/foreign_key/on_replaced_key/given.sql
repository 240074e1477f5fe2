-- Foreign keys that change in the same plan as the key they hang on: the key takes them along as they are, then each
-- changes by itself. One that goes for good goes first; one with a successor stays until that is there.
-- formats: all
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (a bigint CONSTRAINT altered REFERENCES users, b bigint CONSTRAINT old_name REFERENCES users,
    c bigint CONSTRAINT gone REFERENCES users, d bigint CONSTRAINT succeeded REFERENCES users, e bigint,
    f bigint CONSTRAINT deferred REFERENCES users);
INSERT INTO users VALUES (1, 'x');
INSERT INTO orders VALUES (1, 1, 1, 1, 1, 1);
ALTER TABLE orders ADD CONSTRAINT validated FOREIGN KEY (e) REFERENCES users NOT VALID;
