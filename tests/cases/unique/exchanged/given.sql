-- Two keys that exchange their columns while foreign keys follow: there is no order that always enforces.
CREATE TABLE users (a int, b int, CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (b));
CREATE TABLE orders (a int CONSTRAINT orders_a_fkey REFERENCES users (a), b int CONSTRAINT orders_b_fkey REFERENCES users (b));
