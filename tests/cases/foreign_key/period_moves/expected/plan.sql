-- Plan: 1 unique constraint to alter; 2 steps.
-- From schema.yaml; plan <digest>
-- Made for database <database> on PostgreSQL <version>. Run it with psql, not with --single-transaction, and not through a pooler in transaction mode.
-- Should it stop, do not run it again: plan again, the new script goes on from there.
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set QUIET on
\encoding UTF8
SET standard_conforming_strings = 'on';
SET search_path = 'pg_catalog', 'pg_temp';
SET TimeZone = 'UTC';
SET DateStyle = 'ISO', 'YMD';
SET IntervalStyle = 'postgres';
SET extra_float_digits = '1';
SET bytea_output = 'hex';
SET transform_null_equals = 'off';
SET quote_all_identifiers = 'off';
SET array_nulls = 'on';
SET default_tablespace = '';
SET default_transaction_isolation = 'read committed';
SET client_min_messages = 'warning';
SET row_security = 'off';
SELECT gen_random_uuid() AS run_id \gset

-- Keep a second run out.
SELECT pg_try_advisory_lock(8243104023216090213) AS locked \gset
\if :locked
\else
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''another run of reconcile is at work in this database''; END';
\endif

-- The journal, if this is the first run.
SELECT to_regclass('"public"."migration_log"') IS NULL AS first_run \gset
\if :first_run
BEGIN;
-- the journal in public;
COMMIT;
\endif
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 2, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter unique rates_key on public.rates (schema.yaml:5:7)
--   columns[0]: id → code

-- Step 1 of 2: build unique rates_key on public.rates anew, in place of what is there, and add 1 foreign key again, not valid yet [scan]
--   locks public.rates ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_rate_fkey on public.orders hangs on unique rates_key on public.rates
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique rates_key on public.rates', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rates_key on public.rates", "schema": "public", "table": "rates", "action": "alter", "before": {"type": "Unique", "columns": ["id", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_rate_fkey\"", "ALTER TABLE \"public\".\"rates\" DROP CONSTRAINT \"rates_key\"", "ALTER TABLE \"public\".\"rates\" ADD CONSTRAINT \"rates_key\" UNIQUE (\"code\", \"during\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_rate_fkey\" FOREIGN KEY (\"rate\", PERIOD \"during\") REFERENCES \"public\".\"rates\" (\"code\", PERIOD \"during\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_rate_fkey";
ALTER TABLE "public"."rates" DROP CONSTRAINT "rates_key";
ALTER TABLE "public"."rates" ADD CONSTRAINT "rates_key" UNIQUE ("code", "during" WITHOUT OVERLAPS);
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_rate_fkey" FOREIGN KEY ("rate", PERIOD "during") REFERENCES "public"."rates" ("code", PERIOD "during") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'build unique rates_key on public.rates', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rates_key on public.rates", "schema": "public", "table": "rates", "action": "alter", "before": {"type": "Unique", "columns": ["id", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_rate_fkey\"", "ALTER TABLE \"public\".\"rates\" DROP CONSTRAINT \"rates_key\"", "ALTER TABLE \"public\".\"rates\" ADD CONSTRAINT \"rates_key\" UNIQUE (\"code\", \"during\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_rate_fkey\" FOREIGN KEY (\"rate\", PERIOD \"during\") REFERENCES \"public\".\"rates\" (\"code\", PERIOD \"during\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 2: validate foreign key orders_rate_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rates ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_rate_fkey on public.orders again, after unique rates_key on public.rates', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rates_key on public.rates", "schema": "public", "table": "rates", "action": "alter", "before": {"type": "Unique", "columns": ["id", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_rate_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_rate_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_rate_fkey on public.orders again, after unique rates_key on public.rates', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rates_key on public.rates", "schema": "public", "table": "rates", "action": "alter", "before": {"type": "Unique", "columns": ["id", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "during"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_rate_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
