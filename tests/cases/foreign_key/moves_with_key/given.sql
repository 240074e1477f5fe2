-- Keys get other columns while foreign keys move to these: each moves while both indexes exist, and is
-- complete before the old index is dropped. One that moves to a third key does so first, and does not need this.
CREATE TABLE users (id bigint CONSTRAINT users_pkey PRIMARY KEY, tenant int NOT NULL, code text NOT NULL, boss bigint,
    CONSTRAINT users_code_key UNIQUE (code), CONSTRAINT boss FOREIGN KEY (boss) REFERENCES users);
CREATE UNIQUE INDEX users_tenant_code ON users (code, tenant);
CREATE TABLE orders (tenant int NOT NULL, user_id bigint CONSTRAINT moves REFERENCES users,
    code text CONSTRAINT third REFERENCES users (code), CONSTRAINT back FOREIGN KEY (code, tenant) REFERENCES users (code, tenant));
COMMENT ON CONSTRAINT moves ON orders IS 'kept';
CREATE TABLE gone (k int CONSTRAINT gone_k UNIQUE, l int CONSTRAINT gone_l UNIQUE);
CREATE TABLE refers (k int CONSTRAINT refers_fkey REFERENCES gone (k), l int);
INSERT INTO users VALUES (1, 1, 'a', NULL), (2, 1, 'b', 1);
INSERT INTO orders VALUES (1, 1, 'a'), (1, NULL, NULL);
INSERT INTO gone VALUES (1, 1);
INSERT INTO refers VALUES (1, 1);
