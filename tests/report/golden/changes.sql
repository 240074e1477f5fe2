-- Plan: 1 table and 1 index to drop; 1 table to archive; 1 check to alter; 1 foreign key and 1 index to create; 7 steps.
-- From schema.yaml; plan 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
-- Made for: Database samia on db.example, port 5432, PostgreSQL 18.6, as postgres. The script stops in any other database.
-- Run it with psql, not with --single-transaction, and not through a pooler in transaction mode.
-- Server messages may contain values of rows: psql prints only SQLSTATEs, and messages with -v messages=1.
-- If it stops, do not run it again. Plan again: the new script continues from the current state.
-- Unlike `reconcile apply`, it does not check the catalog between steps, does not wait for builds of other sessions, and retries only the locks that it takes with LOCK TABLE.
-- psql sends one statement at a time: if psql stops within a transaction, its locks are held until idle_in_transaction_session_timeout ends the session, 2 s later.
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set QUIET on
\if :{?messages}
\else
\set VERBOSITY sqlstate
\endif
\encoding UTF8
SELECT pg_catalog.count(pg_catalog.set_config(name, value, false)) AS pinned FROM (VALUES
    ('standard_conforming_strings', 'on', false), ('backslash_quote', 'safe_encoding', false), ('array_nulls', 'on', false),
    ('transform_null_equals', 'off', false), ('xmloption', 'content', false), ('timezone_abbreviations', 'Default', false),
    ('search_path', 'pg_catalog, pg_temp', false), ('TimeZone', 'UTC', false), ('DateStyle', 'ISO, YMD', false),
    ('IntervalStyle', 'postgres', false), ('extra_float_digits', '1', false), ('bytea_output', 'hex', false),
    ('xmlbinary', 'base64', false), ('lc_monetary', 'C', false), ('lc_numeric', 'C', false),
    ('lc_time', 'C', false), ('quote_all_identifiers', 'off', false), ('default_transaction_isolation', 'read committed', false),
    ('default_transaction_deferrable', 'off', false), ('row_security', 'off', false), ('gin_fuzzy_search_limit', '0', false),
    ('restrict_nonsystem_relation_kind', '', false), ('constraint_exclusion', 'partition', false), ('synchronize_seqscans', 'off', false),
    ('default_tablespace', '', false), ('temp_tablespaces', '', false), ('default_table_access_method', 'heap', false),
    ('plan_cache_mode', 'auto', false), ('force_parallel_mode', 'off', false), ('debug_parallel_query', 'off', false),
    ('jit', 'off', false), ('exit_on_error', 'off', false), ('client_min_messages', 'warning', false),
    ('idle_session_timeout', '0', false), ('transaction_timeout', '0', false), ('lock_timeout', '10s', false),
    ('statement_timeout', '120s', false), ('idle_in_transaction_session_timeout', '60s', false), ('tcp_keepalives_idle', '30', false),
    ('tcp_keepalives_interval', '10', false), ('tcp_keepalives_count', '3', false), ('tcp_user_timeout', '60000', false),
    ('session_replication_role', 'origin', true)) AS setting (name, value, privileged)
 WHERE pg_catalog.current_setting(name, true) IS NOT NULL
   AND NOT (privileged AND pg_catalog.texteq(pg_catalog.current_setting(name, true), value)) \gset
SELECT gen_random_uuid() AS run_id \gset

-- Stop if this is another database or server.
SELECT (SELECT system_identifier FROM pg_control_system())::text = '7712898041837900540' AND (SELECT oid FROM pg_database WHERE datname = current_database()) = 16384 AND current_database() = 'samia' AS right_database \gset
\if :right_database
\else
SELECT 'this script was made for another database: Database samia on db.example, port 5432' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''this script was made for another database: Database samia on db.example, port 5432''; END';
\endif
SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS run_time \gset

-- Stop if another run is active.
SELECT pg_try_advisory_lock(4242) AS locked \gset
\if :locked
\else
SELECT 'another run of reconcile is active in this database' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''another run of reconcile is active in this database''; END';
\endif

