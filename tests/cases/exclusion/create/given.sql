-- Every attribute of an exclusion constraint, on tables with rows that are known to be small.
CREATE SCHEMA extensions;
CREATE EXTENSION btree_gist SCHEMA extensions;
CREATE TABLE bookings (id int PRIMARY KEY, room int, period tsrange, status text, note text);
INSERT INTO bookings VALUES
    (1, 1, '[2026-01-01, 2026-01-03)', 'open', 'a'), (2, 1, '[2026-01-03, 2026-01-04)', 'open', 'b'),
    (3, 1, '[2026-01-01, 2026-01-03)', 'cancelled', 'c'), (4, NULL, '[2026-01-01, 2026-01-03)', 'open', 'd'),
    (5, NULL, '[2026-01-01, 2026-01-03)', 'open', 'e'), (6, 2, 'empty', 'open', 'f'), (7, 2, 'empty', 'open', 'g');
CREATE TABLE places (id int PRIMARY KEY, area box, code text, "odd with" int);
INSERT INTO places VALUES (1, '(0,0),(1,1)', 'A', 1), (2, '(2,2),(3,3)', 'a', 2);
ANALYZE bookings, places;
