-- Plan: 1 foreign key to drop, 1 primary key to alter; 3 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 3, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- drop foreign key child_a_fkey on public.child (schema.yaml:6:27)
--   hazard constraint-dropped: foreign key child_a_fkey on public.child

-- Step 1 of 3: drop foreign key child_a_fkey on public.child [brief]
--   locks public.child ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.target ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key child_a_fkey on public.child', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key child_a_fkey on public.child", "schema": "public", "table": "child", "action": "drop", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "target"}, "ref_columns": ["a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:27", "sql": ["ALTER TABLE \"public\".\"child\" DROP CONSTRAINT \"child_a_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."child" DROP CONSTRAINT "child_a_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key child_a_fkey on public.child', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key child_a_fkey on public.child", "schema": "public", "table": "child", "action": "drop", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "target"}, "ref_columns": ["a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:27", "sql": ["ALTER TABLE \"public\".\"child\" DROP CONSTRAINT \"child_a_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.target (schema.yaml:4:18)
--   include[0]: none → b

-- Step 2 of 3: build index target_pkey__reconcile_new on public.target [concurrent]
--   locks public.target SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index target_pkey__reconcile_new on public.target', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.target", "schema": "public", "table": "target", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "place": "schema.yaml:4:18", "builds": "public.target_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"target_pkey__reconcile_new\" ON \"public\".\"target\" (\"a\") INCLUDE (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "target_pkey__reconcile_new" ON "public"."target" ("a") INCLUDE ("b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index target_pkey__reconcile_new on public.target', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.target", "schema": "public", "table": "target", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "place": "schema.yaml:4:18", "builds": "public.target_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"target_pkey__reconcile_new\" ON \"public\".\"target\" (\"a\") INCLUDE (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 3: replace primary key of public.target, using its new index [brief]
--   locks public.target ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.target', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.target", "schema": "public", "table": "target", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"target\" DROP CONSTRAINT \"target_pkey\"", "ALTER TABLE \"public\".\"target\" ADD CONSTRAINT \"target_pkey\" PRIMARY KEY USING INDEX \"target_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."target" DROP CONSTRAINT "target_pkey";
ALTER TABLE "public"."target" ADD CONSTRAINT "target_pkey" PRIMARY KEY USING INDEX "target_pkey__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.target', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.target", "schema": "public", "table": "target", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "after": {"type": "PrimaryKey", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "target_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"target\" DROP CONSTRAINT \"target_pkey\"", "ALTER TABLE \"public\".\"target\" ADD CONSTRAINT \"target_pkey\" PRIMARY KEY USING INDEX \"target_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