-- Create the journal if it does not exist. Stop if another role owns it or may change it (RC002).
SELECT 'the check' AS check_journal \gset
SELECT message IS NULL AS trusted, regexp_replace(concat_ws(E'\n', message, hint), '[\u0001-\u0009\u000B-\u001F\u007F-\u009F]', '?', 'g') AS message FROM (TABLE problems) found \gset
\if :trusted
\else
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''the journal cannot be trusted''; END';
\endif
SELECT to_regclass('"public"."migration_log"') IS NULL AS first_run \gset
\if :first_run
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
SELECT 'public';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_journal';
COMMIT;
\endif
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'run', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "steps": 7, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key fk_wallets_user_id on public.wallets (schema.yaml:12:7)

-- Step 1 of 7: add the foreign key, not validated [brief]
--   locks public.wallets SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing
\echo 'step 1 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'add foreign_key public.wallets.fk_wallets_user_id', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "wallets", "kind": "foreign_key", "name": "fk_wallets_user_id"}, "title": "add the foreign key, not validated", "object": "foreign key fk_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "foreign_key", "fk_wallets_user_id"], "before": null, "after": {"type": "ForeignKey", "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"fk_wallets_user_id\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."wallets" ADD CONSTRAINT "fk_wallets_user_id" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'add foreign_key public.wallets.fk_wallets_user_id', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "wallets", "kind": "foreign_key", "name": "fk_wallets_user_id"}, "title": "add the foreign key, not validated", "object": "foreign key fk_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "foreign_key", "fk_wallets_user_id"], "before": null, "after": {"type": "ForeignKey", "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"fk_wallets_user_id\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 7: validate the foreign key [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   hazard unchecked-data: counting took longer than 30 s
--   if it fails: the constraint, not validated
\echo 'step 2 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'validate foreign_key public.wallets.fk_wallets_user_id', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "wallets", "kind": "foreign_key", "name": "fk_wallets_user_id"}, "title": "validate the foreign key", "object": "foreign key fk_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "foreign_key", "fk_wallets_user_id"], "before": null, "after": {"type": "ForeignKey", "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"fk_wallets_user_id\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "fk_wallets_user_id";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'validate foreign_key public.wallets.fk_wallets_user_id', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "wallets", "kind": "foreign_key", "name": "fk_wallets_user_id"}, "title": "validate the foreign key", "object": "foreign key fk_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "foreign_key", "fk_wallets_user_id"], "before": null, "after": {"type": "ForeignKey", "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"fk_wallets_user_id\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_wallets_user_id on public.wallets (schema.yaml:20:7)

-- Step 3 of 7: build the index [concurrent]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: an invalid index, which the next run repairs
\echo 'step 3 of 7'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'build index public.wallets.idx_wallets_user_id', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "wallets", "kind": "index", "name": "idx_wallets_user_id"}, "title": "build the index", "object": "index idx_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "user_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "status": "valid"}, "place": "schema.yaml:20:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "index", "idx_wallets_user_id"], "before": null, "after": {"type": "Index", "elements": [{"column": "user_id"}, {"expression": "lower(email)"}]}, "place": ["schema.yaml", 20, 7]}]}, "sql": ["CREATE INDEX CONCURRENTLY \"idx_wallets_user_id\" ON \"public\".\"wallets\" (\"user_id\", (lower(email)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_wallets_user_id" ON "public"."wallets" ("user_id", (lower(email)));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'build index public.wallets.idx_wallets_user_id', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "wallets", "kind": "index", "name": "idx_wallets_user_id"}, "title": "build the index", "object": "index idx_wallets_user_id on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "user_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "status": "valid"}, "place": "schema.yaml:20:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "index", "idx_wallets_user_id"], "before": null, "after": {"type": "Index", "elements": [{"column": "user_id"}, {"expression": "lower(email)"}]}, "place": ["schema.yaml", 20, 7]}]}, "sql": ["CREATE INDEX CONCURRENTLY \"idx_wallets_user_id\" ON \"public\".\"wallets\" (\"user_id\", (lower(email)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter check wallets_path_check on public.wallets, renamed from "Old Check" (schema.yaml:30:7)
--   expression: path[1:2] IS NULL → path[1:n]::text <> ':n'
--   comment: null → why: 'so'\nand so

