-- Orphans are counted and sampled. NULLs refer to nothing, unless the match is full.
-- formats: all
CREATE TABLE users (tenant int, id bigint, PRIMARY KEY (tenant, id), UNIQUE (id));
CREATE TABLE orders (id bigint PRIMARY KEY, tenant int, user_id bigint);
INSERT INTO users VALUES (1, 1), (1, 2);
INSERT INTO orders VALUES (1, 1, 1), (2, 1, 7), (3, NULL, 8), (4, 2, 1), (5, NULL, NULL), (6, 1, NULL);
