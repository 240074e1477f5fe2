-- A foreign key gets a period, loses it, is validated, altered in place, renamed, dropped.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open int4range, shut int4range,
    PRIMARY KEY (id, open WITHOUT OVERLAPS), CONSTRAINT rooms_shut UNIQUE (id, shut));
INSERT INTO rooms VALUES (1, '[1,5)', '[1,9)'), (1, '[5,9)', '[1,2)');
CREATE TABLE stays (
    room int, stay int4range,
    CONSTRAINT begins FOREIGN KEY (room, stay) REFERENCES rooms (id, shut),
    CONSTRAINT ends FOREIGN KEY (room, PERIOD stay) REFERENCES rooms,
    CONSTRAINT altered FOREIGN KEY (room, PERIOD stay) REFERENCES rooms DEFERRABLE,
    CONSTRAINT old_name FOREIGN KEY (room, PERIOD stay) REFERENCES rooms MATCH FULL DEFERRABLE,
    CONSTRAINT same FOREIGN KEY (room, PERIOD stay) REFERENCES rooms,
    CONSTRAINT gone FOREIGN KEY (room, PERIOD stay) REFERENCES rooms
);
INSERT INTO stays VALUES (1, '[1,9)');
ALTER TABLE stays ADD CONSTRAINT valid FOREIGN KEY (room, PERIOD stay) REFERENCES rooms NOT VALID,
    ADD CONSTRAINT enforced FOREIGN KEY (room, PERIOD stay) REFERENCES rooms NOT ENFORCED;
