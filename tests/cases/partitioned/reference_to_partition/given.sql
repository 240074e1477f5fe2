-- Foreign keys that refer to a single partition, whose key is a part of a key of the partitioned table: the foreign key
-- waits for a new key, leaves one that changes, and is replaced together with one that is replaced.
CREATE TABLE events (id integer NOT NULL, at date NOT NULL, kind integer NOT NULL, account integer) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
INSERT INTO events VALUES (1, '2026-05-01', 1, 1);

CREATE TABLE notes (id integer PRIMARY KEY, event integer, event_at date);
INSERT INTO notes VALUES (1, 1, '2026-05-01');

CREATE TABLE orders (id integer NOT NULL, at date NOT NULL, kind integer NOT NULL, UNIQUE (id, at)) PARTITION BY LIST (at);
CREATE TABLE orders_first PARTITION OF orders FOR VALUES IN ('2026-01-01');
CREATE TABLE former_orders (id integer, at date, PRIMARY KEY (id, at));
CREATE TABLE items (id integer PRIMARY KEY, "order" integer, order_at date,
    CONSTRAINT items_order FOREIGN KEY ("order", order_at) REFERENCES orders_first (id, at));

CREATE TABLE sessions (id integer NOT NULL, at date NOT NULL, kind integer) PARTITION BY LIST (at);
CREATE TABLE sessions_first PARTITION OF sessions (CONSTRAINT sessions_own UNIQUE (id, at)) FOR VALUES IN ('2026-01-01');
CREATE TABLE clicks (id integer PRIMARY KEY, session integer, session_at date,
    CONSTRAINT clicks_session FOREIGN KEY (session, session_at) REFERENCES sessions_first (id, at));
