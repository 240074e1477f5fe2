-- Plan: 2 unique constraints and 1 index to create, 1 index and 1 unique constraint to drop; 6 steps.
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

-- create unique adopted_x on public.adopted (schema.yaml:4:14)

-- Step 1 of 6: add unique adopted_x on public.adopted, using its index [brief]
--   locks public.adopted ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique adopted_x on public.adopted', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique adopted_x on public.adopted", "schema": "public", "table": "adopted", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:14", "sql": ["ALTER TABLE \"public\".\"adopted\" ADD CONSTRAINT \"adopted_x\" UNIQUE USING INDEX \"adopted_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."adopted" ADD CONSTRAINT "adopted_x" UNIQUE USING INDEX "adopted_x";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique adopted_x on public.adopted', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique adopted_x on public.adopted", "schema": "public", "table": "adopted", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:14", "sql": ["ALTER TABLE \"public\".\"adopted\" ADD CONSTRAINT \"adopted_x\" UNIQUE USING INDEX \"adopted_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop index freed_x on public.freed (schema.yaml:8:23)
--   hazard index-dropped: index freed_x on public.freed

-- Step 2 of 6: drop index freed_x on public.freed [concurrent]
--   locks public.freed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 2 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index freed_x on public.freed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index freed_x on public.freed", "schema": "public", "table": "freed", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"freed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."freed_x";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index freed_x on public.freed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index freed_x on public.freed", "schema": "public", "table": "freed", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"freed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create unique freed_x on public.freed (schema.yaml:7:14)

-- Step 3 of 6: build index freed_x on public.freed [concurrent]
--   locks public.freed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index freed_x on public.freed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique freed_x on public.freed", "schema": "public", "table": "freed", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:14", "builds": "public.freed_x", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"freed_x\" ON \"public\".\"freed\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "freed_x" ON "public"."freed" ("a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index freed_x on public.freed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique freed_x on public.freed", "schema": "public", "table": "freed", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:14", "builds": "public.freed_x", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"freed_x\" ON \"public\".\"freed\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 6: add unique freed_x on public.freed, using its index [brief]
--   locks public.freed ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique freed_x on public.freed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique freed_x on public.freed", "schema": "public", "table": "freed", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"freed\" ADD CONSTRAINT \"freed_x\" UNIQUE USING INDEX \"freed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."freed" ADD CONSTRAINT "freed_x" UNIQUE USING INDEX "freed_x";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique freed_x on public.freed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique freed_x on public.freed", "schema": "public", "table": "freed", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"freed\" ADD CONSTRAINT \"freed_x\" UNIQUE USING INDEX \"freed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique reversed_x on public.reversed (schema.yaml:11:27)
--   hazard constraint-dropped: unique reversed_x on public.reversed

-- Step 5 of 6: drop unique reversed_x on public.reversed [brief]
--   locks public.reversed ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique reversed_x on public.reversed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique reversed_x on public.reversed", "schema": "public", "table": "reversed", "action": "drop", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:11:27", "sql": ["ALTER TABLE \"public\".\"reversed\" DROP CONSTRAINT \"reversed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."reversed" DROP CONSTRAINT "reversed_x";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique reversed_x on public.reversed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique reversed_x on public.reversed", "schema": "public", "table": "reversed", "action": "drop", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:11:27", "sql": ["ALTER TABLE \"public\".\"reversed\" DROP CONSTRAINT \"reversed_x\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index reversed_x on public.reversed (schema.yaml:10:15)

-- Step 6 of 6: build index reversed_x on public.reversed [concurrent]
--   locks public.reversed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index reversed_x on public.reversed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index reversed_x on public.reversed", "schema": "public", "table": "reversed", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:15", "builds": "public.reversed_x", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"reversed_x\" ON \"public\".\"reversed\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "reversed_x" ON "public"."reversed" ("a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index reversed_x on public.reversed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index reversed_x on public.reversed", "schema": "public", "table": "reversed", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:15", "builds": "public.reversed_x", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"reversed_x\" ON \"public\".\"reversed\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
