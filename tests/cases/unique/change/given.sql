-- A constraint that needs a new index is built while the old one exists, which is dropped when the new one is complete.
CREATE TABLE users (
    id bigint PRIMARY KEY, a int, b int,
    CONSTRAINT key UNIQUE (a), CONSTRAINT carried UNIQUE (a, b),
    CONSTRAINT deferral UNIQUE (id, a), CONSTRAINT place UNIQUE (id, b)
);
COMMENT ON CONSTRAINT key ON users IS 'old';
INSERT INTO users VALUES (1, 1, 1), (2, 2, NULL);
