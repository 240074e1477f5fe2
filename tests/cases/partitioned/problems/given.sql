-- What PostgreSQL does not allow on a partitioned table, or on what a partition inherits.
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (at);
CREATE TABLE readings_south_2025 PARTITION OF readings_south FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_south_2026 PARTITION OF readings_south FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE daily (at timestamp, id int) PARTITION BY RANGE ((at::date));
ALTER TABLE readings ADD CONSTRAINT whole CHECK (sensor > 0);
CREATE INDEX whole_idx ON readings (at);
ALTER TABLE readings_south_2026 ADD CONSTRAINT its_own_key PRIMARY KEY (region, at);
