-- The CLUSTER mark and statistics targets are altered where they are: set, changed, removed, handed from one to another.
CREATE TABLE made (a int, b int, CONSTRAINT made_old EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER TABLE made RENAME CONSTRAINT made_old TO made_apart;
CREATE TABLE changed (a int, b int, CONSTRAINT changed_apart EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER INDEX changed_apart ALTER COLUMN 1 SET STATISTICS 100;
CREATE TABLE removed (a int, b int, CONSTRAINT removed_apart EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER INDEX removed_apart ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE removed CLUSTER ON removed_apart;
CREATE TABLE handed (id int PRIMARY KEY, a int, b int, CONSTRAINT handed_apart EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER TABLE handed CLUSTER ON handed_pkey;
CREATE TABLE kept (a int, b int, CONSTRAINT kept_apart EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER INDEX kept_apart ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE kept CLUSTER ON kept_apart;
INSERT INTO changed VALUES (1, 2);
