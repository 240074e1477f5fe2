-- Runs were killed, and the file was changed before the next one.
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south');
INSERT INTO readings VALUES (1, '2025-05-05', 'north', 1, 'a'), (1, '2025-05-05', 'south', 2, 'b');
-- Half made: attached to one partition, built on the other.
CREATE INDEX readings_value_idx ON ONLY readings (value);
CREATE INDEX readings_north_value_idx ON readings_north (value);
ALTER INDEX readings_value_idx ATTACH PARTITION readings_north_value_idx;
CREATE INDEX readings_south_value_idx ON readings_south (value);
-- Half replaced, by what is not wanted any more on one partition, and by what is on the other.
CREATE INDEX readings_sensor_idx ON readings (sensor);
CREATE INDEX readings_sensor_idx__reconcile_new ON ONLY readings (sensor, at);
CREATE INDEX readings_north_sensor_idx__reconcile_new ON readings_north (sensor, at DESC);
CREATE INDEX readings_south_sensor_idx__reconcile_new ON readings_south (sensor, at);
