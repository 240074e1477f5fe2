-- A foreign key is dropped before the key without overlaps that it refers to changes, and a primary key is created on columns whose
-- not-nulls do not fit it yet.
-- pg: >= 18
-- allow: blocking-build
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open int4range, kind int) PARTITION BY RANGE (id);
CREATE TABLE rooms_1 PARTITION OF rooms DEFAULT;
ALTER TABLE rooms ADD CONSTRAINT rooms_key UNIQUE (id, open WITHOUT OVERLAPS);
ALTER TABLE rooms ADD CONSTRAINT next_door FOREIGN KEY (kind, PERIOD open) REFERENCES rooms (id, PERIOD open);
CREATE TABLE stays (room int, span int4range);
ALTER TABLE stays ADD NOT NULL room NO INHERIT, ADD NOT NULL span NOT VALID;
