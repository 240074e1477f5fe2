-- Properties of an exclusion constraint's index besides its definition: statistics targets, the CLUSTER mark, and the rest.
CREATE TABLE bookings (id int PRIMARY KEY, a int, b int, period int4range);
INSERT INTO bookings VALUES (1, 1, 2, '[1,2)'), (2, 3, 4, '[3,4)');
CREATE TABLE empty (a int, b int);
ANALYZE bookings;
