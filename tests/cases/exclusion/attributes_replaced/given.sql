-- Properties that the file does not manage are kept when a constraint is rebuilt or renamed; a statistics target
-- stays with its expression.
CREATE TABLE another (id int PRIMARY KEY, a int, b int, c int4range, CONSTRAINT another_apart EXCLUDE USING gist (int4range(a, b) WITH &&)
    WITH (fillfactor = 50) USING INDEX TABLESPACE fast);
ALTER INDEX another_apart ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE another CLUSTER ON another_apart;
COMMENT ON CONSTRAINT another_apart ON another IS 'kept';
CREATE TABLE moved (id int PRIMARY KEY, a int, b int, CONSTRAINT moved_old EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER INDEX moved_old ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE moved CLUSTER ON moved_old;
CREATE TABLE renamed (a int, b int, CONSTRAINT renamed_old EXCLUDE USING gist (int4range(a, b) WITH &&));
ALTER TABLE renamed CLUSTER ON renamed_old;
ANALYZE another, moved;
INSERT INTO another VALUES (1, 1, 2, '[1,2)'), (2, 2, 3, '[1,2)');
ANALYZE another;
