-- Other columns, or other included columns: the new index is complete before the old key is dropped.
-- formats: all
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE items (id bigint PRIMARY KEY DEFERRABLE);
COMMENT ON CONSTRAINT orders_pkey ON orders IS 'kept, as the file does not mention it';
INSERT INTO users VALUES (1, 1, 'a'), (2, 1, 'b');
