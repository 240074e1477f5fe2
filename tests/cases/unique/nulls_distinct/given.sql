-- Unique constraints to which two NULLs are the same: created, changed in both directions.
-- pg: >= 15
CREATE TABLE users (
    id bigint PRIMARY KEY, a int, b int, code text,
    CONSTRAINT to_same UNIQUE (b, a), CONSTRAINT to_distinct UNIQUE NULLS NOT DISTINCT (a, b)
);
INSERT INTO users VALUES (1, 1, 1, NULL), (2, 2, NULL, 'x');
