-- Plan: 2 unique constraints to rename, 1 unique constraint to create, 1 unique constraint to drop; 5 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 5, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename unique users_a_key on public.users, named old_a so far (schema.yaml:5:7)

-- Step 1 of 5: rename unique old_a on public.users to users_a_key [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_a on public.users to users_a_key', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_a_key on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_a\" TO \"users_a_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" RENAME CONSTRAINT "old_a" TO "users_a_key";
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_a on public.users to users_a_key', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_a_key on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_a\" TO \"users_a_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename unique users_b_key on public.users, named old_b so far (schema.yaml:6:7)

-- Step 2 of 5: rename unique old_b on public.users to users_b_key [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_b on public.users to users_b_key', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_b_key on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_b\" TO \"users_b_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" RENAME CONSTRAINT "old_b" TO "users_b_key";
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_b on public.users to users_b_key', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_b_key on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_b\" TO \"users_b_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique users_c_key on public.users (schema.yaml:7:7)

-- Step 3 of 5: build index users_c_key on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 5'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_c_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_c_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["c", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "builds": "public.users_c_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_c_key\" ON \"public\".\"users\" (\"c\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_c_key" ON "public"."users" ("c", "a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_c_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_c_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["c", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "builds": "public.users_c_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_c_key\" ON \"public\".\"users\" (\"c\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 5: add unique users_c_key on public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_c_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_c_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["c", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_c_key\" UNIQUE USING INDEX \"users_c_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_c_key" UNIQUE USING INDEX "users_c_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_c_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_c_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["c", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_c_key\" UNIQUE USING INDEX \"users_c_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique old_c on public.users (schema.yaml:9:28)
--   hazard constraint-dropped: unique old_c on public.users

-- Step 5 of 5: drop unique old_c on public.users [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique old_c on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_c on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "old_c";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique old_c on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_c on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
