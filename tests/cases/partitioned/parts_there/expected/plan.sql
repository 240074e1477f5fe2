-- Plan: 1 primary key, 1 unique constraint and 2 indexes to create; 18 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 18, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create primary key of public.accounts (schema.yaml:4:18)

-- Step 1 of 18: make primary key of public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_pkey" PRIMARY KEY ("id", "region");
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_south_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 18: build index accounts_north_pkey on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_pkey" ON "public"."accounts_north" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 18: attach index public.accounts_north_pkey to primary key of public.accounts [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_north_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_pkey" PRIMARY KEY USING INDEX "accounts_north_pkey";
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique accounts_mail_key on public.accounts (schema.yaml:6:7)

-- Step 4 of 18: make unique accounts_mail_key on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_mail_key\" UNIQUE (\"mail\", \"id\", \"region\")", "ALTER TABLE ONLY \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_mail_id_region_key1\" UNIQUE (\"mail\", \"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_south_mail_id_region_key1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_mail_key" UNIQUE ("mail", "id", "region");
ALTER TABLE ONLY "public"."accounts_south" ADD CONSTRAINT "accounts_south_mail_id_region_key1" UNIQUE ("mail", "id", "region");
ALTER INDEX "public"."accounts_mail_key" ATTACH PARTITION "public"."accounts_south_mail_id_region_key1";
SELECT "public".log_migration_step('reconcile <digest>', 'begin unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_mail_key\" UNIQUE (\"mail\", \"id\", \"region\")", "ALTER TABLE ONLY \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_mail_id_region_key1\" UNIQUE (\"mail\", \"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_south_mail_id_region_key1\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 18: build index accounts_north_mail_id_region_key on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_id_region_key on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_north_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_mail_id_region_key\" ON \"public\".\"accounts_north\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_mail_id_region_key" ON "public"."accounts_north" ("mail", "id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_id_region_key on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_north_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_mail_id_region_key\" ON \"public\".\"accounts_north\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 18: attach index public.accounts_north_mail_id_region_key to unique accounts_mail_key on public.accounts [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_north_mail_id_region_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_id_region_key to unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_mail_id_region_key\" UNIQUE USING INDEX \"accounts_north_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_north_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_mail_id_region_key" UNIQUE USING INDEX "accounts_north_mail_id_region_key";
ALTER INDEX "public"."accounts_mail_key" ATTACH PARTITION "public"."accounts_north_mail_id_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_id_region_key to unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_mail_id_region_key\" UNIQUE USING INDEX \"accounts_north_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_mail_key\" ATTACH PARTITION \"public\".\"accounts_north_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 18: build index accounts_south_1_mail_id_region_key on public.accounts_south_1 [concurrent]
--   locks public.accounts_south_1 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_mail_id_region_key on public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_1_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_1_mail_id_region_key\" ON \"public\".\"accounts_south_1\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_1_mail_id_region_key" ON "public"."accounts_south_1" ("mail", "id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_mail_id_region_key on public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_1_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_1_mail_id_region_key\" ON \"public\".\"accounts_south_1\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 18: attach index public.accounts_south_1_mail_id_region_key to unique accounts_mail_key on public.accounts [brief]
--   locks public.accounts_south_1 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_1_mail_id_region_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_mail_id_region_key to unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" ADD CONSTRAINT \"accounts_south_1_mail_id_region_key\" UNIQUE USING INDEX \"accounts_south_1_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_south_mail_id_region_key1\" ATTACH PARTITION \"public\".\"accounts_south_1_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_1" ADD CONSTRAINT "accounts_south_1_mail_id_region_key" UNIQUE USING INDEX "accounts_south_1_mail_id_region_key";
ALTER INDEX "public"."accounts_south_mail_id_region_key1" ATTACH PARTITION "public"."accounts_south_1_mail_id_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_mail_id_region_key to unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" ADD CONSTRAINT \"accounts_south_1_mail_id_region_key\" UNIQUE USING INDEX \"accounts_south_1_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_south_mail_id_region_key1\" ATTACH PARTITION \"public\".\"accounts_south_1_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 18: build index accounts_south_2_mail_id_region_key on public.accounts_south_2 [concurrent]
--   locks public.accounts_south_2 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_mail_id_region_key on public.accounts_south_2', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_2_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_2_mail_id_region_key\" ON \"public\".\"accounts_south_2\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_2_mail_id_region_key" ON "public"."accounts_south_2" ("mail", "id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_mail_id_region_key on public.accounts_south_2', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.accounts_south_2_mail_id_region_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_2_mail_id_region_key\" ON \"public\".\"accounts_south_2\" (\"mail\", \"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 10 of 18: attach index public.accounts_south_2_mail_id_region_key to unique accounts_mail_key on public.accounts [brief]
--   locks public.accounts_south_2 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_2_mail_id_region_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_mail_id_region_key to unique accounts_mail_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_2\" ADD CONSTRAINT \"accounts_south_2_mail_id_region_key\" UNIQUE USING INDEX \"accounts_south_2_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_south_mail_id_region_key1\" ATTACH PARTITION \"public\".\"accounts_south_2_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_2" ADD CONSTRAINT "accounts_south_2_mail_id_region_key" UNIQUE USING INDEX "accounts_south_2_mail_id_region_key";
ALTER INDEX "public"."accounts_south_mail_id_region_key1" ATTACH PARTITION "public"."accounts_south_2_mail_id_region_key";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_mail_id_region_key to unique accounts_mail_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_mail_key on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["mail", "id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_id_region_key", "public.accounts_south": "accounts_south_mail_id_region_key1", "public.accounts_south_1": "accounts_south_1_mail_id_region_key", "public.accounts_south_2": "accounts_south_2_mail_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_2\" ADD CONSTRAINT \"accounts_south_2_mail_id_region_key\" UNIQUE USING INDEX \"accounts_south_2_mail_id_region_key\"", "ALTER INDEX \"public\".\"accounts_south_mail_id_region_key1\" ATTACH PARTITION \"public\".\"accounts_south_2_mail_id_region_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_id_idx on public.accounts (schema.yaml:9:7)

-- Step 11 of 18: make index accounts_id_idx on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts SHARE: blocks writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_id_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["CREATE INDEX \"accounts_id_idx\" ON ONLY \"public\".\"accounts\" (\"id\")", "ALTER INDEX \"public\".\"accounts_id_idx\" ATTACH PARTITION \"public\".\"accounts_south_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "accounts_id_idx" ON ONLY "public"."accounts" ("id");
ALTER INDEX "public"."accounts_id_idx" ATTACH PARTITION "public"."accounts_south_id_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_id_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["CREATE INDEX \"accounts_id_idx\" ON ONLY \"public\".\"accounts\" (\"id\")", "ALTER INDEX \"public\".\"accounts_id_idx\" ATTACH PARTITION \"public\".\"accounts_south_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 18: build index accounts_north_id_idx on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 12 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_id_idx on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.accounts_north_id_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_id_idx\" ON \"public\".\"accounts_north\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_north_id_idx" ON "public"."accounts_north" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_id_idx on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.accounts_north_id_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_id_idx\" ON \"public\".\"accounts_north\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 13 of 18: attach index public.accounts_north_id_idx to index accounts_id_idx on public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_id_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_id_idx to index accounts_id_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"accounts_id_idx\" ATTACH PARTITION \"public\".\"accounts_north_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_id_idx" ATTACH PARTITION "public"."accounts_north_id_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_id_idx to index accounts_id_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"accounts_id_idx\" ATTACH PARTITION \"public\".\"accounts_north_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 14 of 18: build index accounts_south_2_id_idx on public.accounts_south_2 [concurrent]
--   locks public.accounts_south_2 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 14 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_id_idx on public.accounts_south_2', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.accounts_south_2_id_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_2_id_idx\" ON \"public\".\"accounts_south_2\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_south_2_id_idx" ON "public"."accounts_south_2" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_id_idx on public.accounts_south_2', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.accounts_south_2_id_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_2_id_idx\" ON \"public\".\"accounts_south_2\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 15 of 18: attach index public.accounts_south_2_id_idx to index accounts_id_idx on public.accounts [brief]
--   locks public.accounts_south_2 ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_2_id_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_id_idx to index accounts_id_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_id_idx\" ATTACH PARTITION \"public\".\"accounts_south_2_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_south_id_idx" ATTACH PARTITION "public"."accounts_south_2_id_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_id_idx to index accounts_id_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_id_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_idx", "public.accounts_south": "accounts_south_id_idx", "public.accounts_south_1": "accounts_south_1_id_idx", "public.accounts_south_2": "accounts_south_2_id_idx"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_id_idx\" ATTACH PARTITION \"public\".\"accounts_south_2_id_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_mail_idx on public.accounts (schema.yaml:8:7)

-- Step 16 of 18: make index accounts_mail_idx on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts SHARE: blocks writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_mail_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["CREATE INDEX \"accounts_mail_idx\" ON ONLY \"public\".\"accounts\" (\"mail\")", "ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_south_mail_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "accounts_mail_idx" ON ONLY "public"."accounts" ("mail");
ALTER INDEX "public"."accounts_mail_idx" ATTACH PARTITION "public"."accounts_south_mail_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_mail_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["CREATE INDEX \"accounts_mail_idx\" ON ONLY \"public\".\"accounts\" (\"mail\")", "ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_south_mail_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 17 of 18: build index accounts_north_mail_idx on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 17 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_idx on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.accounts_north_mail_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_mail_idx\" ON \"public\".\"accounts_north\" (\"mail\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_north_mail_idx" ON "public"."accounts_north" ("mail");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_mail_idx on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.accounts_north_mail_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_mail_idx\" ON \"public\".\"accounts_north\" (\"mail\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 18 of 18: attach index public.accounts_north_mail_idx to index accounts_mail_idx on public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_mail_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_idx to index accounts_mail_idx on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_north_mail_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_mail_idx" ATTACH PARTITION "public"."accounts_north_mail_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_mail_idx to index accounts_mail_idx on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_mail_idx on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "mail", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_mail_idx", "public.accounts_south": "accounts_south_mail_idx", "public.accounts_south_1": "accounts_south_1_mail_idx", "public.accounts_south_2": "accounts_south_2_mail_idx"}, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_mail_idx\" ATTACH PARTITION \"public\".\"accounts_north_mail_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 18}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 18 steps'
