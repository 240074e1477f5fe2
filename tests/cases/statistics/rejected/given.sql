-- What the server does not accept is refused before the first step: unknown columns, schemas and functions, types without an order.
CREATE TABLE places (id bigint, city text, country text, raw xid);
CREATE STATISTICS moved ON city, country FROM places;
CREATE VIEW cities AS SELECT city, country FROM places;
