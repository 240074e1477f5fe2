-- Plan: 13 indexes to alter; 40 steps.
-- From schema.yaml; plan <digest>
-- Made for: Database <database> on <host>, port 0, PostgreSQL <version>, as <user>. The script stops in any other database.
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
SELECT (SELECT system_identifier FROM pg_control_system())::text = '<system identifier>' AND (SELECT oid FROM pg_database WHERE datname = current_database()) = 0 AND current_database() = '<database>' AS right_database \gset
\if :right_database
\else
SELECT 'this script was made for another database: Database <database> on <host>, port 0' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''this script was made for another database: Database <database> on <host>, port 0''; END';
\endif

-- Stop if another run is active.
SELECT pg_try_advisory_lock(8243104023216090213) AS locked \gset
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
SELECT 'the journal in public';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_journal';
COMMIT;
\endif
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 40, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index collation_ on public.users (schema.yaml:14:7)
--   columns[0].collation: none → {schema: pg_catalog, name: POSIX}

-- Step 1 of 40: build index collation___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 1 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.collation___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "collation___reconcile_new"}, "title": "build index collation___reconcile_new on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.collation___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"collation___reconcile_new\" ON \"public\".\"users\" (\"email\" COLLATE \"pg_catalog\".\"POSIX\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "collation___reconcile_new" ON "public"."users" ("email" COLLATE "pg_catalog"."POSIX");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.collation___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "collation___reconcile_new"}, "title": "build index collation___reconcile_new on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "public.collation___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"collation___reconcile_new\" ON \"public\".\"users\" (\"email\" COLLATE \"pg_catalog\".\"POSIX\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 40: swap in the new index collation_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 2 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.collation_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "collation_"}, "title": "swap in the new index collation_ on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER INDEX \"public\".\"collation_\" RENAME TO \"collation___reconcile_old\"", "ALTER INDEX \"public\".\"collation___reconcile_new\" RENAME TO \"collation_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."collation_" RENAME TO "collation___reconcile_old";
ALTER INDEX "public"."collation___reconcile_new" RENAME TO "collation_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.collation_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "collation_"}, "title": "swap in the new index collation_ on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER INDEX \"public\".\"collation_\" RENAME TO \"collation___reconcile_old\"", "ALTER INDEX \"public\".\"collation___reconcile_new\" RENAME TO \"collation_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 3 of 40: drop index collation___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 3 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.collation___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "collation___reconcile_old"}, "title": "drop index collation___reconcile_old on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"collation___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."collation___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.collation___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "collation___reconcile_old"}, "title": "drop index collation___reconcile_old on public.users", "object": "index collation_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "POSIX"}, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"collation___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index columns_ on public.users (schema.yaml:5:7)
--   columns[1]: none → {column: id}

-- Step 4 of 40: build index columns___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 4 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.columns___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_new"}, "title": "build index columns___reconcile_new on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.columns___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"columns___reconcile_new\" ON \"public\".\"users\" (\"email\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "columns___reconcile_new" ON "public"."users" ("email", "id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.columns___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_new"}, "title": "build index columns___reconcile_new on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.columns___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"columns___reconcile_new\" ON \"public\".\"users\" (\"email\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 5 of 40: comment on index columns___reconcile_new on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 5 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'comment index public.users.columns___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "comment", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_new"}, "title": "comment on index columns___reconcile_new on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON INDEX \"public\".\"columns___reconcile_new\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
COMMENT ON INDEX "public"."columns___reconcile_new" IS 'kept, as the file does not mention it';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'comment index public.users.columns___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "comment", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_new"}, "title": "comment on index columns___reconcile_new on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON INDEX \"public\".\"columns___reconcile_new\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 40: swap in the new index columns_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.columns_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "columns_"}, "title": "swap in the new index columns_ on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"columns_\" RENAME TO \"columns___reconcile_old\"", "ALTER INDEX \"public\".\"columns___reconcile_new\" RENAME TO \"columns_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."columns_" RENAME TO "columns___reconcile_old";
ALTER INDEX "public"."columns___reconcile_new" RENAME TO "columns_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.columns_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "columns_"}, "title": "swap in the new index columns_ on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER INDEX \"public\".\"columns_\" RENAME TO \"columns___reconcile_old\"", "ALTER INDEX \"public\".\"columns___reconcile_new\" RENAME TO \"columns_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 40: drop index columns___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 7 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.columns___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_old"}, "title": "drop index columns___reconcile_old on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"columns___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."columns___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.columns___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "columns___reconcile_old"}, "title": "drop index columns___reconcile_old on public.users", "object": "index columns_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"columns___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index expression_ on public.users (schema.yaml:6:7)
--   columns[0].expression: lower(email) → upper(email)

