-- A build that blocks is refused on a table with many rows, or with no known number of them, unless it is accepted.
-- formats: all
CREATE TABLE bookings (id int PRIMARY KEY, period int4range);
INSERT INTO bookings SELECT n, int4range(2 * n, 2 * n + 1) FROM generate_series(1, 50) n;
CREATE TABLE unknown (period int4range);
CREATE TABLE replaced (period int4range, CONSTRAINT apart EXCLUDE USING gist (period WITH &&));
INSERT INTO replaced SELECT period FROM bookings;
ANALYZE bookings, replaced;
