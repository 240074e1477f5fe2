-- Refused: 3 reasons; nothing may be applied.
-- Database samia on db.example, port 5432, PostgreSQL 18.6, as postgres
\set ON_ERROR_STOP on
\encoding UTF8

\warn 'foreign key fk_wallets_user_id on public.wallets (schema.yaml:12:7) [orphans]'
\warn '  cause:  3 rows of public.wallets have no row in public.users'
\warn '  remedy: repair the rows, or say `orphans:` otherwise'
\warn '  count:  3'
--   all:    SELECT c.*
--   all:    FROM "public"."wallets" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "public"."users");

\warn 'index U&"a""b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m" on s.U&"a""b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m" (a"b'' `x` | <b>&\\n\\! touch /tmp/pwned\\n-- :name $$ ``` @everyone \\x1b[31m:3:7) [unchecked]'
\warn '  cause:  a"b'' `x` | <b>&\\n\\! touch /tmp/pwned\\n-- :name $$ ``` @everyone \\x1b[31m'
\warn '  remedy: a"b'' `x` | <b>&\\n\\! touch /tmp/pwned\\n-- :name $$ ``` @everyone \\x1b[31m'
\warn '  count:  unknown'
--   all:    SELECT c.*
--   all:    FROM "public"."wallets" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "public"."users");

\warn 'the plan [too-many-drops]'
\warn '  cause:  12 objects would be dropped, and 10 are allowed'
\warn '  remedy: raise policy.max_drops'

DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
