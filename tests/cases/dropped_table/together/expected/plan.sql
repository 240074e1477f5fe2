-- Plan: 2 tables to archive; 3 steps.
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

-- archive table public.b_child (schema.yaml:4:3)

-- Step 1 of 3: create schema reconcile_archive [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.b_child", "schema": "public", "table": "b_child", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE SCHEMA "reconcile_archive";
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.b_child", "schema": "public", "table": "b_child", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 3: archive table public.b_child to reconcile_archive [brief]
--   locks public.b_child ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.b_child', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.b_child", "schema": "public", "table": "b_child", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["ALTER TABLE \"public\".\"b_child\" RENAME TO \"b_child__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"b_child__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"b_child__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"b_child\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'b_child__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."b_child" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "b_child", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.b_child', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.b_child", "schema": "public", "table": "b_child", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["ALTER TABLE \"public\".\"b_child\" RENAME TO \"b_child__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"b_child__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"b_child__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"b_child\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- archive table public.a_parent (schema.yaml:3:3)

-- Step 3 of 3: archive table public.a_parent to reconcile_archive [brief]
--   locks public.a_parent ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.a_parent', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.a_parent", "schema": "public", "table": "a_parent", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["a_parent_pkey"], "sequences": [], "taken": [], "dependents": [{"description": "constraint b_child_parent_id_fkey on table public.b_child", "table": {"schema": "public", "name": "b_child"}}], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"a_parent\" RENAME TO \"a_parent__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"a_parent__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"a_parent__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"a_parent\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'a_parent__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."a_parent" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "a_parent", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.a_parent', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.a_parent", "schema": "public", "table": "a_parent", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["a_parent_pkey"], "sequences": [], "taken": [], "dependents": [{"description": "constraint b_child_parent_id_fkey on table public.b_child", "table": {"schema": "public", "name": "b_child"}}], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"a_parent\" RENAME TO \"a_parent__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"a_parent__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"a_parent__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"a_parent\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