-- Step 4 of 7: replace the check, not validated [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing
\echo 'step 4 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'replace check public.wallets.wallets_path_check', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "wallets", "kind": "check", "name": "wallets_path_check"}, "title": "replace the check, not validated", "object": "check wallets_path_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "path[1:2] IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "Check", "expression": "path[1:n]::text <> '':n''", "no_inherit": false, "enforced": true, "validated": true, "comment": "why: ''so''\nand so"}, "place": "schema.yaml:30:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "check", "wallets_path_check"], "before": {"type": "Check", "comment": null, "expression": "path[1:2] IS NULL"}, "after": {"type": "Check", "comment": "why: ''so''\nand so", "expression": "path[1:n]::text <> '':n''"}, "place": ["schema.yaml", 30, 7], "renamed_from": "Old Check"}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"Old Check\"", "ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"wallets_path_check\" CHECK (path[1:n]::text <> '':n'' AND n::text <> $q$:n;$q$) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."wallets" DROP CONSTRAINT "Old Check";
ALTER TABLE "public"."wallets" ADD CONSTRAINT "wallets_path_check" CHECK (path[1: n]::text <> ':n' AND n::text <> $q$:n;$q$) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'replace check public.wallets.wallets_path_check', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "wallets", "kind": "check", "name": "wallets_path_check"}, "title": "replace the check, not validated", "object": "check wallets_path_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "path[1:2] IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "Check", "expression": "path[1:n]::text <> '':n''", "no_inherit": false, "enforced": true, "validated": true, "comment": "why: ''so''\nand so"}, "place": "schema.yaml:30:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "check", "wallets_path_check"], "before": {"type": "Check", "comment": null, "expression": "path[1:2] IS NULL"}, "after": {"type": "Check", "comment": "why: ''so''\nand so", "expression": "path[1:n]::text <> '':n''"}, "place": ["schema.yaml", 30, 7], "renamed_from": "Old Check"}]}, "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"Old Check\"", "ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"wallets_path_check\" CHECK (path[1:n]::text <> '':n'' AND n::text <> $q$:n;$q$) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- archive table public.wallets_backup (schema.yaml:50:7)

-- Step 5 of 7: move the table to reconcile_archive [brief]
--   locks public.wallets_backup ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing
\echo 'step 5 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN READ ONLY;
--   guard: wallets holds at least as many rows
SELECT (SELECT count(*) FROM "public"."wallets_backup" b WHERE b."id" IS NULL) = 0 AS passed \gset
COMMIT;
\if :passed
\else
SELECT 'step 5: guard fewer-rows failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 5: guard fewer-rows failed; plan again to see why''; END';
\endif
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'archive dropped_table public.wallets_backup', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "wallets_backup", "kind": "dropped_table", "name": ""}, "title": "move the table to reconcile_archive", "object": "dropped table public.wallets_backup", "schema": "public", "table": "wallets_backup", "action": "drop", "before": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "after": null, "place": "schema.yaml:50:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets_backup", "dropped_table", ""], "before": {"type": "DroppedTable"}, "after": null, "place": ["schema.yaml", 50, 7]}]}, "sql": ["ALTER INDEX \"public\".\"wallets_backup_pkey\" RENAME TO \"wallets_backup_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"wallets_backup\" RENAME TO \"wallets_backup__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"wallets_backup__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"wallets_backup__<YYYYMMDDTHHMMSSZ>\" IS ''was public.wallets_backup''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SELECT (SELECT candidate FROM generate_series(1, 9999) AS n CROSS JOIN LATERAL (SELECT 'wallets_backup_pkey' || CASE WHEN n > 1 THEN '_' || n ELSE '' END || '__' || :'run_time') AS t (candidate) WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.relname IN (candidate, '_' || candidate)) AND NOT EXISTS (SELECT FROM pg_type c JOIN pg_namespace s ON s.oid = c.typnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.typname IN (candidate, '_' || candidate)) ORDER BY n LIMIT 1) AS archive_1 \gset
SELECT (SELECT candidate FROM generate_series(1, 9999) AS n CROSS JOIN LATERAL (SELECT 'wallets_backup' || CASE WHEN n > 1 THEN '_' || n ELSE '' END || '__' || :'run_time') AS t (candidate) WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.relname IN (candidate, '_' || candidate)) AND NOT EXISTS (SELECT FROM pg_type c JOIN pg_namespace s ON s.oid = c.typnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.typname IN (candidate, '_' || candidate)) AND candidate <> :'archive_1' ORDER BY n LIMIT 1) AS archive_2 \gset
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."wallets_backup_pkey" RENAME TO :"archive_1";
ALTER TABLE "public"."wallets_backup" RENAME TO :"archive_2";
ALTER TABLE "public".:"archive_2" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_2" IS 'was public.wallets_backup';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'archive dropped_table public.wallets_backup', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "wallets_backup", "kind": "dropped_table", "name": ""}, "title": "move the table to reconcile_archive", "object": "dropped table public.wallets_backup", "schema": "public", "table": "wallets_backup", "action": "drop", "before": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "after": null, "place": "schema.yaml:50:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets_backup", "dropped_table", ""], "before": {"type": "DroppedTable"}, "after": null, "place": ["schema.yaml", 50, 7]}]}, "sql": ["ALTER INDEX \"public\".\"wallets_backup_pkey\" RENAME TO \"wallets_backup_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"wallets_backup\" RENAME TO \"wallets_backup__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"wallets_backup__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"wallets_backup__<YYYYMMDDTHHMMSSZ>\" IS ''was public.wallets_backup''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['ALTER INDEX "public"."wallets_backup_pkey" RENAME TO ' || concat('"', replace(:'archive_1', '"', '""'), '"'), 'ALTER TABLE "public"."wallets_backup" RENAME TO ' || concat('"', replace(:'archive_2', '"', '""'), '"'), 'ALTER TABLE "public".' || concat('"', replace(:'archive_2', '"', '""'), '"') || ' SET SCHEMA "reconcile_archive"', 'COMMENT ON TABLE "reconcile_archive".' || concat('"', replace(:'archive_2', '"', '""'), '"') || ' IS ''was public.wallets_backup''']::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- drop table public.leftover (schema.yaml:52:7)

