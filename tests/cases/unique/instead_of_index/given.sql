-- An index is listed under `absent`, and a unique constraint takes its name; or the other way round. The constraint adopts the
-- index if it is its own; otherwise the object with the name is dropped first. Afterwards, `absent` names nothing that exists.
CREATE TABLE adopted (a int, b int);
CREATE UNIQUE INDEX adopted_x ON adopted (a);
CREATE TABLE freed (a int, b int);
CREATE INDEX freed_x ON freed (a);
CREATE TABLE reversed (a int, b int, CONSTRAINT reversed_x UNIQUE (a));
