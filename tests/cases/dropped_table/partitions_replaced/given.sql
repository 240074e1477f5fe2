-- A partitioned table that another one replaces: the rows of its partitions are counted together in the archive.
CREATE TABLE events (day date, id int, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
INSERT INTO events VALUES ('2020-05-01', 1), ('2021-05-01', 2);
CREATE TABLE happenings AS SELECT * FROM events;
