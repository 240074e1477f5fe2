-- Deferrability and comment are altered where they are.
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE orders (id bigint PRIMARY KEY, a bigint, b bigint,
    CONSTRAINT a_fkey FOREIGN KEY (a) REFERENCES users,
    CONSTRAINT b_fkey FOREIGN KEY (b) REFERENCES users DEFERRABLE INITIALLY DEFERRED);
COMMENT ON CONSTRAINT b_fkey ON orders IS 'old';
