-- Inheritance: children inherit checks and not-nulls; they do not inherit indexes, keys and foreign keys.
CREATE TABLE places (id int NOT NULL, name text);
CREATE TABLE capitals (country text) INHERITS (places);
INSERT INTO places VALUES (1, 'Ulm');
INSERT INTO capitals VALUES (1, 'Bern', 'Switzerland');
ALTER TABLE places ADD CONSTRAINT inherited CHECK (id > 0);
ALTER TABLE capitals ADD CONSTRAINT own CHECK (country <> '');
