-- A child keeps the not-null that its primary key needs when the parent gives it up, others lose it; one that the child is
-- to have is made before that of the parent.
CREATE TABLE places (id int PRIMARY KEY, name text, code text);
CREATE TABLE capitals () INHERITS (places);
CREATE TABLE suburbs () INHERITS (places);
ALTER TABLE capitals ADD CONSTRAINT capitals_pkey PRIMARY KEY (id);
INSERT INTO capitals VALUES (1, 'Bern', 'be');
