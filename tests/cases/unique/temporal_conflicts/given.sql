-- Rows that overlap another one and empty ranges are found before a key without overlaps is built; nulls conflict only
-- where they are not distinct.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE stays (id int PRIMARY KEY, room int, stay int4range);
INSERT INTO stays VALUES
    (1, 1, '[1,5)'), (2, 1, '[4,6)'), (3, 1, '[6,7)'), (4, 2, '[1,5)'), (5, 2, 'empty'), (6, NULL, 'empty'),
    (7, NULL, '[1,3)'), (8, NULL, '[2,3)'), (9, NULL, '[3,4)'), (10, 3, NULL), (11, 3, NULL), (12, 4, NULL);
ANALYZE stays;
