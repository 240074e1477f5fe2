-- Plan: 1 foreign key, 1 check, 1 index, 1 unique constraint and 1 not-null to drop; 5 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 5, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- drop foreign key unwanted_fk on public.readings (schema.yaml:6:51)
--   hazard constraint-dropped: foreign key unwanted_fk on public.readings

-- Step 1 of 5: drop foreign key unwanted_fk on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 3 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key unwanted_fk on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key unwanted_fk on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:51", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_fk\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "unwanted_fk";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key unwanted_fk on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key unwanted_fk on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:51", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_fk\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop check unwanted_check on public.readings (schema.yaml:6:35)
--   hazard constraint-dropped: check unwanted_check on public.readings

-- Step 2 of 5: drop check unwanted_check on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop check unwanted_check on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check unwanted_check on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:35", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "unwanted_check";
SELECT "public".log_migration_step('reconcile <digest>', 'drop check unwanted_check on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check unwanted_check on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:6:35", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop index unwanted on public.readings (schema.yaml:5:17)
--   hazard index-dropped: index unwanted on public.readings

-- Step 3 of 5: drop index unwanted on public.readings, of all partitions [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index unwanted on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index unwanted on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:5:17", "sql": ["DROP INDEX \"public\".\"unwanted\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
DROP INDEX "public"."unwanted";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index unwanted on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index unwanted on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Index", "columns": [{"column": "sensor", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_sensor_idx", "public.readings_south": "readings_south_sensor_idx", "public.readings_south_2025": "readings_south_2025_sensor_idx", "public.readings_south_2026": "readings_south_2026_sensor_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:5:17", "sql": ["DROP INDEX \"public\".\"unwanted\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique unwanted_key on public.readings (schema.yaml:6:21)
--   hazard constraint-dropped: unique unwanted_key on public.readings

-- Step 4 of 5: drop unique unwanted_key on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique unwanted_key on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique unwanted_key on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Unique", "columns": ["region", "at", "note"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_region_at_note_key", "public.readings_south": "readings_south_region_at_note_key", "public.readings_south_2025": "readings_south_2025_region_at_note_key", "public.readings_south_2026": "readings_south_2026_region_at_note_key"}, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:6:21", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "unwanted_key";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique unwanted_key on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique unwanted_key on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Unique", "columns": ["region", "at", "note"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_region_at_note_key", "public.readings_south": "readings_south_region_at_note_key", "public.readings_south_2025": "readings_south_2025_region_at_note_key", "public.readings_south_2026": "readings_south_2026_region_at_note_key"}, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:6:21", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop not null of public.readings.value (schema.yaml:7:18)
--   hazard constraint-dropped: not null of public.readings.value

-- Step 5 of 5: drop not null of public.readings.value [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.readings.value', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "NotNull", "name": "readings_value_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:7:18", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_north\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south_2025\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south_2026\" ALTER COLUMN \"value\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ALTER COLUMN "value" DROP NOT NULL;
ALTER TABLE "public"."readings_north" ALTER COLUMN "value" DROP NOT NULL;
ALTER TABLE "public"."readings_south" ALTER COLUMN "value" DROP NOT NULL;
ALTER TABLE "public"."readings_south_2025" ALTER COLUMN "value" DROP NOT NULL;
ALTER TABLE "public"."readings_south_2026" ALTER COLUMN "value" DROP NOT NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.readings.value', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "NotNull", "name": "readings_value_not_null", "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:7:18", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_north\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south_2025\" ALTER COLUMN \"value\" DROP NOT NULL", "ALTER TABLE \"public\".\"readings_south_2026\" ALTER COLUMN \"value\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
