-- A key that foreign keys depend on is neither dropped nor changed, unless another object makes the columns unique.
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users);
CREATE TABLE items (order_id bigint REFERENCES orders);
