-- Expressions that use whole rows, which PostgreSQL cannot create on partitions and children; columns with the table's
-- name before them it can.
CREATE TABLE events (id int, at date) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (100);
CREATE TABLE notes (id int, at date);
CREATE TABLE old_notes () INHERITS (notes);
INSERT INTO events VALUES (1, '2024-01-01');
INSERT INTO notes VALUES (1, '2024-01-01');
