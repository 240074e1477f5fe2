-- Inheritance: checks and not-nulls go down to the children; indexes, keys and foreign keys do not.
CREATE TABLE places (id int NOT NULL, name text);
CREATE TABLE capitals (country text) INHERITS (places);
INSERT INTO places VALUES (1, 'Ulm');
INSERT INTO capitals VALUES (1, 'Bern', 'Switzerland');
ALTER TABLE places ADD CONSTRAINT inherited CHECK (id > 0);
ALTER TABLE capitals ADD CONSTRAINT own CHECK (country <> '');
