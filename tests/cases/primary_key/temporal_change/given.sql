-- A primary key gets a period, loses it, is rebuilt, and is altered in place.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE begins (id int, open int4range, CONSTRAINT begins_key PRIMARY KEY (id, open));
CREATE TABLE ends (id int, open int4range, CONSTRAINT ends_key PRIMARY KEY (id, open WITHOUT OVERLAPS));
CREATE TABLE another (id int, sub int, open int4range, CONSTRAINT another_key PRIMARY KEY (id, open WITHOUT OVERLAPS));
CREATE TABLE altered (id int, open int4range, CONSTRAINT old_key PRIMARY KEY (id, open WITHOUT OVERLAPS));
CREATE TABLE dropped (id int, open int4range, CONSTRAINT dropped_key PRIMARY KEY (id, open WITHOUT OVERLAPS));
CREATE TABLE same (id int, open int4range, CONSTRAINT same_key PRIMARY KEY (id, open WITHOUT OVERLAPS));
ALTER TABLE begins REPLICA IDENTITY USING INDEX begins_key;
ALTER TABLE another CLUSTER ON another_key;
COMMENT ON CONSTRAINT begins_key ON begins IS 'kept';
INSERT INTO begins VALUES (1, '[1,2)'), (1, '[2,3)');
INSERT INTO ends VALUES (1, '[1,2)'), (1, '[2,3)');
INSERT INTO another VALUES (1, 1, '[1,2)'), (1, 1, '[2,3)');
ANALYZE begins, ends, another, altered;
