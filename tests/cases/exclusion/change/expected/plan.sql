-- Plan: 4 exclusion constraints to alter; 4 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 4, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter exclusion deferral on public.bookings (schema.yaml:8:7)
--   deferrable: false → true

-- Step 1 of 4: build exclusion deferral on public.bookings anew, in place of what is there [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion deferral on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion deferral on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"deferral\" EXCLUDE USING \"gist\" (\"other\" WITH OPERATOR(\"pg_catalog\".&&)) DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "deferral";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "deferral" EXCLUDE USING "gist" ("other" WITH OPERATOR("pg_catalog".&&)) DEFERRABLE;
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion deferral on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion deferral on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"deferral\" EXCLUDE USING \"gist\" (\"other\" WITH OPERATOR(\"pg_catalog\".&&)) DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion elements on public.bookings (schema.yaml:5:7)
--   comment: none → new
--   elements[1]: none → {column: other, operator: {schema: pg_catalog, name: &&}}

-- Step 2 of 4: build exclusion elements on public.bookings anew, in place of what is there [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion elements on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion elements on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"elements\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"elements\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&), \"other\" WITH OPERATOR(\"pg_catalog\".&&))", "COMMENT ON CONSTRAINT \"elements\" ON \"public\".\"bookings\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "elements";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "elements" EXCLUDE USING "gist" ("period" WITH OPERATOR("pg_catalog".&&), "other" WITH OPERATOR("pg_catalog".&&));
COMMENT ON CONSTRAINT "elements" ON "public"."bookings" IS 'new';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion elements on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion elements on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"elements\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"elements\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&), \"other\" WITH OPERATOR(\"pg_catalog\".&&))", "COMMENT ON CONSTRAINT \"elements\" ON \"public\".\"bookings\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion operator on public.bookings (schema.yaml:6:7)
--   elements[0].operator.name: -|- → =

-- Step 3 of 4: build exclusion operator on public.bookings anew, in place of what is there [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion operator on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion operator on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "-|-"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"operator\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"operator\" EXCLUDE USING \"gist\" (\"other\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "operator";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "operator" EXCLUDE USING "gist" ("other" WITH OPERATOR("pg_catalog".=));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion operator on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion operator on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "-|-"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "other", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"operator\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"operator\" EXCLUDE USING \"gist\" (\"other\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion predicate on public.bookings (schema.yaml:7:7)
--   where: id > 0 → id > 1

-- Step 4 of 4: build exclusion predicate on public.bookings anew, in place of what is there [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion predicate on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion predicate on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "id > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "id > 1", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"predicate\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"predicate\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&)) WHERE (id > 1)", "COMMENT ON CONSTRAINT \"predicate\" ON \"public\".\"bookings\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "predicate";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "predicate" EXCLUDE USING "gist" ("period" WITH OPERATOR("pg_catalog".&&)) WHERE (id > 1);
COMMENT ON CONSTRAINT "predicate" ON "public"."bookings" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion predicate on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion predicate on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "id > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "id > 1", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"predicate\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"predicate\" EXCLUDE USING \"gist\" (\"period\" WITH OPERATOR(\"pg_catalog\".&&)) WHERE (id > 1)", "COMMENT ON CONSTRAINT \"predicate\" ON \"public\".\"bookings\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 4 steps'
