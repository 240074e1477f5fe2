-- Where the build that blocks is accepted, tables may have any size.
-- pg: >= 18
-- allow: blocking-build
CREATE EXTENSION btree_gist;
CREATE TABLE stays (room int NOT NULL, stay int4range NOT NULL);
CREATE TABLE altered (room int NOT NULL, stay int4range NOT NULL, CONSTRAINT apart UNIQUE (room, stay WITHOUT OVERLAPS));
