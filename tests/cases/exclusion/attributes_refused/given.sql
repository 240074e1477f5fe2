-- The CLUSTER mark is one of a table's: taking it from another index is refused unless the file gives it up there.
CREATE TABLE bookings (id int PRIMARY KEY, period int4range, CONSTRAINT apart EXCLUDE USING gist (period WITH &&));
ALTER TABLE bookings CLUSTER ON bookings_pkey;
CREATE TABLE twice (period int4range, other int4range);
ANALYZE twice;
