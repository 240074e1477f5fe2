-- If the index of a table's replica identity is dropped, the table gets the default identity; otherwise it would have none.
CREATE TABLE by_index (a int NOT NULL);
CREATE UNIQUE INDEX by_index_a ON by_index (a);
ALTER TABLE by_index REPLICA IDENTITY USING INDEX by_index_a;
CREATE TABLE by_constraint (a int NOT NULL CONSTRAINT by_constraint_a UNIQUE);
ALTER TABLE by_constraint REPLICA IDENTITY USING INDEX by_constraint_a;
