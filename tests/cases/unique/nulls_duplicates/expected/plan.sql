-- Refused: 3 reasons; nothing may be applied.
--
-- unique users_tenant_code_key on public.users (schema.yaml:6:7) [duplicates]
--   cause:  1 key more than once in public.users, which users_tenant_code_key would not allow
--   remedy: merge or delete the duplicate rows, then plan again
--   count:  1
--   sample: (NULL, NULL) in 2 rows
--   all:    SELECT "tenant" AS "k1", "code" AS "k2", count(*) AS rows FROM ONLY "public"."users"  GROUP BY 1, 2 HAVING count(*) > 1;
--
-- unique users_code_key on public.users (schema.yaml:7:7) [duplicates]
--   cause:  1 key more than once in public.users, which users_code_key would not allow
--   remedy: merge or delete the duplicate rows, then plan again
--   count:  1
--   sample: (NULL) in 20 rows
--   all:    SELECT "code" AS "k1", count(*) AS rows FROM ONLY "public"."users"  GROUP BY 1 HAVING count(*) > 1;
--
-- index null_once on public.users (schema.yaml:9:7) [duplicates]
--   cause:  1 key more than once in public.users, which null_once would not allow
--   remedy: merge or delete the duplicate rows, then plan again
--   count:  1
--   sample: (NULL) in 2 rows
--   all:    SELECT "email" AS "k1", count(*) AS rows FROM ONLY "public"."users" WHERE (id > 18) GROUP BY 1 HAVING count(*) > 1;
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
