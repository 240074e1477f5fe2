-- An undeclared index with the same definition is a hint, no more: the declared one is made.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE INDEX by_hand ON users (lower(email));
