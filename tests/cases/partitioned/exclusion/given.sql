-- pg: >= 17
-- allow: blocking-build
-- Exclusion constraints of a partitioned table have no online way: all of it in one transaction.
CREATE EXTENSION btree_gist;
CREATE TABLE bookings (room int NOT NULL, during tsrange, house int NOT NULL) PARTITION BY LIST (house);
CREATE TABLE bookings_1 PARTITION OF bookings FOR VALUES IN (1);
CREATE TABLE bookings_2 PARTITION OF bookings FOR VALUES IN (2);
INSERT INTO bookings VALUES (1, '[2026-01-01, 2026-01-02)', 1), (1, '[2026-01-01, 2026-01-02)', 2);
ALTER TABLE bookings ADD CONSTRAINT changed EXCLUDE USING gist (house WITH =, during WITH &&, room WITH =);
ALTER TABLE bookings ADD CONSTRAINT in_place EXCLUDE USING gist (during WITH &&, room WITH =, house WITH =);
