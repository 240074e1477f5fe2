-- A child keeps the not-null that its primary key needs when the parent's is dropped, others lose it; one declared for the
-- child is created before that of the parent.
CREATE TABLE places (id int PRIMARY KEY, name text, code text);
CREATE TABLE capitals () INHERITS (places);
CREATE TABLE suburbs () INHERITS (places);
ALTER TABLE capitals ADD CONSTRAINT capitals_pkey PRIMARY KEY (id);
INSERT INTO capitals VALUES (1, 'Bern', 'be');
