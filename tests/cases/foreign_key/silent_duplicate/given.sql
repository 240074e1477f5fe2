-- An undeclared foreign key that does the same refuses the plan; the two lines to paste stand in the remedy.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (a bigint CONSTRAINT made_by_the_orm REFERENCES users);
