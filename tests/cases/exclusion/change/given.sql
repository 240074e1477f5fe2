-- A constraint that cannot be altered is rebuilt in the transaction that drops the old one, so that nobody can write in between.
CREATE TABLE bookings (
    id int PRIMARY KEY, period int4range, other int4range,
    CONSTRAINT elements EXCLUDE USING gist (period WITH &&),
    CONSTRAINT operator EXCLUDE USING gist (other WITH -|-),
    CONSTRAINT predicate EXCLUDE USING gist (period WITH &&) WHERE (id > 0),
    CONSTRAINT deferral EXCLUDE USING gist (other WITH &&)
);
COMMENT ON CONSTRAINT predicate ON bookings IS 'kept';
INSERT INTO bookings VALUES (1, '[1,2)', '[1,2)'), (2, '[2,3)', '[5,6)');
ANALYZE bookings;
