-- A primary key gets other columns and another name. The old name and the not-null of the old column are listed under `absent`,
-- and are removed with it. One that the file gives no name gets the default one.
CREATE TABLE moved (a int CONSTRAINT old_key PRIMARY KEY, b int);
INSERT INTO moved VALUES (1, 2);
CREATE TABLE dropped (a int CONSTRAINT dropped_key PRIMARY KEY);
CREATE TABLE renamed (a int CONSTRAINT some_name PRIMARY KEY);
CREATE TABLE kept (a int CONSTRAINT kept_key PRIMARY KEY);