-- Step 6 of 7: drop the table [brief]
--   locks public.leftover ACCESS EXCLUSIVE: blocks reads and writes
--   hazard drop-table: 12 rows
--   if it fails: nothing
\echo 'step 6 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'drop dropped_table public.leftover', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "leftover", "kind": "dropped_table", "name": ""}, "title": "drop the table", "object": "dropped table public.leftover", "schema": "public", "table": "leftover", "action": "drop", "before": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "after": null, "place": "schema.yaml:52:7", "definitions": {"format": 1, "objects": [{"key": ["public", "leftover", "dropped_table", ""], "before": {"type": "DroppedTable", "backup": "none"}, "after": null, "place": ["schema.yaml", 52, 7]}]}, "sql": ["DROP TABLE \"public\".\"leftover\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
DROP TABLE "public"."leftover";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'drop dropped_table public.leftover', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "leftover", "kind": "dropped_table", "name": ""}, "title": "drop the table", "object": "dropped table public.leftover", "schema": "public", "table": "leftover", "action": "drop", "before": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "after": null, "place": "schema.yaml:52:7", "definitions": {"format": 1, "objects": [{"key": ["public", "leftover", "dropped_table", ""], "before": {"type": "DroppedTable", "backup": "none"}, "after": null, "place": ["schema.yaml", 52, 7]}]}, "sql": ["DROP TABLE \"public\".\"leftover\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- drop index idx_old on public.wallets (schema.yaml:40:7)

-- Step 7 of 7: drop the index [concurrent]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   hazard index-dropped: queries that use the index become slower
--   if it fails: an invalid index
\echo 'step 7 of 7'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'drop index public.wallets.idx_old', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "wallets", "kind": "index", "name": "idx_old"}, "title": "drop the index", "object": "index idx_old on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "status": "valid"}, "after": null, "place": "schema.yaml:40:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "index", "idx_old"], "before": {"type": "Index", "elements": [{"column": "id"}]}, "after": null, "place": ["schema.yaml", 40, 7]}]}, "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."idx_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'drop index public.wallets.idx_old', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "wallets", "kind": "index", "name": "idx_old"}, "title": "drop the index", "object": "index idx_old on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "status": "valid"}, "after": null, "place": "schema.yaml:40:7", "definitions": {"format": 1, "objects": [{"key": ["public", "wallets", "index", "idx_old"], "before": {"type": "Index", "elements": [{"column": "id"}]}, "after": null, "place": ["schema.yaml", 40, 7]}]}, "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'run', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "completed": 7}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 7 steps'
