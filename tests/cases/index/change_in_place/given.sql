-- Storage parameters and comments are altered where they are; what the file does not mention is kept.
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int);
CREATE INDEX set_ ON users (a) WITH (fillfactor = 50);
CREATE INDEX reset_ ON users (b) WITH (fillfactor = 50);
CREATE INDEX kept_ ON users (a, b) WITH (fillfactor = 50) TABLESPACE fast;
COMMENT ON INDEX reset_ IS 'old';
COMMENT ON INDEX kept_ IS 'kept';
