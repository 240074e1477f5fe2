-- The name stands for something else in the schema already: another table's index, a constraint's, a table.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE orders (id bigint);
CREATE INDEX idx_id ON orders (id);
