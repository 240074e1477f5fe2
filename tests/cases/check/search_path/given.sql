-- Functions and types are looked up in the table's schema, in public, then in the policy's schemas.
CREATE SCHEMA extensions;
CREATE SCHEMA shop;
CREATE EXTENSION citext SCHEMA extensions;
CREATE FUNCTION extensions.tidy(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT pg_catalog.lower($1)';
CREATE FUNCTION shop.fits(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 > 0';
CREATE TABLE shop.users (id int PRIMARY KEY, email extensions.citext, nick text);
INSERT INTO shop.users VALUES (1, 'A@b.c', 'a');
