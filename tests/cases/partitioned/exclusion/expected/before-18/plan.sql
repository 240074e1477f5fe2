-- Plan: 1 exclusion constraint to create, 2 exclusion constraints to alter; 3 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 3, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create exclusion bookings_room on public.bookings (schema.yaml:5:7)

-- Step 1 of 3: build exclusion bookings_room on public.bookings [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.bookings_1 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.bookings_2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion bookings_room on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion bookings_room on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_room_during_excl", "public.bookings_2": "second"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"bookings_room\" EXCLUDE USING \"gist\" (\"house\" WITH OPERATOR(\"pg_catalog\".=), \"room\" WITH OPERATOR(\"pg_catalog\".=), \"during\" WITH OPERATOR(\"pg_catalog\".&&))", "ALTER INDEX \"public\".\"bookings_2_house_room_during_excl\" RENAME TO \"second\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" ADD CONSTRAINT "bookings_room" EXCLUDE USING "gist" ("house" WITH OPERATOR("pg_catalog".=), "room" WITH OPERATOR("pg_catalog".=), "during" WITH OPERATOR("pg_catalog".&&));
ALTER INDEX "public"."bookings_2_house_room_during_excl" RENAME TO "second";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion bookings_room on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion bookings_room on public.bookings", "schema": "public", "table": "bookings", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_room_during_excl", "public.bookings_2": "second"}, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"bookings_room\" EXCLUDE USING \"gist\" (\"house\" WITH OPERATOR(\"pg_catalog\".=), \"room\" WITH OPERATOR(\"pg_catalog\".=), \"during\" WITH OPERATOR(\"pg_catalog\".&&))", "ALTER INDEX \"public\".\"bookings_2_house_room_during_excl\" RENAME TO \"second\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion changed on public.bookings (schema.yaml:9:7)
--   where: none → room > 0

-- Step 2 of 3: build exclusion changed on public.bookings anew, in place of what is there [scan]
--   locks public.bookings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.bookings_1 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.bookings_2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion changed on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion changed on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_during_room_excl", "public.bookings_2": "bookings_2_house_during_room_excl"}, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": "room > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_during_room_excl", "public.bookings_2": "bookings_2_house_during_room_excl"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"changed\" EXCLUDE USING \"gist\" (\"house\" WITH OPERATOR(\"pg_catalog\".=), \"during\" WITH OPERATOR(\"pg_catalog\".&&), \"room\" WITH OPERATOR(\"pg_catalog\".=)) WHERE (room > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."bookings" DROP CONSTRAINT "changed";
ALTER TABLE "public"."bookings" ADD CONSTRAINT "changed" EXCLUDE USING "gist" ("house" WITH OPERATOR("pg_catalog".=), "during" WITH OPERATOR("pg_catalog".&&), "room" WITH OPERATOR("pg_catalog".=)) WHERE (room > 0);
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion changed on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion changed on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_during_room_excl", "public.bookings_2": "bookings_2_house_during_room_excl"}, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": "room > 0", "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_house_during_room_excl", "public.bookings_2": "bookings_2_house_during_room_excl"}, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"bookings\" DROP CONSTRAINT \"changed\"", "ALTER TABLE \"public\".\"bookings\" ADD CONSTRAINT \"changed\" EXCLUDE USING \"gist\" (\"house\" WITH OPERATOR(\"pg_catalog\".=), \"during\" WITH OPERATOR(\"pg_catalog\".&&), \"room\" WITH OPERATOR(\"pg_catalog\".=)) WHERE (room > 0)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion in_place on public.bookings (schema.yaml:13:7)
--   comment: none → new
--   partitions.public.bookings_1: bookings_1_during_room_house_excl → first_in_place

-- Step 3 of 3: alter exclusion in_place on public.bookings [brief]
--   locks public.bookings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion in_place on public.bookings', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion in_place on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_during_room_house_excl", "public.bookings_2": "bookings_2_during_room_house_excl"}, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "first_in_place", "public.bookings_2": "bookings_2_during_room_house_excl"}, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["COMMENT ON CONSTRAINT \"in_place\" ON \"public\".\"bookings\" IS ''new''", "ALTER INDEX \"public\".\"bookings_1_during_room_house_excl\" RENAME TO \"first_in_place\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "in_place" ON "public"."bookings" IS 'new';
ALTER INDEX "public"."bookings_1_during_room_house_excl" RENAME TO "first_in_place";
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion in_place on public.bookings', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion in_place on public.bookings", "schema": "public", "table": "bookings", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "bookings_1_during_room_house_excl", "public.bookings_2": "bookings_2_during_room_house_excl"}, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "during", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": "room", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "house", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": false, "partitions": {"public.bookings_1": "first_in_place", "public.bookings_2": "bookings_2_during_room_house_excl"}, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["COMMENT ON CONSTRAINT \"in_place\" ON \"public\".\"bookings\" IS ''new''", "ALTER INDEX \"public\".\"bookings_1_during_room_house_excl\" RENAME TO \"first_in_place\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
