-- Whether NULLs count as duplicates depends on `nulls_distinct`.
-- pg: >= 15
CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int, code text);
INSERT INTO users SELECT n, NULL, CASE WHEN n < 3 THEN NULL ELSE n END, NULL FROM generate_series(1, 20) n;
