-- `absent` drops a unique constraint; a name that is not there, or is another table's, needs nothing.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE, nick text UNIQUE);
CREATE TABLE orders (code text CONSTRAINT orders_code_key UNIQUE);
