-- Another object of the schema already has the name: another table's index, a constraint, a table.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);
CREATE TABLE orders (id bigint);
CREATE INDEX idx_id ON orders (id);
