-- Plan: 2 exclusion constraints to alter; 2 steps.
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

-- alter exclusion reset_one on public.bookings (schema.yaml:6:7)
--   comment: old → none
--   with.fillfactor: 50 → none

-- Step 1 of 2: alter exclusion reset_one on public.bookings [brief]
--   locks public.bookings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion reset_one on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion reset_one on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50", "buffering": "off"}, "tablespace": null, "comment": "old", "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"buffering": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"reset_one\" ON \"public\".\"bookings\" IS NULL", "ALTER INDEX \"public\".\"reset_one\" RESET (\"fillfactor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "reset_one" ON "public"."bookings" IS NULL;
ALTER INDEX "public"."reset_one" RESET ("fillfactor");
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion reset_one on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion reset_one on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50", "buffering": "off"}, "tablespace": null, "comment": "old", "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"buffering": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"reset_one\" ON \"public\".\"bookings\" IS NULL", "ALTER INDEX \"public\".\"reset_one\" RESET (\"fillfactor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion set_one on public.bookings (schema.yaml:5:7)
--   comment: none → new
--   with.fillfactor: 50 → 60

-- Step 2 of 2: alter exclusion set_one on public.bookings [brief]
--   locks public.bookings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion set_one on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion set_one on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"set_one\" ON \"public\".\"bookings\" IS ''new''", "ALTER INDEX \"public\".\"set_one\" SET (\"fillfactor\" = ''60'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "set_one" ON "public"."bookings" IS 'new';
ALTER INDEX "public"."set_one" SET ("fillfactor" = '60');
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion set_one on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion set_one on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"set_one\" ON \"public\".\"bookings\" IS ''new''", "ALTER INDEX \"public\".\"set_one\" SET (\"fillfactor\" = ''60'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