-- Step 8 of 40: build index expression___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 8 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.expression___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "expression___reconcile_new"}, "title": "build index expression___reconcile_new on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.expression___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"expression___reconcile_new\" ON \"public\".\"users\" ((upper(email)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "expression___reconcile_new" ON "public"."users" ((upper(email)));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.expression___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "expression___reconcile_new"}, "title": "build index expression___reconcile_new on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.expression___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"expression___reconcile_new\" ON \"public\".\"users\" ((upper(email)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 9 of 40: swap in the new index expression_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 9 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.expression_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "expression_"}, "title": "swap in the new index expression_ on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"expression_\" RENAME TO \"expression___reconcile_old\"", "ALTER INDEX \"public\".\"expression___reconcile_new\" RENAME TO \"expression_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."expression_" RENAME TO "expression___reconcile_old";
ALTER INDEX "public"."expression___reconcile_new" RENAME TO "expression_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.expression_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "expression_"}, "title": "swap in the new index expression_ on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"expression_\" RENAME TO \"expression___reconcile_old\"", "ALTER INDEX \"public\".\"expression___reconcile_new\" RENAME TO \"expression_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 10 of 40: drop index expression___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 10 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.expression___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "expression___reconcile_old"}, "title": "drop index expression___reconcile_old on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"expression___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."expression___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.expression___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "expression___reconcile_old"}, "title": "drop index expression___reconcile_old on public.users", "object": "index expression_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "upper(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"expression___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index include_ on public.users (schema.yaml:10:7)
--   include[0]: at → nick

-- Step 11 of 40: build index include___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 11 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.include___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "include___reconcile_new"}, "title": "build index include___reconcile_new on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.include___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"include___reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "include___reconcile_new" ON "public"."users" ("email") INCLUDE ("nick");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.include___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "include___reconcile_new"}, "title": "build index include___reconcile_new on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.include___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"include___reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 12 of 40: swap in the new index include_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 12 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.include_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "include_"}, "title": "swap in the new index include_ on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"include_\" RENAME TO \"include___reconcile_old\"", "ALTER INDEX \"public\".\"include___reconcile_new\" RENAME TO \"include_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."include_" RENAME TO "include___reconcile_old";
ALTER INDEX "public"."include___reconcile_new" RENAME TO "include_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.include_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "include_"}, "title": "swap in the new index include_ on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER INDEX \"public\".\"include_\" RENAME TO \"include___reconcile_old\"", "ALTER INDEX \"public\".\"include___reconcile_new\" RENAME TO \"include_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 13 of 40: drop index include___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 13 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.include___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "include___reconcile_old"}, "title": "drop index include___reconcile_old on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"include___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."include___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.include___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "include___reconcile_old"}, "title": "drop index include___reconcile_old on public.users", "object": "index include_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["at"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": ["nick"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"include___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index method_ on public.users (schema.yaml:7:7)
--   using: btree → hash

-- Step 14 of 40: build index method___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 14 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.method___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "method___reconcile_new"}, "title": "build index method___reconcile_new on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.method___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"method___reconcile_new\" ON \"public\".\"users\" USING \"hash\" (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "method___reconcile_new" ON "public"."users" USING "hash" ("nick");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.method___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "method___reconcile_new"}, "title": "build index method___reconcile_new on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.method___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"method___reconcile_new\" ON \"public\".\"users\" USING \"hash\" (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 15 of 40: swap in the new index method_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 15 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.method_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "method_"}, "title": "swap in the new index method_ on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER INDEX \"public\".\"method_\" RENAME TO \"method___reconcile_old\"", "ALTER INDEX \"public\".\"method___reconcile_new\" RENAME TO \"method_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."method_" RENAME TO "method___reconcile_old";
ALTER INDEX "public"."method___reconcile_new" RENAME TO "method_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.method_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "method_"}, "title": "swap in the new index method_ on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER INDEX \"public\".\"method_\" RENAME TO \"method___reconcile_old\"", "ALTER INDEX \"public\".\"method___reconcile_new\" RENAME TO \"method_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 16 of 40: drop index method___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 16 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.method___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "method___reconcile_old"}, "title": "drop index method___reconcile_old on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"method___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."method___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.method___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "method___reconcile_old"}, "title": "drop index method___reconcile_old on public.users", "object": "index method_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "hash", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"method___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index no_where on public.users (schema.yaml:12:7)
--   where: nick = 'b'::text → none

