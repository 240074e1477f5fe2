-- Plan: 5 exclusion constraints to create; 5 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 5, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create exclusion bookings_no_overlap on public.bookings (schema.yaml:6:7)

-- Step 1 of 5: build exclusion bookings_no_overlap on public.bookings [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion bookings_no_overlap on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion bookings_no_overlap on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "status <> ''cancelled''::text", "include": ["note"], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "one guest at a time", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"bookings_no_overlap\" EXCLUDE USING \"gist\" (\"room\" WITH OPERATOR(\"pg_catalog\".=), \"period\" WITH OPERATOR(\"pg_catalog\".&&)) INCLUDE (\"note\") WITH (\"fillfactor\" = ''70'') WHERE (status <> ''cancelled''::text) DEFERRABLE INITIALLY DEFERRED", "COMMENT ON CONSTRAINT \"bookings_no_overlap\" ON \"public\".\"bookings\" IS ''one guest at a time''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" ADD CONSTRAINT "bookings_no_overlap" EXCLUDE USING "gist" ("room" WITH OPERATOR("pg_catalog".=), "period" WITH OPERATOR("pg_catalog".&&)) INCLUDE ("note") WITH ("fillfactor" = '70') WHERE (status <> 'cancelled'::text) DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT "bookings_no_overlap" ON "public"."bookings" IS 'one guest at a time';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion bookings_no_overlap on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion bookings_no_overlap on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "period", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": "status <> ''cancelled''::text", "include": ["note"], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "one guest at a time", "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"bookings_no_overlap\" EXCLUDE USING \"gist\" (\"room\" WITH OPERATOR(\"pg_catalog\".=), \"period\" WITH OPERATOR(\"pg_catalog\".&&)) INCLUDE (\"note\") WITH (\"fillfactor\" = ''70'') WHERE (status <> ''cancelled''::text) DEFERRABLE INITIALLY DEFERRED", "COMMENT ON CONSTRAINT \"bookings_no_overlap\" ON \"public\".\"bookings\" IS ''one guest at a time''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion places_apart on public.places (schema.yaml:18:7)

-- Step 2 of 5: build exclusion places_apart on public.places [scan]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_apart on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_apart on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "area", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_apart\" EXCLUDE USING \"gist\" (\"area\" WITH OPERATOR(\"pg_catalog\".&&))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_apart" EXCLUDE USING "gist" ("area" WITH OPERATOR("pg_catalog".&&));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_apart on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_apart on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "area", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_apart\" EXCLUDE USING \"gist\" (\"area\" WITH OPERATOR(\"pg_catalog\".&&))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion places_code on public.places (schema.yaml:19:7)

-- Step 3 of 5: build exclusion places_code on public.places [scan]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_code on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_code on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "C"}, "descending": true, "nulls_first": false, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_code\" EXCLUDE USING \"btree\" (\"code\" COLLATE \"pg_catalog\".\"C\" DESC NULLS LAST WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_code" EXCLUDE USING "btree" ("code" COLLATE "pg_catalog"."C" DESC NULLS LAST WITH OPERATOR("pg_catalog".=));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_code on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_code on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "C"}, "descending": true, "nulls_first": false, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_code\" EXCLUDE USING \"btree\" (\"code\" COLLATE \"pg_catalog\".\"C\" DESC NULLS LAST WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion places_hash on public.places (schema.yaml:25:7)

-- Step 4 of 5: build exclusion places_hash on public.places [scan]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_hash on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_hash on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "hash", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:25:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_hash\" EXCLUDE USING \"hash\" (\"code\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_hash" EXCLUDE USING "hash" ("code" WITH OPERATOR("pg_catalog".=));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_hash on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_hash on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "hash", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:25:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_hash\" EXCLUDE USING \"hash\" (\"code\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion places_lower on public.places (schema.yaml:20:7)

-- Step 5 of 5: build exclusion places_lower on public.places [scan]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_lower on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_lower on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "lower(code) || id", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "odd with", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "<>"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_lower\" EXCLUDE USING \"gist\" ((lower(code) || id) WITH OPERATOR(\"pg_catalog\".=), \"odd with\" WITH OPERATOR(\"pg_catalog\".<>))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_lower" EXCLUDE USING "gist" ((lower(code) || id) WITH OPERATOR("pg_catalog".=), "odd with" WITH OPERATOR("pg_catalog".<>));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion places_lower on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion places_lower on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "lower(code) || id", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "odd with", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "<>"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_lower\" EXCLUDE USING \"gist\" ((lower(code) || id) WITH OPERATOR(\"pg_catalog\".=), \"odd with\" WITH OPERATOR(\"pg_catalog\".<>))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
