-- The object of that name is not an ordinary table.
CREATE VIEW shown AS SELECT 1 AS id;
CREATE TABLE events (day date) PARTITION BY RANGE (day);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
