-- Plan: 3 primary keys and 3 indexes to create; 21 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 21, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create primary key of public.accounts_south_1 (schema.yaml:12:18)

-- Step 1 of 21: build index accounts_south_1_pkey on public.accounts_south_1 [concurrent]
--   locks public.accounts_south_1 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_pkey on public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "builds": "public.accounts_south_1_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_1_pkey\" ON \"public\".\"accounts_south_1\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_1_pkey" ON "public"."accounts_south_1" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_pkey on public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "builds": "public.accounts_south_1_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_1_pkey\" ON \"public\".\"accounts_south_1\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 21: add primary key of public.accounts_south_1, using its index [brief]
--   locks public.accounts_south_1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" ADD CONSTRAINT \"accounts_south_1_pkey\" PRIMARY KEY USING INDEX \"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_1" ADD CONSTRAINT "accounts_south_1_pkey" PRIMARY KEY USING INDEX "accounts_south_1_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" ADD CONSTRAINT \"accounts_south_1_pkey\" PRIMARY KEY USING INDEX \"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 21: set the replica identity of primary key of public.accounts_south_1 [brief]
--   locks public.accounts_south_1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" REPLICA IDENTITY USING INDEX \"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_1" REPLICA IDENTITY USING INDEX "accounts_south_1_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_1_pkey"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" REPLICA IDENTITY USING INDEX \"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.accounts_south (schema.yaml:8:18)

-- Step 4 of 21: make primary key of public.accounts_south on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_pkey\" PRIMARY KEY (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts_south" ADD CONSTRAINT "accounts_south_pkey" PRIMARY KEY ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_pkey\" PRIMARY KEY (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 21: attach index public.accounts_south_1_pkey to primary key of public.accounts_south [brief]
--   locks public.accounts_south_1 ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south_1_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_pkey to primary key of public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER INDEX \"public\".\"accounts_south_pkey\" ATTACH PARTITION \"public\".\"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_south_pkey" ATTACH PARTITION "public"."accounts_south_1_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_pkey to primary key of public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER INDEX \"public\".\"accounts_south_pkey\" ATTACH PARTITION \"public\".\"accounts_south_1_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 21: build index accounts_south_2_pkey on public.accounts_south_2 [concurrent]
--   locks public.accounts_south_2 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_pkey on public.accounts_south_2', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "builds": "public.accounts_south_2_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_2_pkey\" ON \"public\".\"accounts_south_2\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_2_pkey" ON "public"."accounts_south_2" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_pkey on public.accounts_south_2', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "builds": "public.accounts_south_2_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_2_pkey\" ON \"public\".\"accounts_south_2\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 21: attach index public.accounts_south_2_pkey to primary key of public.accounts_south [brief]
--   locks public.accounts_south_2 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south_2_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_pkey to primary key of public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_2\" ADD CONSTRAINT \"accounts_south_2_pkey\" PRIMARY KEY USING INDEX \"accounts_south_2_pkey\"", "ALTER INDEX \"public\".\"accounts_south_pkey\" ATTACH PARTITION \"public\".\"accounts_south_2_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_2" ADD CONSTRAINT "accounts_south_2_pkey" PRIMARY KEY USING INDEX "accounts_south_2_pkey";
ALTER INDEX "public"."accounts_south_pkey" ATTACH PARTITION "public"."accounts_south_2_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_pkey to primary key of public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"accounts_south_2\" ADD CONSTRAINT \"accounts_south_2_pkey\" PRIMARY KEY USING INDEX \"accounts_south_2_pkey\"", "ALTER INDEX \"public\".\"accounts_south_pkey\" ATTACH PARTITION \"public\".\"accounts_south_2_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 21: alter primary key of public.accounts_south [brief]
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_south_pkey\" ON \"public\".\"accounts_south\" IS ''the southern ones''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_south_pkey" ON "public"."accounts_south" IS 'the southern ones';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the southern ones", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:8:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_south_pkey\" ON \"public\".\"accounts_south\" IS ''the southern ones''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.accounts (schema.yaml:4:18)

-- Step 9 of 21: make primary key of public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_pkey" PRIMARY KEY ("id", "region");
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_south_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'begin primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY (\"id\", \"region\")", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 21: build index accounts_north_pkey on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 10 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_pkey" ON "public"."accounts_north" ("id", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_pkey on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "builds": "public.accounts_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_pkey\" ON \"public\".\"accounts_north\" (\"id\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 11 of 21: attach index public.accounts_north_pkey to primary key of public.accounts [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts_north_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_pkey" PRIMARY KEY USING INDEX "accounts_north_pkey";
ALTER INDEX "public"."accounts_pkey" ATTACH PARTITION "public"."accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_pkey to primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey", "public.accounts_south_1": "accounts_south_1_pkey", "public.accounts_south_2": "accounts_south_2_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_pkey\" PRIMARY KEY USING INDEX \"accounts_north_pkey\"", "ALTER INDEX \"public\".\"accounts_pkey\" ATTACH PARTITION \"public\".\"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_south_1_at_idx on public.accounts_south_1 (schema.yaml:14:7)

