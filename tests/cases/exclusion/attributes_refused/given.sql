-- A table has one CLUSTER mark: the plan is refused if it is on another index, unless the file removes it there.
CREATE TABLE bookings (id int PRIMARY KEY, period int4range, CONSTRAINT apart EXCLUDE USING gist (period WITH &&));
ALTER TABLE bookings CLUSTER ON bookings_pkey;
CREATE TABLE twice (period int4range, other int4range);
ANALYZE twice;
