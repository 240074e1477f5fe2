-- An object of a partitioned table is dropped from all its partitions; an object of a partition's own stays.
CREATE TABLE sensors (id int PRIMARY KEY);
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (at);
CREATE TABLE readings_south_2025 PARTITION OF readings_south FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_south_2026 PARTITION OF readings_south FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX unwanted ON readings (sensor);
ALTER TABLE readings ADD CONSTRAINT unwanted_key UNIQUE (region, at, note);
ALTER TABLE readings ADD CONSTRAINT unwanted_check CHECK (sensor > 0);
ALTER TABLE readings ADD CONSTRAINT unwanted_fk FOREIGN KEY (sensor) REFERENCES sensors;
ALTER TABLE readings ALTER COLUMN value SET NOT NULL;
CREATE INDEX own ON readings_north (value);
