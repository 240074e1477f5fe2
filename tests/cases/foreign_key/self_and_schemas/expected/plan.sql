-- Refused: 1 reason; nothing may be applied.
--
-- foreign key people_boss_fkey on old.people (schema.yaml:8:7) [orphans]
--   cause:  1 row of old.people refers to no row of public.people(id)
--   remedy: add the missing rows, or correct or delete the orphans, then plan again
--   count:  1
--   sample: boss=7 [id=7]
--   all:    SELECT r.* FROM ONLY "old"."people" AS r WHERE r."boss" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."people" AS p WHERE p."id" = r."boss");
\quit 3
