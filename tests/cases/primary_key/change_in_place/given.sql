-- Storage parameters, comment and name are altered where they are.
CREATE TABLE users (id bigint PRIMARY KEY WITH (fillfactor = 50));
CREATE TABLE orders (id bigint PRIMARY KEY WITH (fillfactor = 50));
CREATE TABLE items (id bigint PRIMARY KEY);
COMMENT ON CONSTRAINT orders_pkey ON orders IS 'old';
