-- Plan: 1 not-null to create, 2 primary keys to alter, 1 primary key and 2 not-nulls to drop; 8 steps.
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

-- create not null of public.moved.b (schema.yaml:4:18)

-- Step 1 of 8: add not null of public.moved.b [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.moved.b', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.b", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "NotNull", "name": "moved_b_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"moved_b_not_null\" NOT NULL \"b\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" ADD CONSTRAINT "moved_b_not_null" NOT NULL "b" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.moved.b', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.b", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "NotNull", "name": "moved_b_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"moved_b_not_null\" NOT NULL \"b\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 8: validate not null of public.moved.b [scan]
--   locks public.moved SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.moved.b', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.b", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "NotNull", "name": "moved_b_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" VALIDATE CONSTRAINT \"moved_b_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" VALIDATE CONSTRAINT "moved_b_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.moved.b', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.b", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "NotNull", "name": "moved_b_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" VALIDATE CONSTRAINT \"moved_b_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.moved (schema.yaml:4:18)
--   columns[0]: a → b
--   name: old_key → new_key

-- Step 3 of 8: build index new_key__reconcile_new on public.moved [concurrent]
--   locks public.moved SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index new_key__reconcile_new on public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:4:18", "builds": "public.new_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"new_key__reconcile_new\" ON \"public\".\"moved\" (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "new_key__reconcile_new" ON "public"."moved" ("b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index new_key__reconcile_new on public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:4:18", "builds": "public.new_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"new_key__reconcile_new\" ON \"public\".\"moved\" (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 8: replace primary key of public.moved, using its new index [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" DROP CONSTRAINT \"old_key\"", "ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"new_key\" PRIMARY KEY USING INDEX \"new_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" DROP CONSTRAINT "old_key";
ALTER TABLE "public"."moved" ADD CONSTRAINT "new_key" PRIMARY KEY USING INDEX "new_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"moved\" DROP CONSTRAINT \"old_key\"", "ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"new_key\" PRIMARY KEY USING INDEX \"new_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.renamed (schema.yaml:9:18)
--   name: some_name → renamed_pkey

-- Step 5 of 8: alter primary key of public.renamed [brief]
--   locks public.renamed ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.renamed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.renamed", "schema": "public", "table": "renamed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "some_name"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "renamed_pkey"}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"some_name\" TO \"renamed_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."renamed" RENAME CONSTRAINT "some_name" TO "renamed_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.renamed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.renamed", "schema": "public", "table": "renamed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "some_name"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "renamed_pkey"}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"some_name\" TO \"renamed_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop primary key of public.dropped (schema.yaml:7:27)
--   hazard constraint-dropped: primary key of public.dropped

-- Step 6 of 8: drop primary key dropped_key on public.dropped [brief]
--   locks public.dropped ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key dropped_key on public.dropped', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "dropped_key"}, "after": null, "place": "schema.yaml:7:27", "sql": ["ALTER TABLE \"public\".\"dropped\" DROP CONSTRAINT \"dropped_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."dropped" DROP CONSTRAINT "dropped_key";
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key dropped_key on public.dropped', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "dropped_key"}, "after": null, "place": "schema.yaml:7:27", "sql": ["ALTER TABLE \"public\".\"dropped\" DROP CONSTRAINT \"dropped_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop not null of public.dropped.a (schema.yaml:7:50)
--   hazard constraint-dropped: not null of public.dropped.a

-- Step 7 of 8: drop not null of public.dropped.a [brief]
--   locks public.dropped ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.dropped.a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.dropped.a", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "NotNull", "name": "dropped_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:7:50", "sql": ["ALTER TABLE \"public\".\"dropped\" ALTER COLUMN \"a\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."dropped" ALTER COLUMN "a" DROP NOT NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.dropped.a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.dropped.a", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "NotNull", "name": "dropped_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:7:50", "sql": ["ALTER TABLE \"public\".\"dropped\" ALTER COLUMN \"a\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop not null of public.moved.a (schema.yaml:5:46)
--   hazard constraint-dropped: not null of public.moved.a

-- Step 8 of 8: drop not null of public.moved.a [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.moved.a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.a", "schema": "public", "table": "moved", "action": "drop", "before": {"type": "NotNull", "name": "moved_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:5:46", "sql": ["ALTER TABLE \"public\".\"moved\" ALTER COLUMN \"a\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" ALTER COLUMN "a" DROP NOT NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.moved.a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.moved.a", "schema": "public", "table": "moved", "action": "drop", "before": {"type": "NotNull", "name": "moved_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:5:46", "sql": ["ALTER TABLE \"public\".\"moved\" ALTER COLUMN \"a\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
