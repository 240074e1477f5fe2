-- A partition's own key is part of an index of a table that the file does not name: it is not dropped or replaced.
CREATE TABLE events (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE events_1 PARTITION OF events (CONSTRAINT events_1_key UNIQUE (id, at)) FOR VALUES IN ('2026-01-01');
CREATE TABLE events_2 PARTITION OF events (PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-02');
CREATE TABLE events_3 PARTITION OF events (CONSTRAINT events_3_key UNIQUE (id, at)) FOR VALUES IN ('2026-01-03');
CREATE TABLE events_4 PARTITION OF events (CONSTRAINT events_4_key UNIQUE (id)) FOR VALUES IN ('2026-01-04');
CREATE UNIQUE INDEX events_key ON events (id, at);
