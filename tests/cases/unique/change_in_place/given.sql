-- Storage parameters and comment are altered where they are; what the file does not mention is kept.
CREATE TABLE users (id bigint PRIMARY KEY, a int, b int);
ALTER TABLE users ADD CONSTRAINT set_key UNIQUE (a) WITH (fillfactor = 50);
ALTER TABLE users ADD CONSTRAINT reset_key UNIQUE (b) WITH (fillfactor = 50, deduplicate_items = off);
ALTER TABLE users ADD CONSTRAINT kept_key UNIQUE (a, b) WITH (fillfactor = 50);
COMMENT ON CONSTRAINT reset_key ON users IS 'old';
COMMENT ON CONSTRAINT kept_key ON users IS 'kept';
