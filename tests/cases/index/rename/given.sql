-- A rename is asked for by `absent`, or by `renamed_from`; a different definition is a replacement.
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int, c int);
CREATE INDEX old_a ON users (a);
CREATE INDEX old_b ON users (b);
CREATE INDEX old_c ON users (c);
-- A run was killed before it removed the former one.
CREATE INDEX old_d ON users (a, b);
CREATE INDEX idx_d ON users (b, c);
