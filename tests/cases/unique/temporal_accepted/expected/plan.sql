-- Plan: 1 primary key to create, 1 unique constraint to alter; 2 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 2, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create primary key of public.stays (schema.yaml:3:24)

-- Step 1 of 2: build primary key of public.stays [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: primary key of public.stays: public.stays was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "stays_pkey"}, "place": "schema.yaml:3:24", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_pkey\" PRIMARY KEY (\"room\", \"stay\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "stays_pkey" PRIMARY KEY ("room", "stay" WITHOUT OVERLAPS);
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "stays_pkey"}, "place": "schema.yaml:3:24", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_pkey\" PRIMARY KEY (\"room\", \"stay\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique apart on public.altered (schema.yaml:4:22)
--   include[0]: none → stay

-- Step 2 of 2: build unique apart on public.altered anew, in place of what is there [scan]
--   locks public.altered ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: unique apart on public.altered: public.altered was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique apart on public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique apart on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": ["stay"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:22", "sql": ["ALTER TABLE \"public\".\"altered\" DROP CONSTRAINT \"apart\"", "ALTER TABLE \"public\".\"altered\" ADD CONSTRAINT \"apart\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"stay\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."altered" DROP CONSTRAINT "apart";
ALTER TABLE "public"."altered" ADD CONSTRAINT "apart" UNIQUE ("room", "stay" WITHOUT OVERLAPS) INCLUDE ("stay");
SELECT "public".log_migration_step('reconcile <digest>', 'build unique apart on public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique apart on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": ["stay"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:4:22", "sql": ["ALTER TABLE \"public\".\"altered\" DROP CONSTRAINT \"apart\"", "ALTER TABLE \"public\".\"altered\" ADD CONSTRAINT \"apart\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"stay\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
