-- A schema has one statistics object of a name: another table can have the name once it is free.
CREATE TABLE a (x int, y int);
CREATE TABLE b (x int, y int);
CREATE TABLE c (x int, y int);
CREATE STATISTICS freed ON x, y FROM c;
CREATE STATISTICS freed_by_renaming ON x, y FROM c;
CREATE INDEX of_an_index ON a (x);
