-- A check that a child has itself and also inherits stays as long as a parent, which the file may not name, passes it on.
CREATE TABLE a (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE a_1 (CONSTRAINT positive CHECK (id > 0)) INHERITS (a);
CREATE TABLE a_2 (CONSTRAINT positive CHECK (id > 0)) INHERITS (a);
CREATE TABLE a_3 (CONSTRAINT positive CHECK (id > 0)) INHERITS (a);
CREATE TABLE b (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE b_1 (CONSTRAINT positive CHECK (id > 0)) INHERITS (b);

-- These parents pass it on no longer.
CREATE TABLE c (id integer, CONSTRAINT positive CHECK (id > 0));
CREATE TABLE c_1 (CONSTRAINT positive CHECK (id > 0)) INHERITS (c);
