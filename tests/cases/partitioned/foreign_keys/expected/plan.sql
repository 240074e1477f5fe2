-- Refused: 1 reason; nothing may be applied.
--
-- foreign key alarms_north on public.alarms (schema.yaml:6:7) [orphans]
--   cause:  1 row of public.alarms without a row in public.readings_north(sensor)
--   remedy: add the missing rows, or correct or delete the orphans, then plan again
--   count:  1
--   sample: sensor=2 [ctid=(0,1)]
--   all:    SELECT r.* FROM ONLY "public"."alarms" AS r WHERE r."sensor" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."readings_north" AS p WHERE p."sensor" = r."sensor");
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
