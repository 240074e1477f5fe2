-- Operator classes live where the extension is; the file's search path finds them, a long form names them.
CREATE SCHEMA extensions;
CREATE EXTENSION pg_trgm SCHEMA extensions;
CREATE EXTENSION btree_gin SCHEMA extensions;
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text);
CREATE INDEX already ON users USING gin (nick extensions.gin_trgm_ops);
CREATE INDEX sized ON users USING gist (nick extensions.gist_trgm_ops (siglen = 32));
