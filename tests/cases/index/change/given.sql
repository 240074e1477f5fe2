-- Each attribute that needs a new index: it is complete, and has the name, before the old one is dropped.
-- formats: all
CREATE TABLE users (id bigint PRIMARY KEY, email text, nick text, at timestamptz);
INSERT INTO users VALUES (1, 'a', 'b', NULL), (2, 'b', 'b', NULL);
CREATE INDEX columns_ ON users (email);
CREATE INDEX expression_ ON users (lower(email));
CREATE INDEX method_ ON users (nick);
CREATE INDEX unique_ ON users (email, nick);
CREATE UNIQUE INDEX not_unique ON users (email, at);
CREATE INDEX include_ ON users (email) INCLUDE (at);
CREATE INDEX where_ ON users (email) WHERE nick = 'b';
CREATE INDEX no_where ON users (at) WHERE nick = 'b';
CREATE INDEX opclass_ ON users (email text_pattern_ops);
CREATE INDEX collation_ ON users (email);
CREATE INDEX order_ ON users (at);
CREATE INDEX null_order ON users (nick, at);
CREATE INDEX tablespace_ ON users (nick, email);
COMMENT ON INDEX columns_ IS 'kept, as the file does not mention it';
