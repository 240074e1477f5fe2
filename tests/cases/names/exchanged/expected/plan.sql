-- Plan: 1 unique constraint and 1 index to rename, 1 unique constraint and 2 indexes to alter; 7 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 7, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename index one__reconcile_new on public.t, named two so far (schema.yaml:5:15)

-- Step 1 of 7: rename index two on public.t to one__reconcile_new, for now [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index two on public.t to one__reconcile_new, for now', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one__reconcile_new on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "sql": ["ALTER INDEX \"public\".\"two\" RENAME TO \"one__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."two" RENAME TO "one__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index two on public.t to one__reconcile_new, for now', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one__reconcile_new on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "sql": ["ALTER INDEX \"public\".\"two\" RENAME TO \"one__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename unique two on public.t, named one so far (schema.yaml:4:14)

-- Step 2 of 7: rename unique one on public.t to two [brief]
--   locks public.t ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique one on public.t to two', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique two on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:14", "sql": ["ALTER TABLE \"public\".\"t\" RENAME CONSTRAINT \"one\" TO \"two\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."t" RENAME CONSTRAINT "one" TO "two";
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique one on public.t to two', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique two on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:14", "sql": ["ALTER TABLE \"public\".\"t\" RENAME CONSTRAINT \"one\" TO \"two\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename index one on public.t, named one__reconcile_new so far (schema.yaml:5:15)

-- Step 3 of 7: rename index one__reconcile_new on public.t to one [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index one__reconcile_new on public.t to one', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "sql": ["ALTER INDEX \"public\".\"one__reconcile_new\" RENAME TO \"one\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."one__reconcile_new" RENAME TO "one";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index one__reconcile_new on public.t to one', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.t", "schema": "public", "table": "t", "action": "rename", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "sql": ["ALTER INDEX \"public\".\"one__reconcile_new\" RENAME TO \"one\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index i on public.p (schema.yaml:8:15)
--   partitions.public.p1: x1 → x1__reconcile_old

-- Step 4 of 7: alter index i on public.p, for now [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index i on public.p, for now', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1__reconcile_old"}, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"public\".\"x1\" RENAME TO \"x1__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."x1" RENAME TO "x1__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index i on public.p, for now', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1__reconcile_old"}, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"public\".\"x1\" RENAME TO \"x1__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique k on public.p (schema.yaml:9:14)
--   partitions.public.p1: x3 → x1

-- Step 5 of 7: alter unique k on public.p [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique k on public.p', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique k on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Unique", "columns": ["a", "c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x3"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:14", "sql": ["ALTER INDEX \"public\".\"x3\" RENAME TO \"x1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."x3" RENAME TO "x1";
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique k on public.p', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique k on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Unique", "columns": ["a", "c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x3"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a", "c"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:14", "sql": ["ALTER INDEX \"public\".\"x3\" RENAME TO \"x1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index j on public.p (schema.yaml:8:54)
--   partitions.public.p1: x2 → x3

-- Step 6 of 7: alter index j on public.p [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index j on public.p', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index j on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x2"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x3"}, "status": "valid"}, "place": "schema.yaml:8:54", "sql": ["ALTER INDEX \"public\".\"x2\" RENAME TO \"x3\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."x2" RENAME TO "x3";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index j on public.p', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index j on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x2"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x3"}, "status": "valid"}, "place": "schema.yaml:8:54", "sql": ["ALTER INDEX \"public\".\"x2\" RENAME TO \"x3\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index i on public.p (schema.yaml:8:15)
--   partitions.public.p1: x1 → x2

-- Step 7 of 7: alter index i on public.p [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index i on public.p', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1__reconcile_old"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x2"}, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"public\".\"x1__reconcile_old\" RENAME TO \"x2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."x1__reconcile_old" RENAME TO "x2";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index i on public.p', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i on public.p", "schema": "public", "table": "p", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x1__reconcile_old"}, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.p1": "x2"}, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"public\".\"x1__reconcile_old\" RENAME TO \"x2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 7}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 7 steps'
