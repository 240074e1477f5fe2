-- A key without overlaps is rebuilt together with the foreign keys that depend on it by a period.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open int4range, note text, PRIMARY KEY (id, open WITHOUT OVERLAPS));
INSERT INTO rooms VALUES (1, '[1,5)'), (1, '[5,9)');
CREATE TABLE stays (room int, stay int4range,
    CONSTRAINT plain FOREIGN KEY (room, PERIOD stay) REFERENCES rooms,
    CONSTRAINT loose FOREIGN KEY (room, PERIOD stay) REFERENCES rooms MATCH FULL NOT ENFORCED);
INSERT INTO stays VALUES (1, '[2,8)');
ALTER TABLE stays ADD CONSTRAINT later FOREIGN KEY (room, PERIOD stay) REFERENCES rooms DEFERRABLE NOT VALID;
COMMENT ON CONSTRAINT plain ON stays IS 'kept';
ANALYZE rooms;
