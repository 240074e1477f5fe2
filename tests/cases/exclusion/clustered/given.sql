-- CLUSTER may go by the index of an exclusion constraint. The mark is set, kept, moved, and taken away.
CREATE TABLE made (a int, b int);
CREATE TABLE altered (a int, b int, CONSTRAINT altered_a EXCLUDE (a WITH =), CONSTRAINT altered_b EXCLUDE (b WITH =));
ALTER TABLE altered CLUSTER ON altered_b;
CREATE TABLE replaced (a int, b int, CONSTRAINT replaced_a EXCLUDE (a WITH =));
ALTER TABLE replaced CLUSTER ON replaced_a;
CREATE TABLE taken (a int, CONSTRAINT taken_a EXCLUDE (a WITH =));
ALTER TABLE taken CLUSTER ON taken_a;
