-- Partitioned and inherited tables, views and foreign tables are refused until they are supported.
CREATE TABLE events (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE animals (id bigint);
CREATE TABLE dogs () INHERITS (animals);
CREATE VIEW pets AS SELECT * FROM animals;
CREATE TABLE visits (id bigint, event bigint);
