-- Refused: 4 reasons; nothing may be applied.
--
-- unique orders_code_key on public.orders (schema.yaml:5:40) [needs-newer-server]
--   cause:  NULLS NOT DISTINCT needs PostgreSQL 15; the server is <version>
--   remedy: take `nulls_distinct` out of the file, or upgrade the server
--
-- foreign key null_key on public.orders (schema.yaml:7:77) [needs-newer-server]
--   cause:  ON DELETE SET NULL or SET DEFAULT of chosen columns needs PostgreSQL 15; the server is <version>
--   remedy: take `on_delete` out of the file, or upgrade the server
--
-- foreign key default_key on public.orders (schema.yaml:8:80) [needs-newer-server]
--   cause:  ON DELETE SET NULL or SET DEFAULT of chosen columns needs PostgreSQL 15; the server is <version>
--   remedy: take `on_delete` out of the file, or upgrade the server
--
-- index nulls_once on public.orders (schema.yaml:10:50) [needs-newer-server]
--   cause:  NULLS NOT DISTINCT needs PostgreSQL 15; the server is <version>
--   remedy: take `nulls_distinct` out of the file, or upgrade the server
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 4 reasons; nothing may be applied.''; END';
\quit 3