-- Step 17 of 40: build index no_where__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 17 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.no_where__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "no_where__reconcile_new"}, "title": "build index no_where__reconcile_new on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "builds": "public.no_where__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"no_where__reconcile_new\" ON \"public\".\"users\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "no_where__reconcile_new" ON "public"."users" ("at");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.no_where__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "no_where__reconcile_new"}, "title": "build index no_where__reconcile_new on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "builds": "public.no_where__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"no_where__reconcile_new\" ON \"public\".\"users\" (\"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 18 of 40: swap in the new index no_where on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 18 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.no_where', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "no_where"}, "title": "swap in the new index no_where on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["ALTER INDEX \"public\".\"no_where\" RENAME TO \"no_where__reconcile_old\"", "ALTER INDEX \"public\".\"no_where__reconcile_new\" RENAME TO \"no_where\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."no_where" RENAME TO "no_where__reconcile_old";
ALTER INDEX "public"."no_where__reconcile_new" RENAME TO "no_where";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.no_where', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "no_where"}, "title": "swap in the new index no_where on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["ALTER INDEX \"public\".\"no_where\" RENAME TO \"no_where__reconcile_old\"", "ALTER INDEX \"public\".\"no_where__reconcile_new\" RENAME TO \"no_where\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 19 of 40: drop index no_where__reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 19 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.no_where__reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "no_where__reconcile_old"}, "title": "drop index no_where__reconcile_old on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"no_where__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."no_where__reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.no_where__reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "no_where__reconcile_old"}, "title": "drop index no_where__reconcile_old on public.users", "object": "index no_where on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"no_where__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index not_unique on public.users (schema.yaml:9:7)
--   unique: true → false

-- Step 20 of 40: build index not_unique__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 20 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.not_unique__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "not_unique__reconcile_new"}, "title": "build index not_unique__reconcile_new on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.not_unique__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"not_unique__reconcile_new\" ON \"public\".\"users\" (\"email\", \"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "not_unique__reconcile_new" ON "public"."users" ("email", "at");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.not_unique__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "not_unique__reconcile_new"}, "title": "build index not_unique__reconcile_new on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.not_unique__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"not_unique__reconcile_new\" ON \"public\".\"users\" (\"email\", \"at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 21 of 40: swap in the new index not_unique on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 21 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.not_unique', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "not_unique"}, "title": "swap in the new index not_unique on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"not_unique\" RENAME TO \"not_unique__reconcile_old\"", "ALTER INDEX \"public\".\"not_unique__reconcile_new\" RENAME TO \"not_unique\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."not_unique" RENAME TO "not_unique__reconcile_old";
ALTER INDEX "public"."not_unique__reconcile_new" RENAME TO "not_unique";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.not_unique', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "not_unique"}, "title": "swap in the new index not_unique on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["ALTER INDEX \"public\".\"not_unique\" RENAME TO \"not_unique__reconcile_old\"", "ALTER INDEX \"public\".\"not_unique__reconcile_new\" RENAME TO \"not_unique\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 22 of 40: drop index not_unique__reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 22 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.not_unique__reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "not_unique__reconcile_old"}, "title": "drop index not_unique__reconcile_old on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"not_unique__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."not_unique__reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.not_unique__reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "not_unique__reconcile_old"}, "title": "drop index not_unique__reconcile_old on public.users", "object": "index not_unique on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:9:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"not_unique__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index null_order on public.users (schema.yaml:16:7)
--   columns[1].nulls: default → first

