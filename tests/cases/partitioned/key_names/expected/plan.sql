-- Plan: 1 primary key to alter; 1 step.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 1, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.accounts (schema.yaml:4:18)
--   comment: none → renamed
--   partitions.public.accounts_north: accounts_north_pkey → north_key

-- Step 1 of 1: alter primary key of public.accounts [brief]
--   locks public.accounts ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 1'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "renamed", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "north_key", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_pkey\" ON \"public\".\"accounts\" IS ''renamed''", "ALTER INDEX \"public\".\"accounts_north_pkey\" RENAME TO \"north_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_pkey" ON "public"."accounts" IS 'renamed';
ALTER INDEX "public"."accounts_north_pkey" RENAME TO "north_key";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_pkey", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "renamed", "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "north_key", "public.accounts_south": "accounts_south_pkey"}, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_pkey\" ON \"public\".\"accounts\" IS ''renamed''", "ALTER INDEX \"public\".\"accounts_north_pkey\" RENAME TO \"north_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 1}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 1 step'
