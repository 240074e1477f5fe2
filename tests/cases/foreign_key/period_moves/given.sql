-- A foreign key follows a key without overlaps to its new columns.
-- pg: >= 18
CREATE EXTENSION btree_gist;
CREATE TABLE rates (id int, code int, during daterange);
ALTER TABLE rates ADD CONSTRAINT rates_key UNIQUE (id, during WITHOUT OVERLAPS);
CREATE TABLE orders (rate int, during daterange);
ALTER TABLE orders
    ADD CONSTRAINT orders_rate_fkey FOREIGN KEY (rate, PERIOD during) REFERENCES rates (id, PERIOD during);
INSERT INTO rates VALUES (1, 1, '[2026-01-01,2026-07-01)'), (1, 1, '[2026-07-01,2027-01-01)');
INSERT INTO orders VALUES (1, '[2026-06-01,2026-08-01)');
ANALYZE;
