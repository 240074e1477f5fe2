-- Plan: 4 tables to archive; 5 steps.
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

-- archive table "My Schema"."Old Table" (schema.yaml:6:3)

-- Step 1 of 5: create schema reconcile_archive [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table \"My Schema\".\"Old Table\"", "schema": "My Schema", "table": "Old Table", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": "it''s \"old\"\\n", "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:6:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE SCHEMA "reconcile_archive";
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table \"My Schema\".\"Old Table\"", "schema": "My Schema", "table": "Old Table", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": "it''s \"old\"\\n", "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:6:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 5: archive table "My Schema"."Old Table" to reconcile_archive [brief]
--   locks "My Schema"."Old Table" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table "My Schema"."Old Table"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table \"My Schema\".\"Old Table\"", "schema": "My Schema", "table": "Old Table", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": "it''s \"old\"\\n", "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:6:3", "sql": ["ALTER TABLE \"My Schema\".\"Old Table\" RENAME TO \"Old Table__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"My Schema\".\"Old Table__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"Old Table__<YYYYMMDDTHHMMSSZ>\" IS  E''{\"archived_by\": \"reconcile\", \"schema\": \"My Schema\", \"table\": \"Old Table\", \"comment\": \"it''''s \\\\\"old\\\\\"\\\\\\\\n\", \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'Old Table__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "My Schema"."Old Table" RENAME TO :"archive_1";
ALTER TABLE "My Schema".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS  E'{"archived_by": "reconcile", "schema": "My Schema", "table": "Old Table", "comment": "it''s \\"old\\"\\\\n", "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table "My Schema"."Old Table"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table \"My Schema\".\"Old Table\"", "schema": "My Schema", "table": "Old Table", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": "it''s \"old\"\\n", "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:6:3", "sql": ["ALTER TABLE \"My Schema\".\"Old Table\" RENAME TO \"Old Table__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"My Schema\".\"Old Table__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"Old Table__<YYYYMMDDTHHMMSSZ>\" IS  E''{\"archived_by\": \"reconcile\", \"schema\": \"My Schema\", \"table\": \"Old Table\", \"comment\": \"it''''s \\\\\"old\\\\\"\\\\\\\\n\", \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- archive table public."say ""hi"", 'you'" (schema.yaml:5:3)

-- Step 3 of 5: archive table public."say ""hi"", 'you'" to reconcile_archive [brief]
--   locks public."say ""hi"", 'you'" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public."say ""hi"", ''you''"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.\"say \"\"hi\"\", ''you''\"", "schema": "public", "table": "say \"hi\", ''you''", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:5:3", "sql": ["ALTER TABLE \"public\".\"say \"\"hi\"\", ''you''\" RENAME TO \"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\" IS  E''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"say \\\\\"hi\\\\\", ''''you''''\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'say "hi", ''you''__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."say ""hi"", 'you'" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS  E'{"archived_by": "reconcile", "schema": "public", "table": "say \\"hi\\", ''you''", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public."say ""hi"", ''you''"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.\"say \"\"hi\"\", ''you''\"", "schema": "public", "table": "say \"hi\", ''you''", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:5:3", "sql": ["ALTER TABLE \"public\".\"say \"\"hi\"\", ''you''\" RENAME TO \"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"say \"\"hi\"\", ''you''__<YYYYMMDDTHHMMSSZ>\" IS  E''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"say \\\\\"hi\\\\\", ''''you''''\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- archive table public.x23456789012345678901234567890123456789012345678901234567890123 (schema.yaml:4:3)

-- Step 4 of 5: archive table public.x23456789012345678901234567890123456789012345678901234567890123 to reconcile_archive [brief]
--   locks public.x23456789012345678901234567890123456789012345678901234567890123 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.x23456789012345678901234567890123456789012345678901234567890123', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.x23456789012345678901234567890123456789012345678901234567890123", "schema": "public", "table": "x23456789012345678901234567890123456789012345678901234567890123", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["ALTER TABLE \"public\".\"x23456789012345678901234567890123456789012345678901234567890123\" RENAME TO \"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"x23456789012345678901234567890123456789012345678901234567890123\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'x23456789012345678901234567890123456789012345__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."x23456789012345678901234567890123456789012345678901234567890123" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "x23456789012345678901234567890123456789012345678901234567890123", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.x23456789012345678901234567890123456789012345678901234567890123', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.x23456789012345678901234567890123456789012345678901234567890123", "schema": "public", "table": "x23456789012345678901234567890123456789012345678901234567890123", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "sql": ["ALTER TABLE \"public\".\"x23456789012345678901234567890123456789012345678901234567890123\" RENAME TO \"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"x23456789012345678901234567890123456789012345__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"x23456789012345678901234567890123456789012345678901234567890123\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- archive table public."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü" (schema.yaml:3:3)

-- Step 5 of 5: archive table public."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü" to reconcile_archive [brief]
--   locks public."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\"", "schema": "public", "table": "Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü_pkey"], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\" RENAME TO \"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public."Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\"", "schema": "public", "table": "Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": ["Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü_pkey"], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:3:3", "sql": ["ALTER TABLE \"public\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\" RENAME TO \"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöü__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"Überlänge_äöüÄÖÜ_äöüÄÖÜ_äöüÄÖÜ_äöü\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
