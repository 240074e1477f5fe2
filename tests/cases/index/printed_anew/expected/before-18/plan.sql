-- Plan: 2 indexes, 1 check and 1 exclusion constraint to alter; 10 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 10, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index e on public.t (schema.yaml:11:7)
--   tablespace: none → fast

-- Step 1 of 10: build index e__reconcile_new on public.t [concurrent]
--   locks public.t SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index e__reconcile_new on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.e__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"e__reconcile_new\" ON \"public\".\"t\" (((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))) TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "e__reconcile_new" ON "public"."t" (((s)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))) TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build index e__reconcile_new on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.e__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"e__reconcile_new\" ON \"public\".\"t\" (((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))) TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 10: give the name of index e on public.t to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index e on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER INDEX \"public\".\"e\" RENAME TO \"e__reconcile_old\"", "ALTER INDEX \"public\".\"e__reconcile_new\" RENAME TO \"e\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."e" RENAME TO "e__reconcile_old";
ALTER INDEX "public"."e__reconcile_new" RENAME TO "e";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index e on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER INDEX \"public\".\"e\" RENAME TO \"e__reconcile_old\"", "ALTER INDEX \"public\".\"e__reconcile_new\" RENAME TO \"e\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 10: drop index e__reconcile_old on public.t [concurrent]
--   locks public.t SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 3 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index e__reconcile_old on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"e__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."e__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index e__reconcile_old on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index e on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"e__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index i on public.t (schema.yaml:10:7)
--   columns[1]: none → {column: s}

-- Step 4 of 10: build index i__reconcile_new on public.t [concurrent]
--   locks public.t SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index i__reconcile_new on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.i__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"i__reconcile_new\" ON \"public\".\"t\" (\"a\", \"s\") WHERE ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "i__reconcile_new" ON "public"."t" ("a", "s") WHERE ((s)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]));
SELECT "public".log_migration_step('reconcile <digest>', 'build index i__reconcile_new on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.i__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"i__reconcile_new\" ON \"public\".\"t\" (\"a\", \"s\") WHERE ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 10: give the name of index i on public.t to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index i on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"i\" RENAME TO \"i__reconcile_old\"", "ALTER INDEX \"public\".\"i__reconcile_new\" RENAME TO \"i\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."i" RENAME TO "i__reconcile_old";
ALTER INDEX "public"."i__reconcile_new" RENAME TO "i";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index i on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"i\" RENAME TO \"i__reconcile_old\"", "ALTER INDEX \"public\".\"i__reconcile_new\" RENAME TO \"i\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 10: drop index i__reconcile_old on public.t [concurrent]
--   locks public.t SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 6 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index i__reconcile_old on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"i__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."i__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index i__reconcile_old on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"i__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter check c on public.t (schema.yaml:6:7)
--   no_inherit: false → true

-- Step 7 of 10: add check c__reconcile_new on public.t, not valid yet [brief]
--   locks public.t ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check c__reconcile_new on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"c__reconcile_new\" CHECK ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])) NO INHERIT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."t" ADD CONSTRAINT "c__reconcile_new" CHECK ((s)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])) NO INHERIT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check c__reconcile_new on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"c__reconcile_new\" CHECK ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])) NO INHERIT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 10: validate check c__reconcile_new on public.t [scan]
--   locks public.t SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check c__reconcile_new on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"c__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."t" VALIDATE CONSTRAINT "c__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check c__reconcile_new on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"c__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 10: replace check c on public.t by its successor [brief]
--   locks public.t ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check c on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" DROP CONSTRAINT \"c\"", "ALTER TABLE \"public\".\"t\" RENAME CONSTRAINT \"c__reconcile_new\" TO \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."t" DROP CONSTRAINT "c";
ALTER TABLE "public"."t" RENAME CONSTRAINT "c__reconcile_new" TO "c";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check c on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Check", "expression": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"t\" DROP CONSTRAINT \"c\"", "ALTER TABLE \"public\".\"t\" RENAME CONSTRAINT \"c__reconcile_new\" TO \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion x on public.t (schema.yaml:8:7)
--   elements[0].order: asc → desc

-- Step 10 of 10: build exclusion x on public.t anew, in place of what is there [scan]
--   locks public.t ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion x on public.t', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion x on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"t\" DROP CONSTRAINT \"x\"", "ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"x\" EXCLUDE USING \"btree\" (\"a\" DESC WITH OPERATOR(\"pg_catalog\".=)) WHERE ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."t" DROP CONSTRAINT "x";
ALTER TABLE "public"."t" ADD CONSTRAINT "x" EXCLUDE USING "btree" ("a" DESC WITH OPERATOR("pg_catalog".=)) WHERE ((s)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion x on public.t', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion x on public.t", "schema": "public", "table": "t", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": "(s)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": "(s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text])", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"t\" DROP CONSTRAINT \"x\"", "ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"x\" EXCLUDE USING \"btree\" (\"a\" DESC WITH OPERATOR(\"pg_catalog\".=)) WHERE ((s)::text = ANY (ARRAY[(''x''::character varying)::text, (''y''::character varying)::text]))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
