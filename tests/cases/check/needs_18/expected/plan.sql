-- Refused: 2 reasons; nothing may be applied.
--
-- check positive on public.users (schema.yaml:5:38) [needs-newer-server]
--   cause:  NOT ENFORCED needs PostgreSQL 18; the server is <version>
--   remedy: take `enforced` out of the file, or upgrade the server
--
-- foreign key itself on public.users (schema.yaml:7:52) [needs-newer-server]
--   cause:  NOT ENFORCED needs PostgreSQL 18; the server is <version>
--   remedy: take `enforced` out of the file, or upgrade the server
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
