-- The CLUSTER mark and the replica identity of keys: new, altered in place, handed on when the index is replaced or adopted.
CREATE TABLE made (id int NOT NULL, a int NOT NULL);
CREATE TABLE altered (id int PRIMARY KEY, a int NOT NULL CONSTRAINT altered_a UNIQUE);
ALTER TABLE altered CLUSTER ON altered_a;
CREATE TABLE renamed (id int CONSTRAINT old_key PRIMARY KEY);
CREATE TABLE replaced (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL, CONSTRAINT replaced_a UNIQUE (a));
ALTER TABLE replaced CLUSTER ON replaced_pkey;
ALTER TABLE replaced REPLICA IDENTITY USING INDEX replaced_a;
CREATE TABLE given_up (id int PRIMARY KEY, a int NOT NULL, CONSTRAINT given_up_a UNIQUE (a));
ALTER TABLE given_up REPLICA IDENTITY USING INDEX given_up_a;
CREATE TABLE adopted (id int PRIMARY KEY, a int NOT NULL);
CREATE UNIQUE INDEX adopted_a ON adopted (a);
ALTER TABLE adopted CLUSTER ON adopted_a;
ALTER TABLE adopted REPLICA IDENTITY USING INDEX adopted_a;
