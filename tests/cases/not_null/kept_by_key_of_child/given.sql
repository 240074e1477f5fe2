-- A child keeps a not-null that its parent loses for its own primary key, which is its replica identity too; so does the child of that child.
CREATE TABLE parent (a int NOT NULL, b int NOT NULL);
CREATE TABLE child () INHERITS (parent);
ALTER TABLE child ADD CONSTRAINT child_key PRIMARY KEY (a, b), REPLICA IDENTITY USING INDEX child_key;
CREATE TABLE grandchild () INHERITS (child);
CREATE UNIQUE INDEX grandchild_b ON grandchild (b);
ALTER TABLE grandchild REPLICA IDENTITY USING INDEX grandchild_b;
INSERT INTO child VALUES (1, 1);
