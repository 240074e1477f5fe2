-- A successor gets the properties that the file does not mention; properties that the file removes are not kept.
CREATE TABLE kept (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c text);
CREATE UNIQUE INDEX kept_a ON kept (a);
CREATE INDEX kept_c ON kept (a, lower(c), upper(c));
ALTER INDEX kept_c ALTER COLUMN 2 SET STATISTICS 200, ALTER COLUMN 3 SET STATISTICS 300;
ALTER TABLE kept CLUSTER ON kept_a;
ALTER TABLE kept REPLICA IDENTITY USING INDEX kept_a;
CREATE TABLE taken (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, c text);
CREATE UNIQUE INDEX taken_a ON taken (a);
CREATE INDEX taken_c ON taken (a, lower(c));
ALTER INDEX taken_c ALTER COLUMN 2 SET STATISTICS 200;
ALTER TABLE taken CLUSTER ON taken_a;
ALTER TABLE taken REPLICA IDENTITY USING INDEX taken_a;
CREATE TABLE named (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL);
CREATE UNIQUE INDEX named_old ON named (a);
ALTER TABLE named CLUSTER ON named_old;
ALTER TABLE named REPLICA IDENTITY USING INDEX named_old;
