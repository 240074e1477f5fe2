-- What the server would reject is told at its line: no range, no operator class, a name that is taken.
-- pg: >= 18
CREATE TABLE stays (room int, floor int4range, stay int4range, day date, CONSTRAINT live UNIQUE (floor, stay));
CREATE UNIQUE INDEX taken ON stays (floor, stay);
ANALYZE stays;
