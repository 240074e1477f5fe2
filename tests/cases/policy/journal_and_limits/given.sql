-- The journal's schema, and the limits of a step, as the policy says.
CREATE SCHEMA "Audit Trail";
CREATE TABLE users (id bigint PRIMARY KEY, email text);
