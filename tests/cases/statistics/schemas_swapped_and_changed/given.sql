-- Two statistics objects swap their schemas, and get other columns: one of them is dropped before the other is replaced.
CREATE SCHEMA other;
CREATE TABLE one (a integer, b integer, c integer);
CREATE TABLE two (a integer, b integer, c integer);
CREATE STATISTICS st ON a, b FROM one;
CREATE STATISTICS other.st ON a, b FROM two;
ALTER STATISTICS st SET STATISTICS 50;
COMMENT ON STATISTICS other.st IS 'kept';
