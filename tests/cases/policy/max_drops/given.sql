-- More drops than the policy allows are refused, with the line that allows them.
CREATE TABLE users (id bigint, a int, b int);
CREATE INDEX idx_a ON users (a);
CREATE INDEX idx_b ON users (b);
CREATE TABLE leftover (id bigint);
