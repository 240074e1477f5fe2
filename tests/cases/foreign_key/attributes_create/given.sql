-- Every attribute of a foreign key, on tables with rows: MATCH, actions, deferral, other schemas, names of all sorts,
-- a target that only an index makes unique.
-- pg: >= 15
CREATE SCHEMA "Crm";
CREATE TABLE "Crm"."Kündin ""A""" ("Nr." int, "größe" int, code text, PRIMARY KEY ("Nr.", "größe"));
CREATE UNIQUE INDEX kunde_code ON "Crm"."Kündin ""A""" (code) INCLUDE ("Nr.");
INSERT INTO "Crm"."Kündin ""A""" VALUES (1, 1, 'a');
CREATE TABLE parents (id int PRIMARY KEY, a int, b int, UNIQUE (a, b));
INSERT INTO parents VALUES (1, 1, 1), (2, 2, NULL);
CREATE TABLE children (
    id int PRIMARY KEY, a int, b int, c int, "Nr" int, "größe" int, code text, parent int DEFAULT 1, up int, "user id" int
);
INSERT INTO children VALUES (1, 1, 1, 1, 1, 1, 'a', 1, 1, 1), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
CREATE TABLE empty (a int, b int);
