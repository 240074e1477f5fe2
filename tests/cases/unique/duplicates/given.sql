-- Duplicates are counted and sampled; NULLs are none.
CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int, code text);
INSERT INTO users SELECT n, 'e' || n % 7, CASE WHEN n < 3 THEN NULL ELSE n END, NULL FROM generate_series(1, 20) n;
