-- Keys that partitions have by themselves become parts of one of the whole table: as they are, or as the file changes them
-- first; also if the file lists them as absent, for then there are none of their own any more.
CREATE TABLE a (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE a_1 PARTITION OF a (CONSTRAINT a_1_former PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-01');
CREATE TABLE a_2 PARTITION OF a (CONSTRAINT a_2_key PRIMARY KEY (id)) FOR VALUES IN ('2026-01-02');
CREATE TABLE a_3 PARTITION OF a (CONSTRAINT a_3_pkey PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-03');
CREATE TABLE a_4 PARTITION OF a (CONSTRAINT a_4_other PRIMARY KEY (id)) FOR VALUES IN ('2026-01-04');
INSERT INTO a SELECT day, ('2026-01-0' || day)::date FROM generate_series(1, 4) AS day;

CREATE TABLE b (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE b_1 PARTITION OF b (CONSTRAINT b_1_key UNIQUE (id)) FOR VALUES IN ('2026-01-01');
CREATE TABLE b_2 PARTITION OF b (CONSTRAINT b_2_id_at_key UNIQUE (id, at)) FOR VALUES IN ('2026-01-02');
CREATE TABLE b_3 PARTITION OF b FOR VALUES IN ('2026-01-03');
CREATE UNIQUE INDEX b_3_id_at_key ON b_3 (id, at);
CREATE TABLE c (id integer PRIMARY KEY, b integer, b_at date,
    CONSTRAINT c_b FOREIGN KEY (b, b_at) REFERENCES b_2 (id, at));
