-- Refused: 1 reason; nothing may be applied.
--
-- unique users_email_key on public.users (schema.yaml:5:7) [duplicates]
--   cause:  7 keys more than once in public.users, which users_email_key would not allow
--   remedy: merge or delete the duplicate rows, then plan again
--   count:  7
--   sample: (e0) in 2 rows
--   sample: (e1) in 3 rows
--   sample: (e2) in 3 rows
--   sample: (e3) in 3 rows
--   sample: (e4) in 3 rows
--   all:    SELECT "email" AS "k1", count(*) AS rows FROM ONLY "public"."users" WHERE ("email") IS NOT NULL GROUP BY 1 HAVING count(*) > 1;
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
