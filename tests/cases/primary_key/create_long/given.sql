-- Every attribute of a primary key.
CREATE TABLE users (id bigint NOT NULL, tenant int NOT NULL, email text);
