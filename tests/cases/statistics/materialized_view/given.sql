-- A materialized view can have statistics.
CREATE TABLE sales (shop text, country text, amount numeric);
CREATE MATERIALIZED VIEW totals AS SELECT shop, country, sum(amount) AS amount FROM sales GROUP BY 1, 2;
CREATE STATISTICS changed ON shop, country FROM totals;
CREATE STATISTICS unwanted ON shop, amount FROM totals;
