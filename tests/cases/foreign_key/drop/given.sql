-- `absent` drops a foreign key; undeclared ones stay.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (a bigint CONSTRAINT a_fkey REFERENCES users, b bigint CONSTRAINT b_fkey REFERENCES users);
