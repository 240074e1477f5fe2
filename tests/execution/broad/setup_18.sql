-- Not-null constraints have names, comments and NOT VALID since PostgreSQL 18.
CREATE TABLE named_not_nulls (id int PRIMARY KEY, a int CONSTRAINT old_name NOT NULL, b int, c int, d int NOT NULL);
ALTER TABLE named_not_nulls ADD CONSTRAINT b_given NOT NULL b NOT VALID;
INSERT INTO named_not_nulls SELECT n, n, n, n, n FROM generate_series(1, 200) n;
