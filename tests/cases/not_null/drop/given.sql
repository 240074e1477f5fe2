-- `absent` makes a column nullable; one that is nullable already needs nothing.
CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, nick text);
