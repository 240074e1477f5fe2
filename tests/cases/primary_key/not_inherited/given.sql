-- A not-null that children need not have is made one that they have, before the column becomes a primary key.
-- pg: >= 18
CREATE TABLE t (a int);
ALTER TABLE t ADD CONSTRAINT lonely NOT NULL a NO INHERIT;
INSERT INTO t VALUES (1);
