-- PostgreSQL does not create a primary key over a column whose not-null is not inherited.
-- pg: >= 18
CREATE TABLE t (a int, CONSTRAINT n NOT NULL a NO INHERIT);
CREATE TABLE u (a int);
