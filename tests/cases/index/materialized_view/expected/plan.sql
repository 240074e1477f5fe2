-- Plan: 2 indexes to create, 1 index to drop; 3 steps.
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

-- create index totals_day on public.totals (schema.yaml:5:7)

-- Step 1 of 3: build index totals_day on public.totals [concurrent]
--   locks public.totals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_day on public.totals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_day on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "day", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.totals_day", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"totals_day\" ON \"public\".\"totals\" (\"day\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "totals_day" ON "public"."totals" ("day");
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_day on public.totals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_day on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "day", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.totals_day", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"totals_day\" ON \"public\".\"totals\" (\"day\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index totals_total on public.totals (schema.yaml:6:7)

-- Step 2 of 3: build index totals_total on public.totals [concurrent]
--   locks public.totals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_total on public.totals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_total on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "total", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "total > (1)::numeric", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.totals_total", "sql": ["CREATE INDEX CONCURRENTLY \"totals_total\" ON \"public\".\"totals\" (\"total\" DESC) WHERE (total > (1)::numeric)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "totals_total" ON "public"."totals" ("total" DESC) WHERE (total > (1)::numeric);
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_total on public.totals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_total on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "total", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "total > (1)::numeric", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.totals_total", "sql": ["CREATE INDEX CONCURRENTLY \"totals_total\" ON \"public\".\"totals\" (\"total\" DESC) WHERE (total > (1)::numeric)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- drop index old on public.totals (schema.yaml:8:17)
--   hazard index-dropped: index old on public.totals

-- Step 3 of 3: drop index old on public.totals [concurrent]
--   locks public.totals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 3 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index old on public.totals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index old on public.totals", "schema": "public", "table": "totals", "action": "drop", "before": {"type": "Index", "columns": [{"column": "total", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:17", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index old on public.totals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index old on public.totals", "schema": "public", "table": "totals", "action": "drop", "before": {"type": "Index", "columns": [{"column": "total", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:17", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
