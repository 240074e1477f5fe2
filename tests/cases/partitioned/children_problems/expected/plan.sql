-- Refused: 2 reasons; nothing may be applied.
--
-- not null of public.capitals.code (schema.yaml:5:18) [inherited]
--   cause:  not null of public.capitals.code cannot go: public.places has it when the plan is done, and public.capitals inherits it
--   remedy: take it out of `absent`, or put it under `absent` of public.places as well
--
-- not null of public.places.name (schema.yaml:8:14) [inherited]
--   cause:  not null of public.places.name is called places_name_not_null, and its_own on public.capitals, which inherits it: PostgreSQL renames both or none
--   remedy: leave `name` out, or write `name: places_name_not_null`
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
