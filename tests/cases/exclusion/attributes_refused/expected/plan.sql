-- Refused: 3 reasons; nothing may be applied.
--
-- exclusion apart on public.bookings (schema.yaml:6:54) [conflict]
--   cause:  primary key of public.bookings is the index that its table is clustered by now, or is declared to be, and a table has only one
--   remedy: declare `clustered: null` for the primary key, or take `clustered` out here
--
-- exclusion one on public.twice (schema.yaml:9:52) [conflict]
--   cause:  exclusion two on public.twice is the index that its table is clustered by now, or is declared to be, and a table has only one
--   remedy: declare `clustered: null` for two, or take `clustered` out here
--
-- exclusion two on public.twice (schema.yaml:10:51) [conflict]
--   cause:  exclusion one on public.twice is the index that its table is clustered by now, or is declared to be, and a table has only one
--   remedy: declare `clustered: null` for one, or take `clustered` out here
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
