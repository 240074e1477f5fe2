-- Plan: 1 index and 1 unique constraint to drop; 3 steps.
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

-- drop index by_index_a on public.by_index (schema.yaml:3:32)
--   hazard index-dropped: index by_index_a on public.by_index

-- Step 1 of 3: set the replica identity of index by_index_a on public.by_index [brief]
--   locks public.by_index ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark index by_index_a on public.by_index', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_index_a on public.by_index", "schema": "public", "table": "by_index", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": true, "status": "valid"}, "after": null, "place": "schema.yaml:3:32", "sql": ["ALTER TABLE \"public\".\"by_index\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."by_index" REPLICA IDENTITY DEFAULT;
SELECT "public".log_migration_step('reconcile <digest>', 'mark index by_index_a on public.by_index', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_index_a on public.by_index", "schema": "public", "table": "by_index", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": true, "status": "valid"}, "after": null, "place": "schema.yaml:3:32", "sql": ["ALTER TABLE \"public\".\"by_index\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 3: drop index by_index_a on public.by_index [concurrent]
--   locks public.by_index SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 2 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index by_index_a on public.by_index', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_index_a on public.by_index", "schema": "public", "table": "by_index", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": true, "status": "valid"}, "after": null, "place": "schema.yaml:3:32", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"by_index_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."by_index_a";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index by_index_a on public.by_index', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_index_a on public.by_index", "schema": "public", "table": "by_index", "action": "drop", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": true, "status": "valid"}, "after": null, "place": "schema.yaml:3:32", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"by_index_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- drop unique by_constraint_a on public.by_constraint (schema.yaml:4:41)
--   hazard constraint-dropped: unique by_constraint_a on public.by_constraint

-- Step 3 of 3: drop unique by_constraint_a on public.by_constraint [brief]
--   locks public.by_constraint ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique by_constraint_a on public.by_constraint', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique by_constraint_a on public.by_constraint", "schema": "public", "table": "by_constraint", "action": "drop", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:4:41", "sql": ["ALTER TABLE \"public\".\"by_constraint\" REPLICA IDENTITY DEFAULT", "ALTER TABLE \"public\".\"by_constraint\" DROP CONSTRAINT \"by_constraint_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."by_constraint" REPLICA IDENTITY DEFAULT;
ALTER TABLE "public"."by_constraint" DROP CONSTRAINT "by_constraint_a";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique by_constraint_a on public.by_constraint', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique by_constraint_a on public.by_constraint", "schema": "public", "table": "by_constraint", "action": "drop", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:4:41", "sql": ["ALTER TABLE \"public\".\"by_constraint\" REPLICA IDENTITY DEFAULT", "ALTER TABLE \"public\".\"by_constraint\" DROP CONSTRAINT \"by_constraint_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
