-- What depends on a table refuses its removal, each by name: views, rules of others, foreign keys, functions,
-- publications, types, sequences in use.
CREATE TABLE leftover (id bigserial PRIMARY KEY, body text);
CREATE VIEW shown AS SELECT * FROM leftover;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM leftover;
CREATE TABLE child (leftover_id bigint CONSTRAINT child_fkey REFERENCES leftover);
CREATE FUNCTION counted() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM leftover; END;
CREATE FUNCTION typed(leftover) RETURNS text LANGUAGE sql AS 'SELECT $1.body';
CREATE PUBLICATION partial_one FOR TABLE leftover;
CREATE TABLE holder (one leftover, many leftover[]);
CREATE TABLE numbered (id bigint DEFAULT nextval('leftover_id_seq'));
