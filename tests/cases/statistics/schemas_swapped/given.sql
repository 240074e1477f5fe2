-- Statistics objects that swap schemas: one gets another name until the other has moved.
CREATE SCHEMA other;
CREATE TABLE a (id integer, at date);
CREATE STATISTICS st ON id, at FROM a;
ALTER STATISTICS st SET STATISTICS 77;
CREATE TABLE b (id integer, at date);
CREATE STATISTICS other.st ON id, at FROM b;

-- An interrupted run has given this one a temporary name.
CREATE TABLE c (id integer, at date);
CREATE STATISTICS begun__reconcile_new ON id, at FROM c;
