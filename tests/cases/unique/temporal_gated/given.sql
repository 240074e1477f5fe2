-- A key without overlaps blocks everybody while it is built: refused on a table that is not known to be small.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE stays (room int NOT NULL, stay int4range NOT NULL);
CREATE TABLE altered (room int NOT NULL, stay int4range NOT NULL, CONSTRAINT apart UNIQUE (room, stay WITHOUT OVERLAPS));
CREATE TABLE relaxed (room int NOT NULL, stay int4range NOT NULL, CONSTRAINT apart2 UNIQUE (room, stay WITHOUT OVERLAPS));
