-- A column of the primary key cannot be made nullable.
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
