-- A changed index is built while the old one exists; names, comments and statistics are set in place.
CREATE TABLE readings (
    sensor int NOT NULL, at date NOT NULL, region text NOT NULL, value numeric, note text
) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (at);
CREATE TABLE readings_south_2025 PARTITION OF readings_south FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE readings_south_2026 PARTITION OF readings_south FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO readings VALUES (1, '2025-05-05', 'north', 1, 'a'), (1, '2025-05-05', 'south', 2, 'b'),
                            (2, '2026-05-05', 'south', 3, NULL);
CREATE INDEX changed ON readings (sensor);
CREATE INDEX parameters ON readings (at) WITH (fillfactor = 90);
CREATE INDEX in_place ON readings ((value + 1));
CREATE INDEX former ON readings (note);