-- Step 12 of 21: build index accounts_south_1_at_idx on public.accounts_south_1 [concurrent]
--   locks public.accounts_south_1 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 12 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_at_idx on public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_1_at_idx on public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.accounts_south_1_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_1_at_idx\" ON \"public\".\"accounts_south_1\" (\"at\") WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_south_1_at_idx" ON "public"."accounts_south_1" ("at") WITH ("fillfactor" = '70');
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_1_at_idx on public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_1_at_idx on public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.accounts_south_1_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_1_at_idx\" ON \"public\".\"accounts_south_1\" (\"at\") WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 13 of 21: set the CLUSTER mark of index accounts_south_1_at_idx on public.accounts_south_1 [brief]
--   locks public.accounts_south_1 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark index accounts_south_1_at_idx on public.accounts_south_1', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_1_at_idx on public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" CLUSTER ON \"accounts_south_1_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south_1" CLUSTER ON "accounts_south_1_at_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'mark index accounts_south_1_at_idx on public.accounts_south_1', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_1_at_idx on public.accounts_south_1", "schema": "public", "table": "accounts_south_1", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"accounts_south_1\" CLUSTER ON \"accounts_south_1_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_south_at_idx on public.accounts_south (schema.yaml:10:7)

-- Step 14 of 21: make index accounts_south_at_idx on public.accounts_south on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts_south SHARE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_south_at_idx on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["CREATE INDEX \"accounts_south_at_idx\" ON ONLY \"public\".\"accounts_south\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "accounts_south_at_idx" ON ONLY "public"."accounts_south" ("at");
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_south_at_idx on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["CREATE INDEX \"accounts_south_at_idx\" ON ONLY \"public\".\"accounts_south\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 21: attach index public.accounts_south_1_at_idx to index accounts_south_at_idx on public.accounts_south [brief]
--   locks public.accounts_south_1 ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south_1_at_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_at_idx to index accounts_south_at_idx on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_at_idx\" ATTACH PARTITION \"public\".\"accounts_south_1_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_south_at_idx" ATTACH PARTITION "public"."accounts_south_1_at_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_1_at_idx to index accounts_south_at_idx on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_at_idx\" ATTACH PARTITION \"public\".\"accounts_south_1_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 16 of 21: build index accounts_south_2_at_idx on public.accounts_south_2 [concurrent]
--   locks public.accounts_south_2 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 16 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_at_idx on public.accounts_south_2', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.accounts_south_2_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_2_at_idx\" ON \"public\".\"accounts_south_2\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_south_2_at_idx" ON "public"."accounts_south_2" ("at");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_2_at_idx on public.accounts_south_2', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.accounts_south_2_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_south_2_at_idx\" ON \"public\".\"accounts_south_2\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 17 of 21: attach index public.accounts_south_2_at_idx to index accounts_south_at_idx on public.accounts_south [brief]
--   locks public.accounts_south_2 ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south_2_at_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_at_idx to index accounts_south_at_idx on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_at_idx\" ATTACH PARTITION \"public\".\"accounts_south_2_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_south_at_idx" ATTACH PARTITION "public"."accounts_south_2_at_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_south_2_at_idx to index accounts_south_at_idx on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"accounts_south_at_idx\" ATTACH PARTITION \"public\".\"accounts_south_2_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 18 of 21: alter index accounts_south_at_idx on public.accounts_south [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_south_at_idx on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON INDEX \"public\".\"accounts_south_at_idx\" IS ''southern''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."accounts_south_at_idx" IS 'southern';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_south_at_idx on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_at_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "southern", "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON INDEX \"public\".\"accounts_south_at_idx\" IS ''southern''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index accounts_at on public.accounts (schema.yaml:6:7)

-- Step 19 of 21: make index accounts_at on public.accounts on the partitioned table alone: partitions that come from now on will have it [brief]
--   locks public.accounts SHARE: blocks writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 19 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_at on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["CREATE INDEX \"accounts_at\" ON ONLY \"public\".\"accounts\" (\"at\")", "ALTER INDEX \"public\".\"accounts_at\" ATTACH PARTITION \"public\".\"accounts_south_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE INDEX "accounts_at" ON ONLY "public"."accounts" ("at");
ALTER INDEX "public"."accounts_at" ATTACH PARTITION "public"."accounts_south_at_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'begin index accounts_at on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["CREATE INDEX \"accounts_at\" ON ONLY \"public\".\"accounts\" (\"at\")", "ALTER INDEX \"public\".\"accounts_at\" ATTACH PARTITION \"public\".\"accounts_south_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 20 of 21: build index accounts_north_at_idx on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 20 of 21'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_at_idx on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.accounts_north_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_at_idx\" ON \"public\".\"accounts_north\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "accounts_north_at_idx" ON "public"."accounts_north" ("at");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_at_idx on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.accounts_north_at_idx", "sql": ["CREATE INDEX CONCURRENTLY \"accounts_north_at_idx\" ON \"public\".\"accounts_north\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 21 of 21: attach index public.accounts_north_at_idx to index accounts_at on public.accounts [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_north_at_idx ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 21 of 21'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_at_idx to index accounts_at on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"accounts_at\" ATTACH PARTITION \"public\".\"accounts_north_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_at" ATTACH PARTITION "public"."accounts_north_at_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'attach index public.accounts_north_at_idx to index accounts_at on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_at on public.accounts", "schema": "public", "table": "accounts", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_at_idx", "public.accounts_south": "accounts_south_at_idx", "public.accounts_south_1": "accounts_south_1_at_idx", "public.accounts_south_2": "accounts_south_2_at_idx"}, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"accounts_at\" ATTACH PARTITION \"public\".\"accounts_north_at_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 21}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 21 steps'
