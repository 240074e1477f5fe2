-- Plan: 2 primary keys, 2 unique constraints and 2 indexes to create; 23 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 23, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create primary key of public.accounts_north (schema.yaml:10:18)

-- Step 1 of 23: build index accounts_north_pkey on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_pkey" ON "public"."accounts_north" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 23: add primary key of public.accounts_north, using its index [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_pkey" PRIMARY KEY USING INDEX "accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 23: comment on primary key of public.accounts_north [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on primary key of public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_pkey\" ON \"public\".\"accounts_north\" IS ''the copy goes by it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_north_pkey" ON "public"."accounts_north" IS 'the copy goes by it';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on primary key of public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_pkey\" ON \"public\".\"accounts_north\" IS ''the copy goes by it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 23: set the replica identity of primary key of public.accounts_north [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" REPLICA IDENTITY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" REPLICA IDENTITY USING INDEX "accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" REPLICA IDENTITY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.accounts (schema.yaml:4:18)

-- Step 5 of 23: make primary key of public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_pkey" PRIMARY KEY ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 23: attach index public.accounts_north_pkey to primary key of public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 23: build index accounts_south_pkey on public.accounts_south [concurrent]
--   locks public.accounts_south SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_pkey on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_south_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_pkey\" ON \"public\".\"accounts_south\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_pkey" ON "public"."accounts_south" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_pkey on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_south_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_pkey\" ON \"public\".\"accounts_south\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 23: attach index public.accounts_south_pkey to primary key of public.accounts [brief]
--   locks public.accounts_south ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_pkey to primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_pkey\" PRIMARY KEY USING INDEX \"accounts_south_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south" ADD CONSTRAINT "accounts_south_pkey" PRIMARY KEY USING INDEX "accounts_south_pkey";
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_south_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_pkey to primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_pkey\" PRIMARY KEY USING INDEX \"accounts_south_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique accounts_north_mail_region_key on public.accounts_north (schema.yaml:12:7)

