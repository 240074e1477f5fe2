-- The same in other words is the same: defaults written out, spelling, casts.
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick varchar(20), at timestamptz, code char(3), tags text[]);
CREATE INDEX a ON users (email ASC NULLS LAST, at DESC NULLS FIRST);
CREATE INDEX b ON users (lower(nick)) WHERE nick IN ('x', 'y');
CREATE INDEX c ON users ((id + 5 * 2) DESC) WHERE id > 5::smallint;
CREATE INDEX d ON users (code, email COLLATE "C");
CREATE INDEX e ON users USING gin (tags) WITH (fastupdate = off);
CREATE UNIQUE INDEX f ON users (coalesce(email, nick)) TABLESPACE fast;
COMMENT ON INDEX a IS 'not in the file';
