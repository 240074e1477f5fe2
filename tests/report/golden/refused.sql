-- Refused: 3 reasons; nothing may be applied.
-- Database samia on db.example, port 5432, PostgreSQL 18.6, as postgres
--
-- foreign key fk_wallets_user_id on public.wallets (schema.yaml:12:7) [orphans]
--   cause:  3 rows of public.wallets have no row in public.users
--   remedy: repair the rows, or say `orphans:` otherwise
--   count:  3
--   all:    SELECT c.*
--   all:    FROM "public"."wallets" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "public"."users");
--
-- index "a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m" on s."a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m" (a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m:3:7) [unchecked]
--   cause:  a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
--   remedy: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
--   count:  unknown
--   all:    SELECT c.*
--   all:    FROM "public"."wallets" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "public"."users");
--
-- the plan [too-many-drops]
--   cause:  12 objects would be dropped, and 10 are allowed
--   remedy: raise policy.max_drops
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
