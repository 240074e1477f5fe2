-- Statistics of columns and expressions are made in one short transaction each, with what is set on them.
-- allow: volatile-expression
-- formats: all
CREATE SCHEMA stats;
CREATE TABLE places (id bigint PRIMARY KEY, city text, country text, zip text, opened timestamptz);
INSERT INTO places VALUES (1, 'Bern', 'CH', '3000', now());
