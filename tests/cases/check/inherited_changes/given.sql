-- The parent's check is renamed or replaced under another name: a child that declares the former one gets its own.
CREATE TABLE renamed (a int, CONSTRAINT f CHECK (a > 0));
CREATE TABLE renamed_child () INHERITS (renamed);
CREATE TABLE replaced (a int, CONSTRAINT f CHECK (a > 0));
CREATE TABLE replaced_child () INHERITS (replaced);
