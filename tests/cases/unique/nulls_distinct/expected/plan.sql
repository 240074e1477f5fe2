-- Plan: 2 unique constraints to alter, 1 unique constraint to create; 6 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 6, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter unique to_distinct on public.users (schema.yaml:6:7)
--   nulls_distinct: false → true

-- Step 1 of 6: build index to_distinct__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index to_distinct__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_distinct on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.to_distinct__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"to_distinct__reconcile_new\" ON \"public\".\"users\" (\"a\", \"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "to_distinct__reconcile_new" ON "public"."users" ("a", "b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index to_distinct__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_distinct on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.to_distinct__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"to_distinct__reconcile_new\" ON \"public\".\"users\" (\"a\", \"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 6: replace unique to_distinct on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique to_distinct on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_distinct on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"to_distinct\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"to_distinct\" UNIQUE USING INDEX \"to_distinct__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "to_distinct";
ALTER TABLE "public"."users" ADD CONSTRAINT "to_distinct" UNIQUE USING INDEX "to_distinct__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique to_distinct on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_distinct on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"to_distinct\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"to_distinct\" UNIQUE USING INDEX \"to_distinct__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique to_same on public.users (schema.yaml:5:7)
--   nulls_distinct: true → false

-- Step 3 of 6: build index to_same__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index to_same__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_same on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:5:7", "builds": "public.to_same__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"to_same__reconcile_new\" ON \"public\".\"users\" (\"b\", \"a\") NULLS NOT DISTINCT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "to_same__reconcile_new" ON "public"."users" ("b", "a") NULLS NOT DISTINCT;
SELECT "public".log_migration_step('reconcile <digest>', 'build index to_same__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_same on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:5:7", "builds": "public.to_same__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"to_same__reconcile_new\" ON \"public\".\"users\" (\"b\", \"a\") NULLS NOT DISTINCT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 6: replace unique to_same on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique to_same on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_same on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"to_same\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"to_same\" UNIQUE USING INDEX \"to_same__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "to_same";
ALTER TABLE "public"."users" ADD CONSTRAINT "to_same" UNIQUE USING INDEX "to_same__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique to_same on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique to_same on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"to_same\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"to_same\" UNIQUE USING INDEX \"to_same__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique users_code_key on public.users (schema.yaml:7:7)

-- Step 5 of 6: build index users_code_key on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_code_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "builds": "public.users_code_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_code_key\" ON \"public\".\"users\" (\"code\") NULLS NOT DISTINCT WITH (\"fillfactor\" = ''70'') TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_code_key" ON "public"."users" ("code") NULLS NOT DISTINCT WITH ("fillfactor" = '70') TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_code_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "builds": "public.users_code_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_code_key\" ON \"public\".\"users\" (\"code\") NULLS NOT DISTINCT WITH (\"fillfactor\" = ''70'') TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 6: add unique users_code_key on public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_code_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_code_key\" UNIQUE USING INDEX \"users_code_key\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_code_key" UNIQUE USING INDEX "users_code_key" DEFERRABLE INITIALLY DEFERRED;
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_code_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_code_key\" UNIQUE USING INDEX \"users_code_key\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
