-- Plan: 2 indexes to rename, 1 index to create, 1 index to drop; 4 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 4, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename index idx_a on public.users, named old_a so far (schema.yaml:5:7)

-- Step 1 of 4: rename index old_a on public.users to idx_a [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index old_a on public.users to idx_a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_a on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"old_a\" RENAME TO \"idx_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."old_a" RENAME TO "idx_a";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index old_a on public.users to idx_a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_a on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"old_a\" RENAME TO \"idx_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename index idx_b on public.users, named old_b so far (schema.yaml:6:7)

-- Step 2 of 4: rename index old_b on public.users to idx_b [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index old_b on public.users to idx_b', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_b on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"old_b\" RENAME TO \"idx_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."old_b" RENAME TO "idx_b";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index old_b on public.users to idx_b', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_b on public.users", "schema": "public", "table": "users", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"old_b\" RENAME TO \"idx_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index idx_c on public.users (schema.yaml:7:7)

-- Step 3 of 4: build index idx_c on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_c on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_c on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.idx_c", "sql": ["CREATE INDEX CONCURRENTLY \"idx_c\" ON \"public\".\"users\" (\"c\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_c" ON "public"."users" ("c", "a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_c on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_c on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.idx_c", "sql": ["CREATE INDEX CONCURRENTLY \"idx_c\" ON \"public\".\"users\" (\"c\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- drop index old_c on public.users (schema.yaml:10:24)
--   hazard index-dropped: index old_c on public.users

-- Step 4 of 4: drop index old_c on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 4 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index old_c on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index old_c on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:10:24", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."old_c";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index old_c on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index old_c on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:10:24", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 4 steps'
