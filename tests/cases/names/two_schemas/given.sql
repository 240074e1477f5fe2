-- The same names in two schemas are two objects; the default schema of the file is that of plain names.
CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.users (id bigint PRIMARY KEY, email text);
CREATE TABLE b.users (id bigint PRIMARY KEY, email text);
CREATE INDEX idx_users_email ON b.users (id, email);
