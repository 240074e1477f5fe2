-- Refused: 2 reasons; nothing may be applied.
--
-- primary key of public.members (schema.yaml:4:18) [duplicates]
--   cause:  2 keys more than once in public.members, which members_pkey would not allow
--   remedy: merge or delete the duplicate rows, then plan again
--   count:  2
--   sample: (1, a) in 3 rows
--   sample: (2, b) in 2 rows
--   all:    SELECT "club" AS "k1", "person" AS "k2", count(*) AS rows FROM ONLY "public"."members" WHERE ("club") IS NOT NULL AND ("person") IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1;
--
-- not null of public.members.club (schema.yaml:4:18) [nulls]
--   cause:  2 rows of public.members with NULL in club
--   remedy: give these rows a value, then plan again
--   count:  2
--   sample: club=NULL [ctid=(0,7)]
--   sample: club=NULL [ctid=(0,8)]
--   all:    SELECT r.* FROM ONLY "public"."members" AS r WHERE r."club" IS NULL;
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
