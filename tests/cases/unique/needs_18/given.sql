-- Before 18 there are no keys without overlaps and no periods: refused with the version that has them.
-- pg: < 18
CREATE TABLE rooms (id int, open int4range);
CREATE TABLE stays (room int, stay int4range);
