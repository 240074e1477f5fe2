-- A not-null that the parent will have cannot be dropped from a child, nor get a name of its own if a child has another name for it.
-- pg: >= 18
CREATE TABLE places (id int, name text, code text);
CREATE TABLE capitals () INHERITS (places);
ALTER TABLE capitals ADD CONSTRAINT its_own NOT NULL name;
ALTER TABLE capitals ADD CONSTRAINT code_too NOT NULL code;
ALTER TABLE places ALTER name SET NOT NULL;
