-- Refused: 3 reasons; nothing may be applied.
-- Database <database> on <host>, port 0, PostgreSQL <version>, as <user>
\set ON_ERROR_STOP on
\encoding UTF8

\warn 'foreign key user_fkey on public.orders (schema.yaml:5:7) [orphans]'
\warn '  cause:  2 rows in public.orders whose user_id is not in public.users(id)'
\warn '  remedy: add the missing rows, or correct or delete the orphans, then plan again; or set `orphans: quarantine`, which moves them to reconcile_archive'
\warn '  count:  2'
--   all:    SELECT r.* FROM ONLY "public"."orders" AS r WHERE r."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."users" AS p WHERE p."id" OPERATOR("pg_catalog".=) r."user_id");

\warn 'foreign key simple_fkey on public.orders (schema.yaml:6:7) [orphans]'
\warn '  cause:  2 rows in public.orders whose (tenant, user_id) is not in public.users(tenant, id)'
\warn '  remedy: add the missing rows, or correct or delete the orphans, then plan again; or set `orphans: quarantine`, which moves them to reconcile_archive'
\warn '  count:  2'
--   all:    SELECT r.* FROM ONLY "public"."orders" AS r WHERE r."tenant" IS NOT NULL AND r."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."users" AS p WHERE p."tenant" OPERATOR("pg_catalog".=) r."tenant" AND p."id" OPERATOR("pg_catalog".=) r."user_id");

\warn 'foreign key full_fkey on public.orders (schema.yaml:7:7) [orphans]'
\warn '  cause:  4 rows in public.orders whose (tenant, user_id) is not in public.users(tenant, id)'
\warn '  remedy: add the missing rows, or correct or delete the orphans, then plan again; or set `orphans: quarantine`, which moves them to reconcile_archive'
\warn '  count:  4'
--   all:    SELECT r.* FROM ONLY "public"."orders" AS r WHERE (r."tenant" IS NOT NULL AND r."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."users" AS p WHERE p."tenant" OPERATOR("pg_catalog".=) r."tenant" AND p."id" OPERATOR("pg_catalog".=) r."user_id")) OR ((r."tenant" IS NOT NULL OR r."user_id" IS NOT NULL) AND (r."tenant" IS NULL OR r."user_id" IS NULL));

DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
