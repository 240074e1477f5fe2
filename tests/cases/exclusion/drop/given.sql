-- `absent` drops an exclusion constraint; a name that is not there needs nothing.
CREATE TABLE bookings (period int4range, CONSTRAINT apart EXCLUDE USING gist (period WITH &&));
