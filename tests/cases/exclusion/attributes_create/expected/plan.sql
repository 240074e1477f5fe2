-- Plan: 2 exclusion constraints to create; 2 steps.
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

-- create exclusion all_of_it on public.bookings (schema.yaml:6:7)

-- Step 1 of 2: build exclusion all_of_it on public.bookings [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion all_of_it on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion all_of_it on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": "everything at once", "statistics": {"2": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"all_of_it\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&), (int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&)) WITH (\"fillfactor\" = ''70'') USING INDEX TABLESPACE \"fast\"", "COMMENT ON CONSTRAINT \"all_of_it\" ON \"public\".\"bookings\" IS ''everything at once''", "ALTER INDEX \"public\".\"all_of_it\" ALTER COLUMN 2 SET STATISTICS 500", "ALTER TABLE \"public\".\"bookings\" CLUSTER ON \"all_of_it\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" ADD CONSTRAINT "all_of_it" EXCLUDE USING "gist" ("period" WITH OPERATOR("pg_catalog".&&), (int4range(a, b)) WITH OPERATOR("pg_catalog".&&)) WITH ("fillfactor" = '70') USING INDEX TABLESPACE "fast";
COMMENT ON CONSTRAINT "all_of_it" ON "public"."bookings" IS 'everything at once';
ALTER INDEX "public"."all_of_it" ALTER COLUMN 2 SET STATISTICS 500;
ALTER TABLE "public"."bookings" CLUSTER ON "all_of_it";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion all_of_it on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion all_of_it on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": "everything at once", "statistics": {"2": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"all_of_it\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&), (int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&)) WITH (\"fillfactor\" = ''70'') USING INDEX TABLESPACE \"fast\"", "COMMENT ON CONSTRAINT \"all_of_it\" ON \"public\".\"bookings\" IS ''everything at once''", "ALTER INDEX \"public\".\"all_of_it\" ALTER COLUMN 2 SET STATISTICS 500", "ALTER TABLE \"public\".\"bookings\" CLUSTER ON \"all_of_it\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion marked on public.empty (schema.yaml:16:7)

-- Step 2 of 2: build exclusion marked on public.empty [scan]
--   locks public.empty ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: exclusion marked on public.empty: public.empty was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion marked on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion marked on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 0}, "clustered": true, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"marked\" EXCLUDE USING \"gist\" ((int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&))", "ALTER INDEX \"public\".\"marked\" ALTER COLUMN 1 SET STATISTICS 0", "ALTER TABLE \"public\".\"empty\" CLUSTER ON \"marked\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "marked" EXCLUDE USING "gist" ((int4range(a, b)) WITH OPERATOR("pg_catalog".&&));
ALTER INDEX "public"."marked" ALTER COLUMN 1 SET STATISTICS 0;
ALTER TABLE "public"."empty" CLUSTER ON "marked";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion marked on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion marked on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 0}, "clustered": true, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"marked\" EXCLUDE USING \"gist\" ((int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&))", "ALTER INDEX \"public\".\"marked\" ALTER COLUMN 1 SET STATISTICS 0", "ALTER TABLE \"public\".\"empty\" CLUSTER ON \"marked\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
