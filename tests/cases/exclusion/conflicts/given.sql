-- Rows that conflict are counted and sampled. NULL conflicts with nothing, and only rows of the predicate are compared.
CREATE TABLE bookings (id int PRIMARY KEY, room text, period int4range, status text);
INSERT INTO bookings VALUES
    (1, 'a', '[1,5)', 'open'), (2, 'a', '[4,8)', 'open'), (3, 'a', '[8,9)', 'open'), (4, 'b', '[1,9)', 'cancelled'),
    (5, NULL, '[1,9)', 'open'), (6, 'c', NULL, 'open'), (7, 'c', NULL, 'open'), (8, 'A', '[1,9)', 'open');
CREATE TABLE "odd place" (place int4range, r text, k1 int);
INSERT INTO "odd place" SELECT int4range(n, n + 2), 'r', n FROM generate_series(1, 9) n;
ANALYZE bookings, "odd place";
