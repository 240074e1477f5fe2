-- Refused: 3 reasons; nothing may be applied.
--
-- table public.shown (schema.yaml:3:3) [not-supported-yet]
--   cause:  public.shown is no ordinary table; only those can be dropped or archived so far
--   remedy: take it out of `dropped_tables`, and drop it by hand if it is to go
--
-- table public.events (schema.yaml:4:3) [not-supported-yet]
--   cause:  public.events is no ordinary table; only those can be dropped or archived so far
--   remedy: take it out of `dropped_tables`, and drop it by hand if it is to go
--
-- table public.events_2020 (schema.yaml:5:3) [not-supported-yet]
--   cause:  public.events_2020 is no ordinary table; only those can be dropped or archived so far
--   remedy: take it out of `dropped_tables`, and drop it by hand if it is to go
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
