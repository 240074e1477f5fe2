-- A required table that is missing is refused, in each schema, and nothing else is done before it is there.
CREATE SCHEMA billing;
CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE billing.invoice (id bigint);
