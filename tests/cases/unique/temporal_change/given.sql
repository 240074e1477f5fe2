-- A key that cannot be altered is rebuilt in the transaction that drops the old one. A key that loses its period is changed
-- online.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE stays (
    room int NOT NULL, guest int NOT NULL, stay daterange NOT NULL,
    CONSTRAINT begins UNIQUE (room, stay),
    CONSTRAINT ends UNIQUE (guest, stay WITHOUT OVERLAPS),
    CONSTRAINT include UNIQUE (room, stay WITHOUT OVERLAPS),
    CONSTRAINT nulls UNIQUE (guest, room, stay WITHOUT OVERLAPS),
    CONSTRAINT altered UNIQUE (room, guest, stay WITHOUT OVERLAPS) WITH (fillfactor = 50),
    CONSTRAINT same UNIQUE NULLS NOT DISTINCT (room, stay WITHOUT OVERLAPS) INCLUDE (guest) DEFERRABLE,
    CONSTRAINT old_name UNIQUE (guest, stay WITHOUT OVERLAPS) INCLUDE (room)
);
-- Not above: there, PostgreSQL makes one of two of the same columns.
ALTER TABLE stays ADD CONSTRAINT deferral UNIQUE (guest, room, stay WITHOUT OVERLAPS) WITH (fillfactor = 50);
ALTER TABLE stays ADD CONSTRAINT gone UNIQUE (room, stay WITHOUT OVERLAPS);
ALTER TABLE stays CLUSTER ON begins;
ALTER TABLE stays REPLICA IDENTITY USING INDEX ends;
COMMENT ON CONSTRAINT begins ON stays IS 'kept';
INSERT INTO stays VALUES (1, 1, '[2026-01-01, 2026-01-03)'), (1, 2, '[2026-01-03, 2026-01-04)');
ANALYZE stays;
