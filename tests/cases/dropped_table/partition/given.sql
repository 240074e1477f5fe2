-- A partition is detached concurrently before it is archived; another one before it is dropped.
-- The constraint that PostgreSQL adds to it does not stay.
-- formats: all
-- allow: drop-table
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE events (day date, id int, user_id int REFERENCES users, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE events_2019 PARTITION OF events FOR VALUES FROM ('2019-01-01') TO ('2020-01-01');
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE events_2021 PARTITION OF events FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
COMMENT ON TABLE events_2020 IS 'the past';
INSERT INTO users VALUES (1);
INSERT INTO events VALUES ('2019-05-01', 1, 1), ('2020-05-01', 1, 1), ('2021-05-01', 2, 1);
