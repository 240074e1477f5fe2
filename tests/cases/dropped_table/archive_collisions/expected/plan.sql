-- Plan: 1 table to archive; 1 step.
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

-- archive table public.old (schema.yaml:3:3)

-- Step 1 of 1: archive table public.old to reconcile_archive [brief]
--   locks public.old ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 1'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.old', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.old", "schema": "public", "table": "old", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["old_fine", "old_name_key", "old_pkey"], "sequences": ["old_id_seq"], "taken": ["old_id_seq", "old_name_key", "old_pkey"], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"old\" RENAME TO \"old__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"old_name_key\" RENAME TO \"old_name_key__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"old_pkey\" RENAME TO \"old_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER SEQUENCE \"public\".\"old_id_seq\" RENAME TO \"old_id_seq__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"old__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"old__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"old\", \"comment\": null, \"renamed\": [\"old_id_seq\", \"old_name_key\", \"old_pkey\"]}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'old__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1, 'old_name_key__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_2, 'old_pkey__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_3, 'old_id_seq__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_4 \gset
BEGIN;
ALTER TABLE "public"."old" RENAME TO :"archive_1";
ALTER INDEX "public"."old_name_key" RENAME TO :"archive_2";
ALTER INDEX "public"."old_pkey" RENAME TO :"archive_3";
ALTER SEQUENCE "public"."old_id_seq" RENAME TO :"archive_4";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "old", "comment": null, "renamed": ["old_id_seq", "old_name_key", "old_pkey"]}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.old', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.old", "schema": "public", "table": "old", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["old_fine", "old_name_key", "old_pkey"], "sequences": ["old_id_seq"], "taken": ["old_id_seq", "old_name_key", "old_pkey"], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"old\" RENAME TO \"old__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"old_name_key\" RENAME TO \"old_name_key__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"old_pkey\" RENAME TO \"old_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER SEQUENCE \"public\".\"old_id_seq\" RENAME TO \"old_id_seq__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"old__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"old__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"old\", \"comment\": null, \"renamed\": [\"old_id_seq\", \"old_name_key\", \"old_pkey\"]}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 1}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 1 step'
