-- PostgreSQL's names for partitions' indexes are taken, by another index and by another table.
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (at);
CREATE TABLE readings_south_2025 PARTITION OF readings_south FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_south_2026 PARTITION OF readings_south FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX readings_north_sensor_idx ON readings_north (sensor, at);
CREATE TABLE readings_south_2025_sensor_idx (id int);
