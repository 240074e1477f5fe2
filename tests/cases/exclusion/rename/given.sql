-- An exclusion constraint is renamed with its index, by `renamed_from` or because the old name is under `absent`.
CREATE TABLE bookings (
    a int4range, b int4range,
    CONSTRAINT old_a EXCLUDE USING gist (a WITH &&) WHERE (lower(a) > 0), CONSTRAINT old_b EXCLUDE USING gist (b WITH &&)
);
