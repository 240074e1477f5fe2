-- A check changes on the parent, and the file declares the child's as it was.
CREATE TABLE parent (a int, CONSTRAINT f CHECK (a > 0));
CREATE TABLE child () INHERITS (parent);
