-- Two tables of one name: one is archived, the other is counted and dropped.
-- allow: drop-table
CREATE SCHEMA billing;
CREATE SCHEMA shop;
CREATE TABLE orders (id int PRIMARY KEY);
CREATE TABLE billing.orders_old (id int PRIMARY KEY, order_id int REFERENCES orders);
CREATE TABLE shop.orders_old (id serial PRIMARY KEY, order_id int REFERENCES orders);
INSERT INTO orders VALUES (1), (2);
INSERT INTO billing.orders_old VALUES (1, 1);
INSERT INTO shop.orders_old (order_id) VALUES (1), (2);
