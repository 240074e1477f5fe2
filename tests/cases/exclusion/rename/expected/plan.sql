-- Plan: 2 exclusion constraints to rename; 2 steps.
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

-- rename exclusion new_a on public.bookings, named old_a so far (schema.yaml:5:7)

-- Step 1 of 2: rename exclusion old_a on public.bookings to new_a [brief]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion old_a on public.bookings to new_a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion new_a on public.bookings", "schema": "public", "table": "bookings", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "lower(a) > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "lower(a) > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" RENAME CONSTRAINT \"old_a\" TO \"new_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "old_a" TO "new_a";
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion old_a on public.bookings to new_a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion new_a on public.bookings", "schema": "public", "table": "bookings", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "lower(a) > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "lower(a) > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" RENAME CONSTRAINT \"old_a\" TO \"new_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename exclusion new_b on public.bookings, named old_b so far (schema.yaml:6:7)

-- Step 2 of 2: rename exclusion old_b on public.bookings to new_b [brief]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion old_b on public.bookings to new_b', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion new_b on public.bookings", "schema": "public", "table": "bookings", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" RENAME CONSTRAINT \"old_b\" TO \"new_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" RENAME CONSTRAINT "old_b" TO "new_b";
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion old_b on public.bookings to new_b', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion new_b on public.bookings", "schema": "public", "table": "bookings", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" RENAME CONSTRAINT \"old_b\" TO \"new_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
