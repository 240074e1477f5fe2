-- Foreign keys of partitions' own become parts of an equal one of the partitioned table, and keep their names: on a
-- partition, on a partitioned partition, NOT VALID, created by the same plan. One to be dropped or altered is changed
-- first, because PostgreSQL does neither with a part.
CREATE TABLE users (id bigint PRIMARY KEY, old_id bigint UNIQUE);
INSERT INTO users VALUES (1, 1);
CREATE TABLE created (user_id bigint, k int) PARTITION BY LIST (k);
CREATE TABLE created_1 PARTITION OF created (CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id)) FOR VALUES IN (1);
CREATE TABLE created_2 PARTITION OF created FOR VALUES IN (2);
CREATE TABLE created_3 PARTITION OF created FOR VALUES IN (3);
ALTER TABLE created_3 ADD CONSTRAINT unchecked FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
CREATE TABLE created_4 PARTITION OF created (CONSTRAINT changed FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE)
    FOR VALUES IN (4);
ALTER TABLE created_4 ADD CONSTRAINT unwanted FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;
CREATE TABLE created_5 PARTITION OF created (CONSTRAINT differs FOREIGN KEY (user_id) REFERENCES users (id)) FOR VALUES IN (5);
CREATE TABLE created_6 PARTITION OF created FOR VALUES IN (6);
INSERT INTO created VALUES (1, 1), (1, 2), (1, 3), (1, 6);
CREATE TABLE replaced (user_id bigint, k int, CONSTRAINT whole FOREIGN KEY (user_id) REFERENCES users (old_id)) PARTITION BY LIST (k);
CREATE TABLE replaced_1 PARTITION OF replaced (CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id)) FOR VALUES IN (1);
CREATE TABLE replaced_2 PARTITION OF replaced (CONSTRAINT unwanted FOREIGN KEY (user_id) REFERENCES users (id)) FOR VALUES IN (2);
CREATE TABLE replaced_3 PARTITION OF replaced (CONSTRAINT mine FOREIGN KEY (user_id) REFERENCES users (id)) FOR VALUES IN (3)
    PARTITION BY LIST (k);
CREATE TABLE replaced_3_1 PARTITION OF replaced_3 FOR VALUES IN (3);
INSERT INTO replaced VALUES (1, 1), (1, 2), (1, 3);
