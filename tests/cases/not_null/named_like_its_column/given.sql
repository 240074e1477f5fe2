-- A column may have the name of a constraint: its not-null takes that name from nobody.
CREATE TABLE t (a int, CONSTRAINT a CHECK (a > 0));
