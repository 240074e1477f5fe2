-- At most one index of a table has a mark, none is taken from an index that the file does not change, and some cannot have it.
CREATE TABLE undeclared (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX undeclared_a ON undeclared (a);
ALTER TABLE undeclared CLUSTER ON undeclared_pkey;
ALTER TABLE undeclared REPLICA IDENTITY USING INDEX undeclared_pkey;
CREATE TABLE left_out (id int PRIMARY KEY, a int NOT NULL);
CREATE INDEX left_out_a ON left_out (a);
ALTER TABLE left_out CLUSTER ON left_out_pkey;
CREATE TABLE twice (id int PRIMARY KEY, a int NOT NULL);
CREATE TABLE nullable (id int PRIMARY KEY, a int);
CREATE TABLE no_more (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX no_more_a ON no_more (a);
ALTER TABLE no_more CLUSTER ON no_more_a;
ALTER TABLE no_more REPLICA IDENTITY USING INDEX no_more_a;
CREATE TABLE released (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX released_a ON released (a);
ALTER TABLE released REPLICA IDENTITY USING INDEX released_a;
