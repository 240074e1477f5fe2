-- Plan: 4 unique constraints to alter; 8 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 8, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter unique carried on public.users (schema.yaml:6:7)
--   include[0]: none → id

-- Step 1 of 8: build index carried__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index carried__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique carried on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.carried__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"carried__reconcile_new\" ON \"public\".\"users\" (\"a\", \"b\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "carried__reconcile_new" ON "public"."users" ("a", "b") INCLUDE ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index carried__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique carried on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.carried__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"carried__reconcile_new\" ON \"public\".\"users\" (\"a\", \"b\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 8: replace unique carried on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique carried on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique carried on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"carried\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"carried\" UNIQUE USING INDEX \"carried__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "carried";
ALTER TABLE "public"."users" ADD CONSTRAINT "carried" UNIQUE USING INDEX "carried__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique carried on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique carried on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "b"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"carried\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"carried\" UNIQUE USING INDEX \"carried__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique deferral on public.users (schema.yaml:7:7)
--   deferrable: false → true
--   initially_deferred: false → true

-- Step 3 of 8: build index deferral__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index deferral__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "builds": "public.deferral__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"deferral__reconcile_new\" ON \"public\".\"users\" (\"id\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "deferral__reconcile_new" ON "public"."users" ("id", "a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index deferral__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "builds": "public.deferral__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"deferral__reconcile_new\" ON \"public\".\"users\" (\"id\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 8: replace unique deferral on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique deferral on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"deferral\" UNIQUE USING INDEX \"deferral__reconcile_new\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "deferral";
ALTER TABLE "public"."users" ADD CONSTRAINT "deferral" UNIQUE USING INDEX "deferral__reconcile_new" DEFERRABLE INITIALLY DEFERRED;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique deferral on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "a"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": true, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"deferral\" UNIQUE USING INDEX \"deferral__reconcile_new\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique key on public.users (schema.yaml:5:7)
--   columns[0]: a → b
--   comment: old → new

-- Step 5 of 8: build index key__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index key__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "old", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"key__reconcile_new\" ON \"public\".\"users\" (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "key__reconcile_new" ON "public"."users" ("b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index key__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "old", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"key__reconcile_new\" ON \"public\".\"users\" (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 8: replace unique key on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "old", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"key\" UNIQUE USING INDEX \"key__reconcile_new\"", "COMMENT ON CONSTRAINT \"key\" ON \"public\".\"users\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "key";
ALTER TABLE "public"."users" ADD CONSTRAINT "key" UNIQUE USING INDEX "key__reconcile_new";
COMMENT ON CONSTRAINT "key" ON "public"."users" IS 'new';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "old", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"key\" UNIQUE USING INDEX \"key__reconcile_new\"", "COMMENT ON CONSTRAINT \"key\" ON \"public\".\"users\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique place on public.users (schema.yaml:8:7)
--   tablespace: none → fast

-- Step 7 of 8: build index place__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index place__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique place on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "builds": "public.place__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"place__reconcile_new\" ON \"public\".\"users\" (\"id\", \"b\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "place__reconcile_new" ON "public"."users" ("id", "b") TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build index place__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique place on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "builds": "public.place__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"place__reconcile_new\" ON \"public\".\"users\" (\"id\", \"b\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 8: replace unique place on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique place on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique place on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"place\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"place\" UNIQUE USING INDEX \"place__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "place";
ALTER TABLE "public"."users" ADD CONSTRAINT "place" UNIQUE USING INDEX "place__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique place on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique place on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"place\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"place\" UNIQUE USING INDEX \"place__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
