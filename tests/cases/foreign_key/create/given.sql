-- Every attribute that a new foreign key can have, and the three ways to write what it refers to.
CREATE SCHEMA billing;
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL, UNIQUE (tenant, id));
CREATE TABLE billing.accounts (code text PRIMARY KEY);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    user_id bigint,
    tenant int,
    account text,
    parent bigint
);
INSERT INTO users VALUES (1, 1), (2, 1);
INSERT INTO billing.accounts VALUES ('a');
INSERT INTO orders VALUES (1, 1, 1, 'a', NULL), (2, NULL, 1, NULL, 1);