-- Step 23 of 40: build index null_order__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 23 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.null_order__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "null_order__reconcile_new"}, "title": "build index null_order__reconcile_new on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "builds": "public.null_order__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"null_order__reconcile_new\" ON \"public\".\"users\" (\"nick\", \"at\" NULLS FIRST)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "null_order__reconcile_new" ON "public"."users" ("nick", "at" NULLS FIRST);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.null_order__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "null_order__reconcile_new"}, "title": "build index null_order__reconcile_new on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "builds": "public.null_order__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"null_order__reconcile_new\" ON \"public\".\"users\" (\"nick\", \"at\" NULLS FIRST)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 24 of 40: swap in the new index null_order on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 24 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.null_order', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "null_order"}, "title": "swap in the new index null_order on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["ALTER INDEX \"public\".\"null_order\" RENAME TO \"null_order__reconcile_old\"", "ALTER INDEX \"public\".\"null_order__reconcile_new\" RENAME TO \"null_order\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."null_order" RENAME TO "null_order__reconcile_old";
ALTER INDEX "public"."null_order__reconcile_new" RENAME TO "null_order";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.null_order', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "null_order"}, "title": "swap in the new index null_order on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["ALTER INDEX \"public\".\"null_order\" RENAME TO \"null_order__reconcile_old\"", "ALTER INDEX \"public\".\"null_order__reconcile_new\" RENAME TO \"null_order\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 25 of 40: drop index null_order__reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 25 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.null_order__reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "null_order__reconcile_old"}, "title": "drop index null_order__reconcile_old on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"null_order__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."null_order__reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.null_order__reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "null_order__reconcile_old"}, "title": "drop index null_order__reconcile_old on public.users", "object": "index null_order on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"null_order__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index opclass_ on public.users (schema.yaml:13:7)
--   columns[0].opclass: {schema: pg_catalog, name: text_pattern_ops} → none

-- Step 26 of 40: build index opclass___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 26 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.opclass___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "opclass___reconcile_new"}, "title": "build index opclass___reconcile_new on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "builds": "public.opclass___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"opclass___reconcile_new\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "opclass___reconcile_new" ON "public"."users" ("email");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.opclass___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "opclass___reconcile_new"}, "title": "build index opclass___reconcile_new on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "builds": "public.opclass___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"opclass___reconcile_new\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 27 of 40: swap in the new index opclass_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 27 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.opclass_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "opclass_"}, "title": "swap in the new index opclass_ on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["ALTER INDEX \"public\".\"opclass_\" RENAME TO \"opclass___reconcile_old\"", "ALTER INDEX \"public\".\"opclass___reconcile_new\" RENAME TO \"opclass_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."opclass_" RENAME TO "opclass___reconcile_old";
ALTER INDEX "public"."opclass___reconcile_new" RENAME TO "opclass_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.opclass_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "opclass_"}, "title": "swap in the new index opclass_ on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["ALTER INDEX \"public\".\"opclass_\" RENAME TO \"opclass___reconcile_old\"", "ALTER INDEX \"public\".\"opclass___reconcile_new\" RENAME TO \"opclass_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 28 of 40: drop index opclass___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 28 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.opclass___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "opclass___reconcile_old"}, "title": "drop index opclass___reconcile_old on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"opclass___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."opclass___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.opclass___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "opclass___reconcile_old"}, "title": "drop index opclass___reconcile_old on public.users", "object": "index opclass_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"opclass___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index order_ on public.users (schema.yaml:15:7)
--   columns[0].order: asc → desc

-- Step 29 of 40: build index order___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 29 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.order___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "order___reconcile_new"}, "title": "build index order___reconcile_new on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "builds": "public.order___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"order___reconcile_new\" ON \"public\".\"users\" (\"at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "order___reconcile_new" ON "public"."users" ("at" DESC);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.order___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "order___reconcile_new"}, "title": "build index order___reconcile_new on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "builds": "public.order___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"order___reconcile_new\" ON \"public\".\"users\" (\"at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 30 of 40: swap in the new index order_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 30 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.order_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "order_"}, "title": "swap in the new index order_ on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER INDEX \"public\".\"order_\" RENAME TO \"order___reconcile_old\"", "ALTER INDEX \"public\".\"order___reconcile_new\" RENAME TO \"order_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."order_" RENAME TO "order___reconcile_old";
ALTER INDEX "public"."order___reconcile_new" RENAME TO "order_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.order_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "order_"}, "title": "swap in the new index order_ on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["ALTER INDEX \"public\".\"order_\" RENAME TO \"order___reconcile_old\"", "ALTER INDEX \"public\".\"order___reconcile_new\" RENAME TO \"order_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 31 of 40: drop index order___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 31 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.order___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "order___reconcile_old"}, "title": "drop index order___reconcile_old on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"order___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."order___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.order___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "order___reconcile_old"}, "title": "drop index order___reconcile_old on public.users", "object": "index order_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:15:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"order___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index tablespace_ on public.users (schema.yaml:17:7)
--   tablespace: none → fast

