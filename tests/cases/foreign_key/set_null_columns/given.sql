-- A delete that empties chosen columns only: created, and put in place of one that empties all.
-- pg: >= 15
CREATE TABLE users (id bigint, tenant int, PRIMARY KEY (tenant, id));
CREATE TABLE orders (
    id bigint PRIMARY KEY, tenant int NOT NULL, buyer bigint, seller bigint DEFAULT 1,
    CONSTRAINT to_all_key FOREIGN KEY (tenant, buyer) REFERENCES users ON DELETE SET NULL
);
INSERT INTO users VALUES (1, 1), (2, 1);
INSERT INTO orders VALUES (1, 1, 1, 2), (2, 1, NULL, NULL);
