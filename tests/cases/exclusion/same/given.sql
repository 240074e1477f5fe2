-- Definitions with the same meaning are in sync: the server's own words decide.
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (
    id int, room varchar, period tsrange, status varchar,
    CONSTRAINT short EXCLUDE USING gist (room WITH =, period WITH &&) WHERE (status IN ('open', 'held')),
    CONSTRAINT long EXCLUDE USING gist (tsrange(lower(period), upper(period)) WITH &&, id WITH <>) INCLUDE (room),
    CONSTRAINT plain EXCLUDE (id WITH =)
);
