-- Constraints that PostgreSQL rejects are refused in its own words, as are names that are taken and silent duplicates.
CREATE TABLE bookings (
    id int PRIMARY KEY, room int, period int4range, CONSTRAINT live EXCLUDE USING gist (period WITH &&),
    CONSTRAINT taken CHECK (id > 0)
);
CREATE TABLE relation_taken ();
ANALYZE bookings;
