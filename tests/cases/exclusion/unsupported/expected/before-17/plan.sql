-- Refused: 2 reasons; nothing may be applied.
--
-- exclusion apart on public.bookings (schema.yaml:3:27) [partitioned-table]
--   cause:  exclusion apart on public.bookings: public.bookings is partitioned by id, which a unique key must have among its columns
--   remedy: add id to its columns
--
-- exclusion apart on public.bookings (schema.yaml:3:48) [needs-newer-server]
--   cause:  exclusion constraints on partitioned tables needs PostgreSQL 17; the server is <version>
--   remedy: take `elements` out of the file, or upgrade the server
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
