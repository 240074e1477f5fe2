-- Plan: 2 not-nulls and 1 primary key to create, 1 primary key and 1 not-null to drop; 10 steps.
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

-- create not null of public.suburbs.name (schema.yaml:11:18)

-- Step 1 of 10: add check suburbs_name__reconcile_new on public.suburbs [brief]
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check suburbs_name__reconcile_new on public.suburbs', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ADD CONSTRAINT \"suburbs_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."suburbs" ADD CONSTRAINT "suburbs_name__reconcile_new" CHECK ("name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check suburbs_name__reconcile_new on public.suburbs', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ADD CONSTRAINT \"suburbs_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 10: validate check suburbs_name__reconcile_new on public.suburbs [scan]
--   locks public.suburbs SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check suburbs_name__reconcile_new on public.suburbs', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" VALIDATE CONSTRAINT \"suburbs_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."suburbs" VALIDATE CONSTRAINT "suburbs_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check suburbs_name__reconcile_new on public.suburbs', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" VALIDATE CONSTRAINT \"suburbs_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 10: add not null of public.suburbs.name [brief]
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.suburbs.name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"suburbs\" DROP CONSTRAINT \"suburbs_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."suburbs" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "public"."suburbs" DROP CONSTRAINT "suburbs_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.suburbs.name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.suburbs.name", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"suburbs\" DROP CONSTRAINT \"suburbs_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.places.name (schema.yaml:6:16)

-- Step 4 of 10: add check places_name__reconcile_new on public.places [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name__reconcile_new on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_name__reconcile_new" CHECK ("name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name__reconcile_new on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 10: validate check places_name__reconcile_new on public.places [scan]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.capitals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.suburbs SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name__reconcile_new on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" VALIDATE CONSTRAINT "places_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name__reconcile_new on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 10: add not null of public.places.name [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.places.name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "public"."places" DROP CONSTRAINT "places_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.places.name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:16", "sql": ["ALTER TABLE \"public\".\"places\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop primary key of public.places (schema.yaml:8:21)
--   hazard constraint-dropped: primary key of public.places

-- Step 7 of 10: drop primary key places_pkey on public.places [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key places_pkey on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "after": null, "place": "schema.yaml:8:21", "sql": ["ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" DROP CONSTRAINT "places_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key places_pkey on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "after": null, "place": "schema.yaml:8:21", "sql": ["ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.suburbs (schema.yaml:11:18)

-- Step 8 of 10: build index suburbs_pkey on public.suburbs [concurrent]
--   locks public.suburbs SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 8 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index suburbs_pkey on public.suburbs', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.suburbs", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "suburbs_pkey"}, "place": "schema.yaml:11:18", "builds": "public.suburbs_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"suburbs_pkey\" ON \"public\".\"suburbs\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "suburbs_pkey" ON "public"."suburbs" ("name");
SELECT "public".log_migration_step('reconcile <digest>', 'build index suburbs_pkey on public.suburbs', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.suburbs", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "suburbs_pkey"}, "place": "schema.yaml:11:18", "builds": "public.suburbs_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"suburbs_pkey\" ON \"public\".\"suburbs\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 9 of 10: add primary key of public.suburbs, using its index [brief]
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.suburbs', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.suburbs", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "suburbs_pkey"}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ADD CONSTRAINT \"suburbs_pkey\" PRIMARY KEY USING INDEX \"suburbs_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."suburbs" ADD CONSTRAINT "suburbs_pkey" PRIMARY KEY USING INDEX "suburbs_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.suburbs', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.suburbs", "schema": "public", "table": "suburbs", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "suburbs_pkey"}, "place": "schema.yaml:11:18", "sql": ["ALTER TABLE \"public\".\"suburbs\" ADD CONSTRAINT \"suburbs_pkey\" PRIMARY KEY USING INDEX \"suburbs_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop not null of public.places.id (schema.yaml:9:18)
--   hazard constraint-dropped: not null of public.places.id

-- Step 10 of 10: drop not null of public.places.id [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.suburbs ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.places.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.id", "schema": "public", "table": "places", "action": "drop", "before": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE ONLY \"public\".\"places\" ALTER COLUMN \"id\" DROP NOT NULL", "ALTER TABLE ONLY \"public\".\"suburbs\" ALTER COLUMN \"id\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."places" ALTER COLUMN "id" DROP NOT NULL;
ALTER TABLE ONLY "public"."suburbs" ALTER COLUMN "id" DROP NOT NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'drop not null of public.places.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.id", "schema": "public", "table": "places", "action": "drop", "before": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE ONLY \"public\".\"places\" ALTER COLUMN \"id\" DROP NOT NULL", "ALTER TABLE ONLY \"public\".\"suburbs\" ALTER COLUMN \"id\" DROP NOT NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
