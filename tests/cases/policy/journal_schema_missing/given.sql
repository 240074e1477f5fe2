-- A journal's schema that does not exist is refused before the first step.
CREATE TABLE users (id bigint PRIMARY KEY, email text);
