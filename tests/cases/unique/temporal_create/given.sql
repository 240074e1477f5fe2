-- Keys without overlaps, on tables with rows that are known to be small, and on one that is empty.
-- pg: >= 18
CREATE SCHEMA extensions;
CREATE EXTENSION btree_gist SCHEMA extensions;
CREATE TABLE stays (room int, guest text, stay daterange, note text, times tstzmultirange);
INSERT INTO stays VALUES
    (1, 'a', '[2026-01-01, 2026-01-03)', 'x', '{}'), (1, 'b', '[2026-01-03, 2026-01-04)', 'x', NULL),
    (NULL, 'c', '[2026-01-01, 2026-01-03)', 'x', NULL), (NULL, 'd', '[2026-01-01, 2026-01-03)', 'x', NULL),
    (1, 'e', NULL, 'x', NULL), (1, 'f', NULL, 'x', NULL), (2, 'a', '[2026-01-01, 2026-01-03)', 'x', NULL);
UPDATE stays SET times = NULL WHERE times = '{}';
CREATE TABLE empty ("größe" int, "Zeit" int4range);
ANALYZE stays, empty;
