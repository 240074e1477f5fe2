-- Refused: 1 reason; nothing may be applied.
--
-- exclusion apart on public.bookings (schema.yaml:3:27) [partitioned-table]
--   cause:  exclusion apart on public.bookings: public.bookings is partitioned by id, which a unique key must have among its columns
--   remedy: add id to its columns
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
