-- A rename is asked for by `absent`, or by `renamed_from`; a different definition is a replacement.
CREATE TABLE users (
    id bigint PRIMARY KEY, a int, b int, c int,
    CONSTRAINT old_a UNIQUE (a), CONSTRAINT old_b UNIQUE (b), CONSTRAINT old_c UNIQUE (c)
);
