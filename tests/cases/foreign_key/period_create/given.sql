-- Foreign keys with a period: the rows referred to cover it together. The key that they need is made first.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE SCHEMA crm;
CREATE TABLE rooms (id int, open int4range);
INSERT INTO rooms VALUES (1, '[1,5)'), (1, '[5,9)'), (2, '[1,3)');
CREATE TABLE crm.rates (code text, kind int, "Gültig" int4multirange, UNIQUE (code, kind, "Gültig" WITHOUT OVERLAPS));
CREATE TABLE stays (id int PRIMARY KEY, room int, stay int4range, rate text, kind int, season int4multirange);
INSERT INTO stays VALUES (1, 1, '[2,8)'), (2, 2, '[1,2)'), (3, NULL, '[1,99)'), (4, 9, NULL);
CREATE TABLE empty (room int, stay int4range);
ANALYZE rooms, stays;
