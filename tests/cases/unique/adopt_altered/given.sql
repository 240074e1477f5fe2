-- A unique index that has a comment, a role or storage parameters is adopted with them; what differs is altered afterwards.
CREATE TABLE users (id bigint NOT NULL, email text, nick text, phone text);
CREATE UNIQUE INDEX users_pkey ON users (id) WITH (fillfactor = 70, deduplicate_items = off);
CREATE UNIQUE INDEX users_email_key ON users (email) WITH (fillfactor = 60);
COMMENT ON INDEX users_email_key IS 'kept on the index';
CLUSTER users USING users_email_key;
CREATE UNIQUE INDEX users_nick_key ON users (nick) WITH (fillfactor = 60);
