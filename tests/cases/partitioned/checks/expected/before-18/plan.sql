-- Plan: 1 not-null and 1 check to create, 1 check to alter, 1 check to drop; 9 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 9, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create not null of public.readings.value (schema.yaml:4:16)

-- Step 1 of 9: add check readings_value__reconcile_new on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_value__reconcile_new on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_value__reconcile_new\" CHECK (\"value\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ADD CONSTRAINT "readings_value__reconcile_new" CHECK ("value" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_value__reconcile_new on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_value__reconcile_new\" CHECK (\"value\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 9: validate check readings_value__reconcile_new on public.readings [scan]
--   locks public.readings, public.readings_north, public.readings_south and 2 more SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_value__reconcile_new on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "readings_value__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_value__reconcile_new on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 9: add not null of public.readings.value [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.readings.value', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER COLUMN \"value\" SET NOT NULL", "ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"readings_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ALTER COLUMN "value" SET NOT NULL;
ALTER TABLE "public"."readings" DROP CONSTRAINT "readings_value__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.readings.value', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings.value", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER COLUMN \"value\" SET NOT NULL", "ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"readings_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check changed on public.readings (schema.yaml:7:7)
--   expression: sensor > 0 → sensor >= 1

-- Step 4 of 9: add check changed__reconcile_new on public.readings, not valid yet [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check changed__reconcile_new on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"changed__reconcile_new\" CHECK (sensor >= 1) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ADD CONSTRAINT "changed__reconcile_new" CHECK (sensor >= 1) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check changed__reconcile_new on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"changed__reconcile_new\" CHECK (sensor >= 1) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 9: validate check changed__reconcile_new on public.readings [scan]
--   locks public.readings, public.readings_north, public.readings_south and 2 more SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check changed__reconcile_new on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "changed__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check changed__reconcile_new on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 9: replace check changed on public.readings by its successor [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check changed on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"readings\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "changed";
ALTER TABLE "public"."readings" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check changed on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "Check", "expression": "sensor > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "sensor >= 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"readings\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check readings_value_check on public.readings (schema.yaml:6:7)

-- Step 7 of 9: add check readings_value_check on public.readings, not valid yet [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_value_check on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_value_check on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_value_check\" CHECK (value > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ADD CONSTRAINT "readings_value_check" CHECK (value > (0)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_value_check on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_value_check on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_value_check\" CHECK (value > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 9: validate check readings_value_check on public.readings [scan]
--   locks public.readings, public.readings_north, public.readings_south and 2 more SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_value_check on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_value_check on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_value_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "readings_value_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_value_check on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_value_check on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_value_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop check unwanted on public.readings (schema.yaml:9:21)
--   hazard constraint-dropped: check unwanted on public.readings

-- Step 9 of 9: drop check unwanted on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop check unwanted on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check unwanted on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Check", "expression": "sensor < 100", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:21", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "unwanted";
SELECT "public".log_migration_step('reconcile <digest>', 'drop check unwanted on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check unwanted on public.readings", "schema": "public", "table": "readings", "action": "drop", "before": {"type": "Check", "expression": "sensor < 100", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:21", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"unwanted\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
