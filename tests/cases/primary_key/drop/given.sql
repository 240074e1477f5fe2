-- A primary key is dropped by its name in `absent`; the columns stay not null.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint CONSTRAINT order_key PRIMARY KEY);
