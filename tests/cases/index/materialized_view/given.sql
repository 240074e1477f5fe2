-- A materialized view has indexes, and nothing else.
CREATE TABLE sales (day date, amount numeric);
INSERT INTO sales VALUES ('2020-01-01', 1), ('2020-01-02', 2);
CREATE MATERIALIZED VIEW totals AS SELECT day, sum(amount) AS total FROM sales GROUP BY day;
CREATE INDEX old ON totals (total);
