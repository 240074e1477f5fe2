-- Storage parameters that act without a rebuild and comments are altered where they are. One of another name is nobody's leftover.
CREATE TABLE bookings (id int PRIMARY KEY, a int4range, b int4range, c int4range);
ALTER TABLE bookings ADD CONSTRAINT set_one EXCLUDE USING spgist (a WITH &&) WITH (fillfactor = 50);
ALTER TABLE bookings ADD CONSTRAINT reset_one EXCLUDE USING btree (id WITH =) WITH (fillfactor = 50, deduplicate_items = off);
ALTER TABLE bookings ADD CONSTRAINT kept EXCLUDE USING gist (a WITH &&, b WITH &&) WITH (fillfactor = 50);
ALTER TABLE bookings ADD CONSTRAINT same EXCLUDE USING gist (c WITH &&);
ALTER TABLE bookings ADD CONSTRAINT same__reconcile_new EXCLUDE USING gist (c WITH =);
COMMENT ON CONSTRAINT reset_one ON bookings IS 'old';
COMMENT ON CONSTRAINT kept ON bookings IS 'kept';
