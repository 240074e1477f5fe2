-- Definitions that the server would reject are reported at their line: not a range, no operator class, a name that is taken. So are foreign
-- keys that a key would no longer serve.
-- pg: >= 18
CREATE TABLE stays (room int, floor int4range, stay int4range, day date, CONSTRAINT live UNIQUE (floor, stay));
CREATE UNIQUE INDEX taken ON stays (floor, stay);
CREATE TABLE referenced (floor int4range, stay int4range, UNIQUE (floor, stay));
CREATE TABLE referring (floor int4range, stay int4range, FOREIGN KEY (floor, stay) REFERENCES referenced (floor, stay));
ANALYZE stays, referenced;
