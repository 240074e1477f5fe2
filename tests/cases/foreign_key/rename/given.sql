-- A rename is asked for by `absent`, or by `renamed_from`; a different definition is a replacement.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (
    a bigint CONSTRAINT old_a REFERENCES users,
    b bigint CONSTRAINT old_b REFERENCES users,
    c bigint CONSTRAINT old_c REFERENCES users
);
