-- Those of partitioned tables come later.
CREATE TABLE bookings (id int, period int4range) PARTITION BY RANGE (id);
