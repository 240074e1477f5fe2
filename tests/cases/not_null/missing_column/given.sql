-- A column that is not there is refused, with the one that may be meant.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
