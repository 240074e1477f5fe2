-- A partition's part of a foreign key has a name of its own. When the key of the whole table is dropped or replaced, a part that the file
-- declares on the partition becomes the partition's own.
CREATE TABLE users (id bigint PRIMARY KEY, old_id bigint UNIQUE);
CREATE TABLE dropped (user_id bigint, k int, CONSTRAINT whole FOREIGN KEY (user_id) REFERENCES users (id)) PARTITION BY LIST (k);
CREATE TABLE dropped_1 (user_id bigint, k int, CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id));
ALTER TABLE dropped ATTACH PARTITION dropped_1 FOR VALUES IN (1);
CREATE TABLE replaced (user_id bigint, k int, CONSTRAINT whole FOREIGN KEY (user_id) REFERENCES users (id)) PARTITION BY LIST (k);
CREATE TABLE replaced_1 (user_id bigint, k int, CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id));
ALTER TABLE replaced ATTACH PARTITION replaced_1 FOR VALUES IN (1);
