-- Refused: 2 reasons; nothing may be applied.
--
-- foreign key simple on public.stays (schema.yaml:5:7) [orphans]
--   cause:  5 rows of public.stays whose period is not covered by the rows of public.rooms(id, open)
--   remedy: add the missing rows, or correct or delete the orphans, then plan again
--   count:  5
--   sample: room=1, stay=[0,3) [id=3]
--   sample: room=1, stay=[8,11) [id=2]
--   sample: room=1, stay=empty [id=4]
--   sample: room=2, stay=[1,4) [id=6]
--   sample: room=3, stay=[1,2) [id=5]
--   all:    SELECT r.* FROM ONLY "public"."stays" AS r WHERE r."room" IS NOT NULL AND r."stay" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."rooms" AS p WHERE p."id" = r."room" AND p."open" OPERATOR(pg_catalog.&&) r."stay" HAVING r."stay" OPERATOR(pg_catalog.<@) pg_catalog.range_agg(p."open"));
--
-- foreign key full on public.stays (schema.yaml:6:7) [orphans]
--   cause:  7 rows of public.stays whose period is not covered by the rows of public.rooms(id, open)
--   remedy: add the missing rows, or correct or delete the orphans, then plan again
--   count:  7
--   sample: room=1, stay=[0,3) [id=3]
--   sample: room=1, stay=[8,11) [id=2]
--   sample: room=1, stay=empty [id=4]
--   sample: room=2, stay=NULL [id=8]
--   sample: room=2, stay=[1,4) [id=6]
--   all:    SELECT r.* FROM ONLY "public"."stays" AS r WHERE (r."room" IS NOT NULL AND r."stay" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."rooms" AS p WHERE p."id" = r."room" AND p."open" OPERATOR(pg_catalog.&&) r."stay" HAVING r."stay" OPERATOR(pg_catalog.<@) pg_catalog.range_agg(p."open"))) OR ((r."room" IS NOT NULL OR r."stay" IS NOT NULL) AND (r."room" IS NULL OR r."stay" IS NULL));
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
