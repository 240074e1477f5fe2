-- Constraints that are NOT VALID are validated; `validated: false` accepts either, and checks no rows.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, a bigint, b bigint, c bigint, d bigint);
INSERT INTO users VALUES (1);
INSERT INTO orders VALUES (1, 1, 99, 1, 99);
ALTER TABLE orders ADD CONSTRAINT a_fkey FOREIGN KEY (a) REFERENCES users NOT VALID;
ALTER TABLE orders ADD CONSTRAINT b_fkey FOREIGN KEY (b) REFERENCES users NOT VALID;
ALTER TABLE orders ADD CONSTRAINT c_fkey FOREIGN KEY (c) REFERENCES users;
