-- A key that foreign keys hang on neither goes nor changes, unless something else makes the columns unique.
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE items (order_id bigint REFERENCES orders);
