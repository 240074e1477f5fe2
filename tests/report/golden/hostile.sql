-- Plan: 1 index to create; 1 step.
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'run', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "steps": 1, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index U&"a""b' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m" on public.U&"a""b' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m", renamed from U&"a""b' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m" (a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m.yaml:60:7)
--   comment: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m → a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m

-- Step 1 of 1: build a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m [concurrent]
--   locks public.U&"a""b' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   hazard index-dropped: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
--   if it fails: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
\echo 'step 1 of 1'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'build index public.U&"a""b'' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m".U&"a""b'' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m"', 'started', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "kind": "index", "name": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}, "title": "build a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "object": "index U&\"a\"\"b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m\" on public.U&\"a\"\"b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m\"", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "status": "valid"}, "place": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "index", "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"], "before": null, "after": {"type": "Index", "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "elements": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}]}, "place": ["a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml", 60, 7], "renamed_from": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}]}, "sql": ["CREATE INDEX CONCURRENTLY \"i_a\"\"b'' `x` | <b>&\n\\! touch /tmp/\" ON \"public\".\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" (\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "i_a""b' `x` | <b>&
\! touch /tmp/" ON "public".U&"a""b' `x` | <b>&
\\! touch /tmp/pwned
-- :name $$ ``` @everyone \+00001b[31m" (U&"a""b' `x` | <b>&
\\! touch /tmp/pwned
-- :name $$ ``` @everyone \+00001b[31m");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'build index public.U&"a""b'' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m".U&"a""b'' `x` | <b>&\000A\\! touch /tmp/pwned\000A-- :name $$ ``` @everyone \001B[31m"', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "kind": "index", "name": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}, "title": "build a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "object": "index U&\"a\"\"b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m\" on public.U&\"a\"\"b'' `x` | <b>&\\000A\\\\! touch /tmp/pwned\\000A-- :name $$ ``` @everyone \\001B[31m\"", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "using": "btree", "where": null, "include": [], "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "status": "valid"}, "place": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "index", "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"], "before": null, "after": {"type": "Index", "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "elements": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}]}, "place": ["a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml", 60, 7], "renamed_from": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m"}]}, "sql": ["CREATE INDEX CONCURRENTLY \"i_a\"\"b'' `x` | <b>&\n\\! touch /tmp/\" ON \"public\".\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" (\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile 0123456789ab', 'run', 'completed', '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "completed": 1}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 1 step'
