-- A partition's own object and its part of the partitioned table's object are one index: the file may not say two
-- different things about it.

-- A new index that would become part of a key.
CREATE TABLE a (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE a_1 PARTITION OF a FOR VALUES IN ('2026-01-01');

-- The same with an index that exists.
CREATE TABLE b (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE b_1 PARTITION OF b FOR VALUES IN ('2026-01-01');
CREATE UNIQUE INDEX b_1_own ON b_1 (id, at);

-- Two names: the partition's key keeps its name, or gets another one.
CREATE TABLE c (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE c_1 PARTITION OF c (CONSTRAINT c_1_own PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-01');
CREATE UNIQUE INDEX c_key ON c (id, at);

CREATE TABLE d (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE d_1 PARTITION OF d (CONSTRAINT d_1_own UNIQUE (id, at)) FOR VALUES IN ('2026-01-01');
CREATE UNIQUE INDEX d_key ON d (id, at);

-- Two names for an inherited primary key.
CREATE TABLE e (id integer NOT NULL, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY LIST (at);
CREATE TABLE e_1 PARTITION OF e FOR VALUES IN ('2026-01-01');

-- A new name, together with other changes of both objects.
CREATE TABLE f (id integer NOT NULL, at date NOT NULL) PARTITION BY LIST (at);
CREATE TABLE f_1 PARTITION OF f (CONSTRAINT f_1_own PRIMARY KEY (id, at)) FOR VALUES IN ('2026-01-01');
CREATE UNIQUE INDEX f_key ON f (id, at);
