-- An undeclared foreign key with the same effect refuses the plan; the remedy contains the two lines to paste.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (a bigint CONSTRAINT made_by_the_orm REFERENCES users);
