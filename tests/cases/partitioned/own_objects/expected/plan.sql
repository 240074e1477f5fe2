-- Refused: 1 reason; nothing may be applied.
--
-- not null of public.readings_north.at (schema.yaml:4:16) [inherited]
--   cause:  not null of public.readings_north.at is inherited, and its parent has it otherwise than the file says here
--   remedy: declare it on the parent only, and change it there
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
