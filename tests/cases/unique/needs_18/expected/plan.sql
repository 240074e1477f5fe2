-- Refused: 3 reasons; nothing may be applied.
--
-- primary key of public.rooms (schema.yaml:4:40) [needs-newer-server]
--   cause:  WITHOUT OVERLAPS and PERIOD needs PostgreSQL 18; the server is <version>
--   remedy: take `without_overlaps` out of the file, or upgrade the server
--
-- unique apart on public.stays (schema.yaml:7:38) [needs-newer-server]
--   cause:  WITHOUT OVERLAPS and PERIOD needs PostgreSQL 18; the server is <version>
--   remedy: take `without_overlaps` out of the file, or upgrade the server
--
-- foreign key open on public.stays (schema.yaml:9:37) [needs-newer-server]
--   cause:  WITHOUT OVERLAPS and PERIOD needs PostgreSQL 18; the server is <version>
--   remedy: take `references` out of the file, or upgrade the server
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
