-- An index stands under `absent`, and a unique constraint takes its name; or the other way round. The constraint takes the
-- index over if it is its own; else what has the name goes first. When it is done, `absent` names nothing wrong.
CREATE TABLE adopted (a int, b int);
CREATE UNIQUE INDEX adopted_x ON adopted (a);
CREATE TABLE freed (a int, b int);
CREATE INDEX freed_x ON freed (a);
CREATE TABLE reversed (a int, b int, CONSTRAINT reversed_x UNIQUE (a));
