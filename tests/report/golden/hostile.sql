-- Plan: 1 index to create; 1 step.
-- From schema.yaml; plan 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
-- Made for database samia on PostgreSQL 18.6. Run it with psql, not with --single-transaction, and not through a pooler in transaction mode.
-- The server's messages can quote rows: psql prints their SQLSTATE, and all with -v messages=1.
-- Should it stop, do not run it again: plan again, the new script goes on from there.
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set QUIET on
\if :{?messages}
\else
\set VERBOSITY sqlstate
\endif
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
SELECT pg_try_advisory_lock(4242) AS locked \gset
\if :locked
\else
\warn 'another run of reconcile is at work in this database'
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''another run of reconcile is at work in this database''; END';
\endif

-- The journal, if this is the first run.
SELECT to_regclass('"public"."migration_log"') IS NULL AS first_run \gset
\if :first_run
BEGIN;
SELECT 'public';
COMMIT;
\endif
SELECT "public".log_migration_step('reconcile 0123456789ab', 'run', 'started', NULL, NULL, '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "steps": 1, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index "a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m" on public."a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m", named "a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m" so far (a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m.yaml:60:7)
--   comment: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m → a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m

-- Step 1 of 1: build a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m [concurrent]
--   locks public."a""b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   hazard index-dropped: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
--   if it fails: a"b' `x` | <b>&\n\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m
\echo 'step 1 of 1'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile 0123456789ab', 'public.a"b'' `x` | <b>&
\! touch /tmp/pwned
-- :name $$ ``` @everyone [31m.create', 'started', NULL, NULL, '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "object": "index \"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" on public.\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\"", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "status": "valid"}, "place": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml:60:7", "sql": ["CREATE INDEX CONCURRENTLY \"i_a\"\"b'' `x` | <b>&\n\\! touch /tmp/\" ON \"public\".\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" (\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "i_a""b' `x` | <b>&
\! touch /tmp/" ON "public"."a""b' `x` | <b>&
\! touch /tmp/pwned
-- :name $$ ``` @everyone [31m" ("a""b' `x` | <b>&
\! touch /tmp/pwned
-- :name $$ ``` @everyone [31m");
SELECT "public".log_migration_step('reconcile 0123456789ab', 'public.a"b'' `x` | <b>&
\! touch /tmp/pwned
-- :name $$ ``` @everyone [31m.create', 'completed', NULL, NULL, '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "object": "index \"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" on public.\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\"", "schema": "public", "table": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "comment": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m", "status": "valid"}, "place": "a\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m.yaml:60:7", "sql": ["CREATE INDEX CONCURRENTLY \"i_a\"\"b'' `x` | <b>&\n\\! touch /tmp/\" ON \"public\".\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\" (\"a\"\"b'' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \u001b[31m\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile 0123456789ab', 'run', 'completed', NULL, NULL, '{"plan_digest": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "tool": "psql", "tool_version": "0.1.0", "completed": 1}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 1 step'
