-- Plan: 1 index to create; 3 steps.
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

-- create index readings_sensor_idx on public.readings (schema.yaml:5:7)
--   status: incomplete → valid

-- Step 1 of 3: attach index public.readings_north_sensor_idx to index readings_sensor_idx on public.readings [brief]
--   locks public.readings_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_north_sensor_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx to index readings_sensor_idx on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_sensor_idx\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_sensor_idx" ATTACH PARTITION "public"."readings_north_sensor_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_sensor_idx to index readings_sensor_idx on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_sensor_idx\" ATTACH PARTITION \"public\".\"readings_north_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 3: build index readings_south_2026_sensor_idx on public.readings_south_2026 [concurrent]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2026_sensor_idx", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx\" ON \"public\".\"readings_south_2026\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "readings_south_2026_sensor_idx" ON "public"."readings_south_2026" ("sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_sensor_idx on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.readings_south_2026_sensor_idx", "sql": ["CREATE INDEX CONCURRENTLY \"readings_south_2026_sensor_idx\" ON \"public\".\"readings_south_2026\" (\"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 3: attach index public.readings_south_2026_sensor_idx to index readings_sensor_idx on public.readings [brief]
--   locks public.readings_south_2026 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2026_sensor_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx to index readings_sensor_idx on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_sensor_idx" ATTACH PARTITION "public"."readings_south_2026_sensor_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_sensor_idx to index readings_sensor_idx on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index readings_sensor_idx on public.readings", "schema": "public", "table": "readings", "action": "create", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx"}, "status": "incomplete"}, "after": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"readings_south_sensor_idx\" ATTACH PARTITION \"public\".\"readings_south_2026_sensor_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
