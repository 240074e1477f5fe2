-- A changed foreign key of a partitioned table keeps enforcing until its successor is valid on all partitions.
CREATE TABLE sensors (id int PRIMARY KEY);
INSERT INTO sensors VALUES (1), (2);
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (at);
CREATE TABLE readings_south_2025 PARTITION OF readings_south FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_south_2026 PARTITION OF readings_south FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO readings VALUES (1, '2025-05-05', 'north', 1, 'a'), (1, '2025-05-05', 'south', 2, 'b'),
                            (2, '2026-05-05', 'south', 3, NULL);
ALTER TABLE readings ADD CONSTRAINT changed FOREIGN KEY (sensor) REFERENCES sensors;
ALTER TABLE readings ADD CONSTRAINT in_place FOREIGN KEY (sensor) REFERENCES sensors ON UPDATE CASCADE;
