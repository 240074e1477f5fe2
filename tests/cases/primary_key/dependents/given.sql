-- Primary keys that foreign keys depend on, on empty tables: another index, another name, another order of the columns.
CREATE TABLE users (id bigint CONSTRAINT users_pkey PRIMARY KEY, name text);
CREATE TABLE accounts (id bigint CONSTRAINT old_pkey PRIMARY KEY, name text);
CREATE TABLE lines (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE orders (user_id bigint CONSTRAINT orders_user_id_fkey REFERENCES users,
    account_id bigint CONSTRAINT orders_account_id_fkey REFERENCES accounts ON DELETE CASCADE,
    a int, b int, CONSTRAINT orders_line_fkey FOREIGN KEY (a, b) REFERENCES lines);
COMMENT ON CONSTRAINT users_pkey ON users IS 'kept';
