CREATE TABLE sensors (id int PRIMARY KEY);
CREATE TABLE readings (sensor int NOT NULL, region text NOT NULL, value int) PARTITION BY LIST (region);
CREATE TABLE readings_north PARTITION OF readings FOR VALUES IN ('north');
CREATE TABLE readings_south PARTITION OF readings FOR VALUES IN ('south') PARTITION BY RANGE (sensor);
CREATE TABLE readings_south_1 PARTITION OF readings_south FOR VALUES FROM (0) TO (100);
INSERT INTO sensors VALUES (1), (2);
INSERT INTO readings VALUES (1, 'north', 1), (2, 'south', 2);
CREATE INDEX replaced ON readings (value);
ALTER TABLE readings ADD CONSTRAINT replaced_key UNIQUE (region, sensor);