-- Step 32 of 40: build index tablespace___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 32 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.tablespace___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "tablespace___reconcile_new"}, "title": "build index tablespace___reconcile_new on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "builds": "public.tablespace___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"tablespace___reconcile_new\" ON \"public\".\"users\" (\"nick\", \"email\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "tablespace___reconcile_new" ON "public"."users" ("nick", "email") TABLESPACE "fast";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.tablespace___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "tablespace___reconcile_new"}, "title": "build index tablespace___reconcile_new on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "builds": "public.tablespace___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"tablespace___reconcile_new\" ON \"public\".\"users\" (\"nick\", \"email\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 33 of 40: swap in the new index tablespace_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 33 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.tablespace_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "tablespace_"}, "title": "swap in the new index tablespace_ on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["ALTER INDEX \"public\".\"tablespace_\" RENAME TO \"tablespace___reconcile_old\"", "ALTER INDEX \"public\".\"tablespace___reconcile_new\" RENAME TO \"tablespace_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."tablespace_" RENAME TO "tablespace___reconcile_old";
ALTER INDEX "public"."tablespace___reconcile_new" RENAME TO "tablespace_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.tablespace_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "tablespace_"}, "title": "swap in the new index tablespace_ on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["ALTER INDEX \"public\".\"tablespace_\" RENAME TO \"tablespace___reconcile_old\"", "ALTER INDEX \"public\".\"tablespace___reconcile_new\" RENAME TO \"tablespace_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 34 of 40: drop index tablespace___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 34 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.tablespace___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "tablespace___reconcile_old"}, "title": "drop index tablespace___reconcile_old on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"tablespace___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."tablespace___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.tablespace___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "tablespace___reconcile_old"}, "title": "drop index tablespace___reconcile_old on public.users", "object": "index tablespace_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"tablespace___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index unique_ on public.users (schema.yaml:8:7)
--   unique: false → true

-- Step 35 of 40: build index unique___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 35 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.unique___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "unique___reconcile_new"}, "title": "build index unique___reconcile_new on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.unique___reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"unique___reconcile_new\" ON \"public\".\"users\" (\"email\", \"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "unique___reconcile_new" ON "public"."users" ("email", "nick");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.unique___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "unique___reconcile_new"}, "title": "build index unique___reconcile_new on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.unique___reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"unique___reconcile_new\" ON \"public\".\"users\" (\"email\", \"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 36 of 40: swap in the new index unique_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 36 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.unique_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "unique_"}, "title": "swap in the new index unique_ on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"unique_\" RENAME TO \"unique___reconcile_old\"", "ALTER INDEX \"public\".\"unique___reconcile_new\" RENAME TO \"unique_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."unique_" RENAME TO "unique___reconcile_old";
ALTER INDEX "public"."unique___reconcile_new" RENAME TO "unique_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.unique_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "unique_"}, "title": "swap in the new index unique_ on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"unique_\" RENAME TO \"unique___reconcile_old\"", "ALTER INDEX \"public\".\"unique___reconcile_new\" RENAME TO \"unique_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 37 of 40: drop index unique___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 37 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.unique___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "unique___reconcile_old"}, "title": "drop index unique___reconcile_old on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"unique___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."unique___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.unique___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "unique___reconcile_old"}, "title": "drop index unique___reconcile_old on public.users", "object": "index unique_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"unique___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index where_ on public.users (schema.yaml:11:7)
--   where: nick = 'b'::text → nick <> 'b'::text

-- Step 38 of 40: build index where___reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 38 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.where___reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "where___reconcile_new"}, "title": "build index where___reconcile_new on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.where___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"where___reconcile_new\" ON \"public\".\"users\" (\"email\") WHERE (nick <> ''b''::text)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "where___reconcile_new" ON "public"."users" ("email") WHERE (nick <> 'b'::text);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.where___reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "where___reconcile_new"}, "title": "build index where___reconcile_new on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.where___reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"where___reconcile_new\" ON \"public\".\"users\" (\"email\") WHERE (nick <> ''b''::text)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 39 of 40: swap in the new index where_ on public.users [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 39 of 40'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.where_', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "where_"}, "title": "swap in the new index where_ on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER INDEX \"public\".\"where_\" RENAME TO \"where___reconcile_old\"", "ALTER INDEX \"public\".\"where___reconcile_new\" RENAME TO \"where_\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."where_" RENAME TO "where___reconcile_old";
ALTER INDEX "public"."where___reconcile_new" RENAME TO "where_";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.users.where_', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "users", "kind": "index", "name": "where_"}, "title": "swap in the new index where_ on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER INDEX \"public\".\"where_\" RENAME TO \"where___reconcile_old\"", "ALTER INDEX \"public\".\"where___reconcile_new\" RENAME TO \"where_\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 40 of 40: drop index where___reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 40 of 40'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.where___reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "where___reconcile_old"}, "title": "drop index where___reconcile_old on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"where___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."where___reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.users.where___reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "users", "kind": "index", "name": "where___reconcile_old"}, "title": "drop index where___reconcile_old on public.users", "object": "index where_ on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick = ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "nick <> ''b''::text", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"where___reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 40}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 40 steps'
