-- A not-null that children would inherit, but a child has a NULL.
-- pg: >= 18
CREATE TABLE events (id bigint NOT NULL NO INHERIT);
CREATE TABLE old_events () INHERITS (events);
INSERT INTO old_events VALUES (NULL);
