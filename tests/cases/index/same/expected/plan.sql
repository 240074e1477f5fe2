-- Plan: 2 indexes to alter; 6 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 6, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index b on public.users (schema.yaml:6:7)
--   where: (nick)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]) → ((nick)::text = 'x'::text) OR ((nick)::text = 'y'::text)

-- Step 1 of 6: build index b__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index b__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.b__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"b__reconcile_new\" ON \"public\".\"users\" USING \"btree\" ((lower((nick)::text))) WHERE (((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "b__reconcile_new" ON "public"."users" USING "btree" ((lower((nick)::text))) WHERE (((nick)::text = 'x'::text) OR ((nick)::text = 'y'::text));
SELECT "public".log_migration_step('reconcile <digest>', 'build index b__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.b__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"b__reconcile_new\" ON \"public\".\"users\" USING \"btree\" ((lower((nick)::text))) WHERE (((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 6: give the name of index b on public.users to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index b on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"b\" RENAME TO \"b__reconcile_old\"", "ALTER INDEX \"public\".\"b__reconcile_new\" RENAME TO \"b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."b" RENAME TO "b__reconcile_old";
ALTER INDEX "public"."b__reconcile_new" RENAME TO "b";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index b on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"b\" RENAME TO \"b__reconcile_old\"", "ALTER INDEX \"public\".\"b__reconcile_new\" RENAME TO \"b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 6: drop index b__reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 3 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index b__reconcile_old on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"b__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."b__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index b__reconcile_old on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index b on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick)::text = ANY ((ARRAY[''x''::character varying, ''y''::character varying])::text[])", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((nick)::text)", "opclass": null, "opclass_params": [], "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "((nick)::text = ''x''::text) OR ((nick)::text = ''y''::text)", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"b__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index c on public.users (schema.yaml:7:7)
--   where: id > (5)::smallint → id > 5

-- Step 4 of 6: build index c__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index c__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.c__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"c__reconcile_new\" ON \"public\".\"users\" USING \"btree\" ((id + (5 * 2)) DESC) WHERE (id > 5)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "c__reconcile_new" ON "public"."users" USING "btree" ((id + (5 * 2)) DESC) WHERE (id > 5);
SELECT "public".log_migration_step('reconcile <digest>', 'build index c__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.c__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"c__reconcile_new\" ON \"public\".\"users\" USING \"btree\" ((id + (5 * 2)) DESC) WHERE (id > 5)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 6: give the name of index c on public.users to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index c on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER INDEX \"public\".\"c\" RENAME TO \"c__reconcile_old\"", "ALTER INDEX \"public\".\"c__reconcile_new\" RENAME TO \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."c" RENAME TO "c__reconcile_old";
ALTER INDEX "public"."c__reconcile_new" RENAME TO "c";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index c on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER INDEX \"public\".\"c\" RENAME TO \"c__reconcile_old\"", "ALTER INDEX \"public\".\"c__reconcile_new\" RENAME TO \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 6: drop index c__reconcile_old on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 6 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index c__reconcile_old on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"c__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."c__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index c__reconcile_old on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index c on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > (5)::smallint", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "id + (5 * 2)", "opclass": null, "opclass_params": [], "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "id > 5", "with": [], "tablespace": null, "comment": null, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"c__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
