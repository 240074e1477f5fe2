-- Constraints of a materialized view are refused.
CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id;
