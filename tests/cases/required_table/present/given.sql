-- Declared and empty: the tables are there, whatever they hold, and that is all. Nothing is done to them.
CREATE SCHEMA billing;
CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);
CREATE TABLE billing.invoices (id bigint);
CREATE VIEW active_users AS SELECT * FROM users;
CREATE TABLE events (at date) PARTITION BY RANGE (at);
