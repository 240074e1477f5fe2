-- Foreign keys that change in the same plan as the key they depend on: they are first replaced unchanged with the key, then
-- changed one by one. A foreign key that is dropped for good is dropped first; one with a successor stays until that exists.
-- formats: all
CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (a bigint CONSTRAINT altered REFERENCES users, b bigint CONSTRAINT old_name REFERENCES users,
    c bigint CONSTRAINT gone REFERENCES users, d bigint CONSTRAINT succeeded REFERENCES users, e bigint,
    f bigint CONSTRAINT deferred REFERENCES users);
INSERT INTO users VALUES (1, 'x');
INSERT INTO orders VALUES (1, 1, 1, 1, 1, 1);
ALTER TABLE orders ADD CONSTRAINT validated FOREIGN KEY (e) REFERENCES users NOT VALID;
