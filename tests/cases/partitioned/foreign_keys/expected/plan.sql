-- Plan: 4 foreign keys to create; 9 steps.
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

-- create foreign key alarms_north on public.alarms (schema.yaml:6:7)

-- Step 1 of 9: add foreign key alarms_north on public.alarms, not valid yet [brief]
--   locks public.alarms SHARE ROW EXCLUSIVE: blocks writes
--   locks public.readings_north SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key alarms_north on public.alarms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_north on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "readings_north"}, "ref_columns": ["sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"alarms\" ADD CONSTRAINT \"alarms_north\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"readings_north\" (\"sensor\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."alarms" ADD CONSTRAINT "alarms_north" FOREIGN KEY ("sensor") REFERENCES "public"."readings_north" ("sensor") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key alarms_north on public.alarms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_north on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "readings_north"}, "ref_columns": ["sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"alarms\" ADD CONSTRAINT \"alarms_north\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"readings_north\" (\"sensor\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 9: validate foreign key alarms_north on public.alarms [scan]
--   locks public.alarms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.readings_north ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key alarms_north on public.alarms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_north on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "readings_north"}, "ref_columns": ["sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"alarms\" VALIDATE CONSTRAINT \"alarms_north\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."alarms" VALIDATE CONSTRAINT "alarms_north";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key alarms_north on public.alarms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_north on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "readings_north"}, "ref_columns": ["sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"alarms\" VALIDATE CONSTRAINT \"alarms_north\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key alarms_reading on public.alarms (schema.yaml:5:7)

-- Step 3 of 9: add foreign key alarms_reading on public.alarms, not valid yet [brief]
--   locks public.alarms, public.readings, public.readings_north and 3 more SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key alarms_reading on public.alarms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_reading on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["region", "at", "sensor"], "ref_table": {"schema": "public", "name": "readings"}, "ref_columns": ["region", "at", "sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"alarms\" ADD CONSTRAINT \"alarms_reading\" FOREIGN KEY (\"region\", \"at\", \"sensor\") REFERENCES \"public\".\"readings\" (\"region\", \"at\", \"sensor\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."alarms" ADD CONSTRAINT "alarms_reading" FOREIGN KEY ("region", "at", "sensor") REFERENCES "public"."readings" ("region", "at", "sensor") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key alarms_reading on public.alarms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_reading on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["region", "at", "sensor"], "ref_table": {"schema": "public", "name": "readings"}, "ref_columns": ["region", "at", "sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"alarms\" ADD CONSTRAINT \"alarms_reading\" FOREIGN KEY (\"region\", \"at\", \"sensor\") REFERENCES \"public\".\"readings\" (\"region\", \"at\", \"sensor\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 9: validate foreign key alarms_reading on public.alarms [scan]
--   locks public.alarms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.readings ROW SHARE: blocks neither reads nor writes
--   locks public.readings_north, public.readings_south, public.readings_south_2025 and 1 more ACCESS SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key alarms_reading on public.alarms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_reading on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["region", "at", "sensor"], "ref_table": {"schema": "public", "name": "readings"}, "ref_columns": ["region", "at", "sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"alarms\" VALIDATE CONSTRAINT \"alarms_reading\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."alarms" VALIDATE CONSTRAINT "alarms_reading";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key alarms_reading on public.alarms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key alarms_reading on public.alarms", "schema": "public", "table": "alarms", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["region", "at", "sensor"], "ref_table": {"schema": "public", "name": "readings"}, "ref_columns": ["region", "at", "sensor"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"alarms\" VALIDATE CONSTRAINT \"alarms_reading\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key events_sensor on public.events (schema.yaml:9:7)

-- Step 5 of 9: add foreign key events_sensor on public.events, not valid yet [brief]
--   locks public.events SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key events_sensor on public.events', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key events_sensor on public.events", "schema": "public", "table": "events", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"events\" ADD CONSTRAINT \"events_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."events" ADD CONSTRAINT "events_sensor" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key events_sensor on public.events', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key events_sensor on public.events", "schema": "public", "table": "events", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"events\" ADD CONSTRAINT \"events_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 9: validate foreign key events_sensor on public.events [scan]
--   locks public.events SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key events_sensor on public.events', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key events_sensor on public.events", "schema": "public", "table": "events", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"events\" VALIDATE CONSTRAINT \"events_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."events" VALIDATE CONSTRAINT "events_sensor";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key events_sensor on public.events', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key events_sensor on public.events", "schema": "public", "table": "events", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"events\" VALIDATE CONSTRAINT \"events_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key readings_sensor on public.readings (schema.yaml:12:7)

-- Step 7 of 9: add foreign key readings_sensor on public.readings, not valid yet [brief]
--   locks public.readings, public.readings_north, public.readings_south and 3 more SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key readings_sensor on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ADD CONSTRAINT "readings_sensor" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key readings_sensor on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"readings_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 9: validate foreign key readings_sensor on public.readings [scan]
--   locks public.readings, public.readings_north, public.readings_south and 2 more SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.sensors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key readings_sensor on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" VALIDATE CONSTRAINT "readings_sensor";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key readings_sensor on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"readings\" VALIDATE CONSTRAINT \"readings_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 9: comment on foreign key readings_sensor on public.readings [brief]
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key readings_sensor on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["COMMENT ON CONSTRAINT \"readings_sensor\" ON \"public\".\"readings\" IS ''the one that measured''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "readings_sensor" ON "public"."readings" IS 'the one that measured';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key readings_sensor on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_sensor on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "the one that measured"}, "place": "schema.yaml:12:7", "sql": ["COMMENT ON CONSTRAINT \"readings_sensor\" ON \"public\".\"readings\" IS ''the one that measured''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
