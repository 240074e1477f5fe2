-- A not-null that children inherit from now on: their rows are checked before, and under no strong lock.
-- pg: >= 18
CREATE TABLE events (id bigint CONSTRAINT known NOT NULL NO INHERIT, at date CONSTRAINT dated NOT NULL NO INHERIT);
CREATE TABLE old_events () INHERITS (events);
INSERT INTO old_events VALUES (1, '2026-01-01');
COMMENT ON CONSTRAINT known ON events IS 'why?';
