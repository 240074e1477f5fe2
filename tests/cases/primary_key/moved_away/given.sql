-- A primary key gets other columns and another name: what stands under `absent` of the old one, its name and the
-- not-null of its column, goes with it. One that the file gives no name gets the usual one.
CREATE TABLE moved (a int CONSTRAINT old_key PRIMARY KEY, b int);
INSERT INTO moved VALUES (1, 2);
CREATE TABLE dropped (a int CONSTRAINT dropped_key PRIMARY KEY);
CREATE TABLE renamed (a int CONSTRAINT some_name PRIMARY KEY);
CREATE TABLE kept (a int CONSTRAINT kept_key PRIMARY KEY);
