-- A period needs a key without overlaps, and such a key needs a period. Actions are the server's to reject.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open int4range, shut int4range, PRIMARY KEY (id, open WITHOUT OVERLAPS), UNIQUE (id, shut),
    UNIQUE (shut, open WITHOUT OVERLAPS) DEFERRABLE);
CREATE TABLE stays (room int, stay int4range, night daterange, other int4range);
CREATE TABLE kept (room int, stay int4range, FOREIGN KEY (room, PERIOD stay) REFERENCES rooms);
CREATE TABLE users (id int PRIMARY KEY);
