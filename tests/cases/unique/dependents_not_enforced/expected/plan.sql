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

-- alter unique users_email_key on public.users (schema.yaml:5:7)
--   include[0]: none → id

-- Step 1 of 2: build index users_email_key__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 2'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.users_email_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key__reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key__reconcile_new" ON "public"."users" ("email") INCLUDE ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.users_email_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key__reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 2: replace unique users_email_key on public.users, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_email_fkey on public.orders hangs on unique users_email_key on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_email_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_email_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") ON DELETE CASCADE NOT ENFORCED", "COMMENT ON CONSTRAINT \"orders_email_fkey\" ON \"public\".\"orders\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_email_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_email_key";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_email_fkey" FOREIGN KEY ("email") REFERENCES "public"."users" ("email") ON DELETE CASCADE NOT ENFORCED;
COMMENT ON CONSTRAINT "orders_email_fkey" ON "public"."orders" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_email_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_email_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") ON DELETE CASCADE NOT ENFORCED", "COMMENT ON CONSTRAINT \"orders_email_fkey\" ON \"public\".\"orders\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
