-- Rows whose period is not covered, in whole or in part, or is empty. NULLs refer to nothing unless MATCH FULL.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open int4range, PRIMARY KEY (id, open WITHOUT OVERLAPS));
INSERT INTO rooms VALUES (1, '[1,5)'), (1, '[5,9)'), (1, '[10,12)'), (2, '[1,3)');
CREATE TABLE stays (id int PRIMARY KEY, room int, stay int4range);
INSERT INTO stays VALUES
    (1, 1, '[1,9)'), (2, 1, '[8,11)'), (3, 1, '[0,3)'), (4, 1, 'empty'), (5, 3, '[1,2)'), (6, 2, '[1,4)'),
    (7, NULL, '[1,2)'), (8, 2, NULL), (9, NULL, NULL), (10, 1, '[10,11)');
