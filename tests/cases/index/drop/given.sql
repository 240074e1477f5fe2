-- `absent` drops an index; undeclared ones stay, and another table's of that name is not touched.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE orders (id bigint);
CREATE INDEX idx_gone ON users (email);
CREATE INDEX idx_kept ON users (email, id);
CREATE INDEX idx_elsewhere ON orders (id);
