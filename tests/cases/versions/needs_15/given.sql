-- What PostgreSQL 14 lacks is refused with the version that has it.
-- pg: < 15
CREATE TABLE users (id bigint PRIMARY KEY, tenant int, UNIQUE (tenant, id));
CREATE TABLE orders (id bigint PRIMARY KEY, tenant int, buyer bigint, code text);
