-- Each attribute that needs a successor: it is complete, and validated, before the old foreign key is dropped.
CREATE TABLE users (id bigint PRIMARY KEY, tenant int NOT NULL, other bigint UNIQUE, UNIQUE (tenant, id));
CREATE TABLE orders (id bigint PRIMARY KEY, a bigint, b bigint, t int,
    CONSTRAINT on_delete_key FOREIGN KEY (a) REFERENCES users,
    CONSTRAINT on_update_key FOREIGN KEY (a) REFERENCES users ON UPDATE CASCADE,
    CONSTRAINT columns_key FOREIGN KEY (a) REFERENCES users ON DELETE RESTRICT,
    CONSTRAINT reference_key FOREIGN KEY (b) REFERENCES users,
    CONSTRAINT match_key FOREIGN KEY (t, a) REFERENCES users (tenant, id));
COMMENT ON CONSTRAINT on_delete_key ON orders IS 'kept, as the file does not mention it';
INSERT INTO users VALUES (1, 1, 1);
INSERT INTO orders VALUES (1, 1, 1, 1);
