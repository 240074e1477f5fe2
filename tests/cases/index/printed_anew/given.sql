-- PostgreSQL prints an expression differently once it has read it again. A rebuilt index is compared in the new words.
CREATE TABLE t (a int, s varchar(20), CONSTRAINT c CHECK (s IN ('x', 'y')), CONSTRAINT x EXCLUDE (a WITH =) WHERE (s IN ('x', 'y')));
INSERT INTO t VALUES (1, 'x');
CREATE INDEX i ON t (a) WHERE s IN ('x', 'y');
CREATE INDEX e ON t ((s IN ('x', 'y')));
