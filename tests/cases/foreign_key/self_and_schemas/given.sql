-- A table that refers to itself, and tables of two schemas with the same names.
CREATE SCHEMA old;
CREATE TABLE people (id bigint PRIMARY KEY, boss bigint);
CREATE TABLE old.people (id bigint PRIMARY KEY, boss bigint);
INSERT INTO people VALUES (1, NULL), (2, 1);
INSERT INTO old.people VALUES (7, 7), (8, 7);