-- Step 9 of 23: build index accounts_north_mail_region_key on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_region_key on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "builds": "public.accounts_north_mail_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" (\"mail\", \"region\") WITH (\"fillfactor\" = ''80'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_mail_region_key" ON "public"."accounts_north" ("mail", "region") WITH ("fillfactor" = '80');
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_region_key on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "builds": "public.accounts_north_mail_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" (\"mail\", \"region\") WITH (\"fillfactor\" = ''80'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 10 of 23: add unique accounts_north_mail_region_key on public.accounts_north, using its index [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique accounts_north_mail_region_key on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_mail_region_key\" UNIQUE USING INDEX \"accounts_north_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_mail_region_key" UNIQUE USING INDEX "accounts_north_mail_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique accounts_north_mail_region_key on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_mail_region_key\" UNIQUE USING INDEX \"accounts_north_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 23: comment on unique accounts_north_mail_region_key on public.accounts_north [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on unique accounts_north_mail_region_key on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" IS ''one account for each''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_north_mail_region_key" ON "public"."accounts_north" IS 'one account for each';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on unique accounts_north_mail_region_key on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "80"}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" IS ''one account for each''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique accounts_mail_key on public.accounts (schema.yaml:6:7)

-- Step 12 of 23: make unique accounts_mail_key on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_mail_key\" UNIQUE (\"mail\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_mail_key" UNIQUE ("mail", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_mail_key\" UNIQUE (\"mail\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 23: attach index public.accounts_north_mail_region_key to unique accounts_mail_key on public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_mail_region_key ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_region_key to unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_north_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_mail_key" ATTACH PARTITION "public"."accounts_north_mail_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_region_key to unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_north_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 14 of 23: build index accounts_south_mail_region_key on public.accounts_south [concurrent]
--   locks public.accounts_south SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 14 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_mail_region_key on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_mail_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_mail_region_key\" ON \"public\".\"accounts_south\" (\"mail\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_mail_region_key" ON "public"."accounts_south" ("mail", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_mail_region_key on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_mail_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_mail_region_key\" ON \"public\".\"accounts_south\" (\"mail\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 15 of 23: attach index public.accounts_south_mail_region_key to unique accounts_mail_key on public.accounts [brief]
--   locks public.accounts_south ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_mail_region_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_mail_region_key to unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_mail_region_key\" UNIQUE USING INDEX \"accounts_south_mail_region_key\"", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_south_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south" ADD CONSTRAINT "accounts_south_mail_region_key" UNIQUE USING INDEX "accounts_south_mail_region_key";
ALTER INDEX "public"."accounts_mail_key" ATTACH PARTITION "public"."accounts_south_mail_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_mail_region_key to unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_region_key", "public.accounts_south": "accounts_south_mail_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_mail_region_key\" UNIQUE USING INDEX \"accounts_south_mail_region_key\"", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_south_mail_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index lower_south on public.accounts_south (schema.yaml:15:7)

-- Step 16 of 23: build index lower_south on public.accounts_south [concurrent]
--   locks public.accounts_south SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 16 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index lower_south on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "builds": "public.lower_south", "sql": ["CREATE INDEX CONCURRENTLY \"lower_south\" ON \"public\".\"accounts_south\" ((lower(mail))) WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "lower_south" ON "public"."accounts_south" ((lower(mail))) WITH ("fillfactor" = '70');
SELECT "public".log_migration_step('reconcile <digest>', 'build index lower_south on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "builds": "public.lower_south", "sql": ["CREATE INDEX CONCURRENTLY \"lower_south\" ON \"public\".\"accounts_south\" ((lower(mail))) WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 17 of 23: comment on index lower_south on public.accounts_south [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index lower_south on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["COMMENT ON INDEX \"public\".\"lower_south\" IS ''why''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."lower_south" IS 'why';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index lower_south on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["COMMENT ON INDEX \"public\".\"lower_south\" IS ''why''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 18 of 23: set statistics targets of index lower_south on public.accounts_south [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'set statistics targets of index lower_south on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER INDEX \"public\".\"lower_south\" ALTER COLUMN 1 SET STATISTICS 500"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."lower_south" ALTER COLUMN 1 SET STATISTICS 500;
SELECT "public".log_migration_step('reconcile <digest>', 'set statistics targets of index lower_south on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER INDEX \"public\".\"lower_south\" ALTER COLUMN 1 SET STATISTICS 500"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 19 of 23: set the CLUSTER mark of index lower_south on public.accounts_south [brief]
--   locks public.accounts_south SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 19 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark index lower_south on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER TABLE \"public\".\"accounts_south\" CLUSTER ON \"lower_south\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south" CLUSTER ON "lower_south";
SELECT "public".log_migration_step('reconcile <digest>', 'mark index lower_south on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lower_south on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "why", "statistics": {"1": 500}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER TABLE \"public\".\"accounts_south\" CLUSTER ON \"lower_south\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_mail_idx on public.accounts (schema.yaml:8:7)

-- Step 20 of 23: make index accounts_mail_idx on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts SHARE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 20 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_mail_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["CREATE INDEX \"accounts_mail_idx\" ON ONLY \"public\".\"accounts\" ((lower(mail)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "accounts_mail_idx" ON ONLY "public"."accounts" ((lower(mail)));
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_mail_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["CREATE INDEX \"accounts_mail_idx\" ON ONLY \"public\".\"accounts\" ((lower(mail)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 21 of 23: build index accounts_north_lower_idx on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 21 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_lower_idx on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.accounts_north_lower_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_lower_idx\" ON \"public\".\"accounts_north\" ((lower(mail)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_north_lower_idx" ON "public"."accounts_north" ((lower(mail)));
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_lower_idx on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.accounts_north_lower_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_lower_idx\" ON \"public\".\"accounts_north\" ((lower(mail)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 22 of 23: attach index public.accounts_north_lower_idx to index accounts_mail_idx on public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_lower_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 22 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_lower_idx to index accounts_mail_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_north_lower_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_mail_idx" ATTACH PARTITION "public"."accounts_north_lower_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_lower_idx to index accounts_mail_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_north_lower_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 23 of 23: attach index public.lower_south to index accounts_mail_idx on public.accounts [brief]
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.lower_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 23 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.lower_south to index accounts_mail_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"lower_south\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_mail_idx" ATTACH PARTITION "public"."lower_south";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.lower_south to index accounts_mail_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_lower_idx", "public.accounts_south": "lower_south"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"lower_south\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 23}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 23 steps'
