-- Refused: 3 reasons; nothing may be applied.
--
-- not null of public.users.email (schema.yaml:5:15) [needs-newer-server]
--   cause:  not-null constraints with a name, NO INHERIT or a comment needs PostgreSQL 18; the server is <version>
--   remedy: take `name` out of the file, or upgrade the server
--
-- not null of public.users.nick (schema.yaml:6:14) [needs-newer-server]
--   cause:  not-null constraints with a name, NO INHERIT or a comment needs PostgreSQL 18; the server is <version>
--   remedy: take `comment` out of the file, or upgrade the server
--
-- not null of public.users.born (schema.yaml:7:14) [needs-newer-server]
--   cause:  not-null constraints with a name, NO INHERIT or a comment needs PostgreSQL 18; the server is <version>
--   remedy: take `no_inherit` out of the file, or upgrade the server
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
