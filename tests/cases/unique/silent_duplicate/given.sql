-- An undeclared constraint with the same definition refuses the plan: a second one would be a silent duplicate.
CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT "by Hand" UNIQUE);
