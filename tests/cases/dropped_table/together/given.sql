-- Two dropped tables, one referring to the other: the referring one is archived first.
CREATE TABLE a_parent (id bigint PRIMARY KEY);
CREATE TABLE b_child (parent_id bigint REFERENCES a_parent);
INSERT INTO a_parent VALUES (1);
INSERT INTO b_child VALUES (1), (1);
