-- Plan: 1 not-null, 1 unique constraint, 1 index, 1 check and 1 foreign key to create; 10 steps.
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

-- create not null of public.readings_north.value (schema.yaml:4:20)

-- Step 1 of 10: add check readings_north_value__reconcile_new on public.readings_north [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_north_value__reconcile_new on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_value__reconcile_new\" CHECK (\"value\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_value__reconcile_new" CHECK ("value" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_north_value__reconcile_new on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_value__reconcile_new\" CHECK (\"value\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 10: validate check readings_north_value__reconcile_new on public.readings_north [scan]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_north_value__reconcile_new on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" VALIDATE CONSTRAINT "readings_north_value__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_north_value__reconcile_new on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 10: add not null of public.readings_north.value [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.readings_north.value', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" ALTER COLUMN \"value\" SET NOT NULL", "ALTER TABLE \"public\".\"readings_north\" DROP CONSTRAINT \"readings_north_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ALTER COLUMN "value" SET NOT NULL;
ALTER TABLE "public"."readings_north" DROP CONSTRAINT "readings_north_value__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.readings_north.value', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.readings_north.value", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:20", "sql": ["ALTER TABLE \"public\".\"readings_north\" ALTER COLUMN \"value\" SET NOT NULL", "ALTER TABLE \"public\".\"readings_north\" DROP CONSTRAINT \"readings_north_value__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique readings_north_key on public.readings_north (schema.yaml:6:7)

-- Step 4 of 10: build index readings_north_key on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_key on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_north_key on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["sensor", "at"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_north_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_key\" ON \"public\".\"readings_north\" (\"sensor\", \"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "readings_north_key" ON "public"."readings_north" ("sensor", "at");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_key on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_north_key on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["sensor", "at"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_north_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_key\" ON \"public\".\"readings_north\" (\"sensor\", \"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 10: add unique readings_north_key on public.readings_north, using its index [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique readings_north_key on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_north_key on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["sensor", "at"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_key\" UNIQUE USING INDEX \"readings_north_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_key" UNIQUE USING INDEX "readings_north_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique readings_north_key on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_north_key on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["sensor", "at"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_key\" UNIQUE USING INDEX \"readings_north_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index own on public.readings_north (schema.yaml:14:7)

-- Step 6 of 10: build index own on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index own on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index own on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "value", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.own", "sql": ["CREATE INDEX CONCURRENTLY \"own\" ON \"public\".\"readings_north\" (\"value\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "own" ON "public"."readings_north" ("value");
SELECT "public".log_migration_step('reconcile <digest>', 'build index own on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index own on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "value", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.own", "sql": ["CREATE INDEX CONCURRENTLY \"own\" ON \"public\".\"readings_north\" (\"value\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check readings_north_check on public.readings_north (schema.yaml:11:7)

-- Step 7 of 10: add check readings_north_check on public.readings_north, not valid yet [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_north_check on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_north_check on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_check\" CHECK (value > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_check" CHECK (value > (0)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readings_north_check on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_north_check on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_check\" CHECK (value > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 10: validate check readings_north_check on public.readings_north [scan]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_north_check on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_north_check on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" VALIDATE CONSTRAINT "readings_north_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readings_north_check on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readings_north_check on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "Check", "expression": "value > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key readings_north_sensor on public.readings_north (schema.yaml:8:7)

-- Step 9 of 10: add foreign key readings_north_sensor on public.readings_north, not valid yet [brief]
--   locks public.readings_north SHARE ROW EXCLUSIVE: blocks writes
--   locks public.sensors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key readings_north_sensor on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_north_sensor on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_sensor" FOREIGN KEY ("sensor") REFERENCES "public"."sensors" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key readings_north_sensor on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_north_sensor on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_sensor\" FOREIGN KEY (\"sensor\") REFERENCES \"public\".\"sensors\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 10: validate foreign key readings_north_sensor on public.readings_north [scan]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.sensors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key readings_north_sensor on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_north_sensor on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" VALIDATE CONSTRAINT "readings_north_sensor";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key readings_north_sensor on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key readings_north_sensor on public.readings_north", "schema": "public", "table": "readings_north", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["sensor"], "ref_table": {"schema": "public", "name": "sensors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" VALIDATE CONSTRAINT \"readings_north_sensor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
