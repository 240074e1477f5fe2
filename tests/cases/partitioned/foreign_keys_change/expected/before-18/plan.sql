-- Plan: 2 foreign keys to alter; 9 steps.
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

-- alter foreign key changed on public.readings (schema.yaml:5:7)
--   on_delete: no action → cascade

-- Step 1 of 9: add foreign key changed__reconcile_new on public.readings_north, not valid yet [brief]
--   locks public.readings_north SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "changed__reconcile_new" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 9: validate foreign key changed__reconcile_new on public.readings_north [scan]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.sensors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" VALIDATE CONSTRAINT "changed__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 9: add foreign key changed__reconcile_new on public.readings_south_2025, not valid yet [brief]
--   locks public.readings_south_2025 SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2025" ADD CONSTRAINT "changed__reconcile_new" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 9: validate foreign key changed__reconcile_new on public.readings_south_2025 [scan]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.sensors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2025" VALIDATE CONSTRAINT "changed__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 9: add foreign key changed__reconcile_new on public.readings_south_2026, not valid yet [brief]
--   locks public.readings_south_2026 SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2026" ADD CONSTRAINT "changed__reconcile_new" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 9: validate foreign key changed__reconcile_new on public.readings_south_2026 [scan]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.sensors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2026" VALIDATE CONSTRAINT "changed__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key changed__reconcile_new on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" VALIDATE CONSTRAINT \"changed__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 9: add foreign key changed__reconcile_new on public.readings, which takes over those of its partitions [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ADD CONSTRAINT "changed__reconcile_new" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") ON DELETE CASCADE;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key changed__reconcile_new on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings\" ADD CONSTRAINT \"changed__reconcile_new\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") ON DELETE CASCADE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 9: replace foreign key changed on public.readings by its successor [brief]
--   locks public.readings, public.readings_north, public.readings_south and 3 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key changed on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"readings\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_north\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south_2025\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south_2026\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" DROP CONSTRAINT "changed";
ALTER TABLE "public"."readings" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
ALTER TABLE "public"."readings_north" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
ALTER TABLE "public"."readings_south" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
ALTER TABLE "public"."readings_south_2025" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
ALTER TABLE "public"."readings_south_2026" RENAME CONSTRAINT "changed__reconcile_new" TO "changed";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key changed on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key changed on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"readings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"readings\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_north\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south_2025\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\"", "ALTER TABLE \"public\".\"readings_south_2026\" RENAME CONSTRAINT \"changed__reconcile_new\" TO \"changed\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key in_place on public.readings (schema.yaml:6:7)
--   comment: none → new
--   deferrable: false → true

-- Step 9 of 9: alter foreign key in_place on public.readings [brief]
--   locks public.readings, public.readings_north, public.readings_south and 2 more ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key in_place on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key in_place on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": "new"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER CONSTRAINT \"in_place\" DEFERRABLE INITIALLY IMMEDIATE", "COMMENT ON CONSTRAINT \"in_place\" ON \"public\".\"readings\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings" ALTER CONSTRAINT "in_place" DEFERRABLE INITIALLY IMMEDIATE;
COMMENT ON CONSTRAINT "in_place" ON "public"."readings" IS 'new';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key in_place on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key in_place on public.readings", "schema": "public", "table": "readings", "action": "alter", "before": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": "new"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings\" ALTER CONSTRAINT \"in_place\" DEFERRABLE INITIALLY IMMEDIATE", "COMMENT ON CONSTRAINT \"in_place\" ON \"public\".\"readings\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
