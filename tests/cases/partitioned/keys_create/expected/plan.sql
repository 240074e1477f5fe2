-- Plan: 1 primary key and 1 unique constraint to create; 14 steps.
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

-- create primary key of public.readings (schema.yaml:4:18)

-- Step 1 of 14: make primary key of public.readings on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."readings" ADD CONSTRAINT "readings_pkey" PRIMARY KEY ("region", "at", "sensor");
ALTER TABLE ONLY "public"."readings_south" ADD CONSTRAINT "readings_south_pkey" PRIMARY KEY ("region", "at", "sensor");
ALTER INDEX "public"."readings_pkey" ATTACH PARTITION "public"."readings_south_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 14: build index readings_north_pkey on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_pkey on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "builds": "public.readings_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_pkey\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "readings_north_pkey" ON "public"."readings_north" ("region", "at", "sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_north_pkey on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "builds": "public.readings_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_pkey\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 14: attach index public.readings_north_pkey to primary key of public.readings [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_north_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_pkey to primary key of public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_pkey\" PRIMARY KEY USING INDEX \"readings_north_pkey\"", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_pkey" PRIMARY KEY USING INDEX "readings_north_pkey";
ALTER INDEX "public"."readings_pkey" ATTACH PARTITION "public"."readings_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_north_pkey to primary key of public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_pkey\" PRIMARY KEY USING INDEX \"readings_north_pkey\"", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 14: build index readings_south_2025_pkey on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_pkey on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "builds": "public.readings_south_2025_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_pkey\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2025_pkey" ON "public"."readings_south_2025" ("region", "at", "sensor");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_pkey on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "builds": "public.readings_south_2025_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_pkey\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 14: attach index public.readings_south_2025_pkey to primary key of public.readings [brief]
--   locks public.readings_south_2025 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2025_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_pkey to primary key of public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_pkey\" PRIMARY KEY USING INDEX \"readings_south_2025_pkey\"", "ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"readings_south_2025_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2025" ADD CONSTRAINT "readings_south_2025_pkey" PRIMARY KEY USING INDEX "readings_south_2025_pkey";
ALTER INDEX "public"."readings_south_pkey" ATTACH PARTITION "public"."readings_south_2025_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_pkey to primary key of public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_pkey\" PRIMARY KEY USING INDEX \"readings_south_2025_pkey\"", "ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"readings_south_2025_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 14: attach index public.its_own_key to primary key of public.readings [brief]
--   locks public.readings_south_2026 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.its_own_key ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.its_own_key to primary key of public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"its_own_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."readings_south_pkey" ATTACH PARTITION "public"."its_own_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.its_own_key to primary key of public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"its_own_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 14: alter primary key of public.readings [brief]
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"readings_pkey\" ON \"public\".\"readings\" IS ''how readings are told apart''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "readings_pkey" ON "public"."readings" IS 'how readings are told apart';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid", "name": "readings_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"readings_pkey\" ON \"public\".\"readings\" IS ''how readings are told apart''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique readings_value_key on public.readings (schema.yaml:6:7)

-- Step 8 of 14: make unique readings_value_key on public.readings on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique readings_value_key on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_value_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_region_at_value_note_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"readings_south_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."readings" ADD CONSTRAINT "readings_value_key" UNIQUE ("region", "at", "value") INCLUDE ("note") DEFERRABLE;
ALTER TABLE ONLY "public"."readings_south" ADD CONSTRAINT "readings_south_region_at_value_note_key" UNIQUE ("region", "at", "value") INCLUDE ("note") DEFERRABLE;
ALTER INDEX "public"."readings_value_key" ATTACH PARTITION "public"."readings_south_region_at_value_note_key";
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique readings_value_key on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_value_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_region_at_value_note_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"readings_south_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 14: build index north_value on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index north_value on public.readings_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.north_value", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"north_value\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "north_value" ON "public"."readings_north" ("region", "at", "value") INCLUDE ("note");
SELECT "public".log_migration_step('reconcile <digest>', 'build index north_value on public.readings_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.north_value", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"north_value\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 10 of 14: attach index public.north_value to unique readings_value_key on public.readings [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.north_value ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.north_value to unique readings_value_key on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"north_value\" UNIQUE USING INDEX \"north_value\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"north_value\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "north_value" UNIQUE USING INDEX "north_value" DEFERRABLE;
ALTER INDEX "public"."readings_value_key" ATTACH PARTITION "public"."north_value";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.north_value to unique readings_value_key on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"north_value\" UNIQUE USING INDEX \"north_value\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"north_value\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 14: build index readings_south_2025_region_at_value_note_key on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 11 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_region_at_value_note_key on public.readings_south_2025', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2025_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_region_at_value_note_key\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2025_region_at_value_note_key" ON "public"."readings_south_2025" ("region", "at", "value") INCLUDE ("note");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2025_region_at_value_note_key on public.readings_south_2025', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2025_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_region_at_value_note_key\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 12 of 14: attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings [brief]
--   locks public.readings_south_2025 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2025_region_at_value_note_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2025_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2025_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2025" ADD CONSTRAINT "readings_south_2025_region_at_value_note_key" UNIQUE USING INDEX "readings_south_2025_region_at_value_note_key" DEFERRABLE;
ALTER INDEX "public"."readings_south_region_at_value_note_key" ATTACH PARTITION "public"."readings_south_2025_region_at_value_note_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2025_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2025_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 14: build index readings_south_2026_region_at_value_note_key on public.readings_south_2026 [concurrent]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 13 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_region_at_value_note_key on public.readings_south_2026', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2026_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2026_region_at_value_note_key\" ON \"public\".\"readings_south_2026\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2026_region_at_value_note_key" ON "public"."readings_south_2026" ("region", "at", "value") INCLUDE ("note");
SELECT "public".log_migration_step('reconcile <digest>', 'build index readings_south_2026_region_at_value_note_key on public.readings_south_2026', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.readings_south_2026_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2026_region_at_value_note_key\" ON \"public\".\"readings_south_2026\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 14 of 14: attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings [brief]
--   locks public.readings_south_2026 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2026_region_at_value_note_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"readings_south_2026_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2026_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2026_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readings_south_2026" ADD CONSTRAINT "readings_south_2026_region_at_value_note_key" UNIQUE USING INDEX "readings_south_2026_region_at_value_note_key" DEFERRABLE;
ALTER INDEX "public"."readings_south_region_at_value_note_key" ATTACH PARTITION "public"."readings_south_2026_region_at_value_note_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["region", "at", "value"], "without_overlaps": false, "include": ["note"], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"readings_south_2026_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2026_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2026_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 14}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 14 steps'
