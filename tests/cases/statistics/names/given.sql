-- A schema has one statistics object of a name: it is refused if another table keeps it.
CREATE TABLE a (x int, y int);
CREATE TABLE b (x int, y int);
CREATE STATISTICS kept ON x, y FROM a;
