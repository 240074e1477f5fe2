-- Primary keys without overlaps; their columns become not null first, and online.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, open daterange, note text);
INSERT INTO rooms VALUES (1, '[2026-01-01, 2026-02-01)'), (1, '[2026-02-01, 2026-03-01)'), (2, '[2026-01-01,)');
CREATE TABLE long (id uuid, kind text, open tsmultirange);
ANALYZE rooms, long;
