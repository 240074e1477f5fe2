-- Plan: 2 indexes to create; 14 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 14, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index one on public.readings (schema.yaml:5:7)

-- Step 1 of 14: make index one on public.readings on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.readings SHARE: blocks writes
--   locks public.readings_south SHARE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index one on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["CREATE INDEX \"one\" ON ONLY \"public\".\"readings\" (\"sensor\")", "CREATE INDEX \"readings_south_sensor_idx\" ON ONLY \"public\".\"readings_south\" (\"sensor\")", "ALTER INDEX \"public\".\"one\" ATTACH PARTITION \"public\".\"readings_south_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "one" ON ONLY "public"."readings" ("sensor");
CREATE INDEX "readings_south_sensor_idx" ON ONLY "public"."readings_south" ("sensor");
ALTER INDEX "public"."one" ATTACH PARTITION "public"."readings_south_sensor_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'begin index one on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["CREATE INDEX \"one\" ON ONLY \"public\".\"readings\" (\"sensor\")", "CREATE INDEX \"readings_south_sensor_idx\" ON ONLY \"public\".\"readings_south\" (\"sensor\")", "ALTER INDEX \"public\".\"one\" ATTACH PARTITION \"public\".\"readings_south_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 14: build index readings_north_sensor_idx1 on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_sensor_idx1 on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_north_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_north_sensor_idx1\" ON \"public\".\"readings_north\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_north_sensor_idx1" ON "public"."readings_north" ("sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_sensor_idx1 on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_north_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_north_sensor_idx1\" ON \"public\".\"readings_north\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 14: attach index public.readings_north_sensor_idx1 to index one on public.readings [brief]
--   locks public.readings_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_north_sensor_idx1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx1 to index one on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"one\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."one" ATTACH PARTITION "public"."readings_north_sensor_idx1";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx1 to index one on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"one\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 14: build index readings_south_2025_sensor_idx1 on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_sensor_idx1 on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2025_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2025_sensor_idx1\" ON \"public\".\"readings_south_2025\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_south_2025_sensor_idx1" ON "public"."readings_south_2025" ("sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_sensor_idx1 on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2025_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2025_sensor_idx1\" ON \"public\".\"readings_south_2025\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 14: attach index public.readings_south_2025_sensor_idx1 to index one on public.readings [brief]
--   locks public.readings_south_2025 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south_2025_sensor_idx1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_sensor_idx1 to index one on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2025_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_sensor_idx" ATTACH PARTITION "public"."readings_south_2025_sensor_idx1";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_sensor_idx1 to index one on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2025_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 14: build index readings_south_2026_sensor_idx on public.readings_south_2026 [concurrent]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2026_sensor_idx", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx\" ON \"public\".\"readings_south_2026\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_south_2026_sensor_idx" ON "public"."readings_south_2026" ("sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2026_sensor_idx", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx\" ON \"public\".\"readings_south_2026\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 14: attach index public.readings_south_2026_sensor_idx to index one on public.readings [brief]
--   locks public.readings_south_2026 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2026_sensor_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx to index one on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_sensor_idx" ATTACH PARTITION "public"."readings_south_2026_sensor_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx to index one on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index one on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx1", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx1", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index two on public.readings (schema.yaml:6:7)

-- Step 8 of 14: make index two on public.readings on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.readings SHARE: blocks writes
--   locks public.readings_south SHARE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index two on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["CREATE INDEX \"two\" ON ONLY \"public\".\"readings\" (\"sensor\") WHERE (sensor > 0)", "CREATE INDEX \"readings_south_sensor_idx1\" ON ONLY \"public\".\"readings_south\" (\"sensor\") WHERE (sensor > 0)", "ALTER INDEX \"public\".\"two\" ATTACH PARTITION \"public\".\"readings_south_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "two" ON ONLY "public"."readings" ("sensor") WHERE (sensor > 0);
CREATE INDEX "readings_south_sensor_idx1" ON ONLY "public"."readings_south" ("sensor") WHERE (sensor > 0);
ALTER INDEX "public"."two" ATTACH PARTITION "public"."readings_south_sensor_idx1";
SELECT "public".log_migration_step('reconcile <digest>', 'begin index two on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["CREATE INDEX \"two\" ON ONLY \"public\".\"readings\" (\"sensor\") WHERE (sensor > 0)", "CREATE INDEX \"readings_south_sensor_idx1\" ON ONLY \"public\".\"readings_south\" (\"sensor\") WHERE (sensor > 0)", "ALTER INDEX \"public\".\"two\" ATTACH PARTITION \"public\".\"readings_south_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 14: build index readings_north_sensor_idx2 on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_sensor_idx2 on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_north_sensor_idx2", "sql": ["CREATE INDEX CONCURRENTLY \"readings_north_sensor_idx2\" ON \"public\".\"readings_north\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_north_sensor_idx2" ON "public"."readings_north" ("sensor") WHERE (sensor > 0);
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_sensor_idx2 on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_north_sensor_idx2", "sql": ["CREATE INDEX CONCURRENTLY \"readings_north_sensor_idx2\" ON \"public\".\"readings_north\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 10 of 14: attach index public.readings_north_sensor_idx2 to index two on public.readings [brief]
--   locks public.readings_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_north_sensor_idx2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx2 to index two on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"two\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."two" ATTACH PARTITION "public"."readings_north_sensor_idx2";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx2 to index two on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"two\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 14: build index readings_south_2025_sensor_idx2 on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 11 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_sensor_idx2 on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2025_sensor_idx2", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2025_sensor_idx2\" ON \"public\".\"readings_south_2025\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_south_2025_sensor_idx2" ON "public"."readings_south_2025" ("sensor") WHERE (sensor > 0);
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_sensor_idx2 on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2025_sensor_idx2", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2025_sensor_idx2\" ON \"public\".\"readings_south_2025\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 12 of 14: attach index public.readings_south_2025_sensor_idx2 to index two on public.readings [brief]
--   locks public.readings_south_2025 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south_2025_sensor_idx2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_sensor_idx2 to index two on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx1\" ATTACH PARTITION \"public\".\"readings_south_2025_sensor_idx2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_sensor_idx1" ATTACH PARTITION "public"."readings_south_2025_sensor_idx2";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_sensor_idx2 to index two on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx1\" ATTACH PARTITION \"public\".\"readings_south_2025_sensor_idx2\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 14: build index readings_south_2026_sensor_idx1 on public.readings_south_2026 [concurrent]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 13 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx1 on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2026_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx1\" ON \"public\".\"readings_south_2026\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_south_2026_sensor_idx1" ON "public"."readings_south_2026" ("sensor") WHERE (sensor > 0);
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx1 on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2026_sensor_idx1", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx1\" ON \"public\".\"readings_south_2026\" (\"sensor\") WHERE (sensor > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 14 of 14: attach index public.readings_south_2026_sensor_idx1 to index two on public.readings [brief]
--   locks public.readings_south_2026 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2026_sensor_idx1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx1 to index two on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx1\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_sensor_idx1" ATTACH PARTITION "public"."readings_south_2026_sensor_idx1";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx1 to index two on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "sensor > 0", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx2", "public.readings_south": "readings_south_sensor_idx1", "public.readings_south_2025": "readings_south_2025_sensor_idx2", "public.readings_south_2026": "readings_south_2026_sensor_idx1"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx1\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 14}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 14 steps'
