-- Plan: 4 exclusion constraints to alter, 1 exclusion constraint to create; 6 steps.
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

-- alter exclusion altered_b on public.altered (schema.yaml:10:7)
--   clustered: true → false

-- Step 1 of 6: alter exclusion altered_b on public.altered [brief]
--   locks public.altered SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion altered_b on public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion altered_b on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"altered\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."altered" SET WITHOUT CLUSTER;
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion altered_b on public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion altered_b on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"altered\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion altered_a on public.altered (schema.yaml:9:7)
--   clustered: false → true

-- Step 2 of 6: alter exclusion altered_a on public.altered [brief]
--   locks public.altered SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion altered_a on public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion altered_a on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"altered\" CLUSTER ON \"altered_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."altered" CLUSTER ON "altered_a";
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion altered_a on public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion altered_a on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"altered\" CLUSTER ON \"altered_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion made_a on public.made (schema.yaml:6:7)

-- Step 3 of 6: build exclusion made_a on public.made [scan]
--   locks public.made ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: exclusion made_a on public.made: public.made was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion made_a on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_a\" EXCLUDE USING \"btree\" (\"a\" WITH OPERATOR(\"pg_catalog\".=))", "ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."made" ADD CONSTRAINT "made_a" EXCLUDE USING "btree" ("a" WITH OPERATOR("pg_catalog".=));
ALTER TABLE "public"."made" CLUSTER ON "made_a";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion made_a on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_a\" EXCLUDE USING \"btree\" (\"a\" WITH OPERATOR(\"pg_catalog\".=))", "ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion replaced_a on public.replaced (schema.yaml:13:7)
--   elements[1]: none → {column: b, opclass_params: {}, descending: false, operator: {schema: pg_catalog, name: =}}

-- Step 4 of 6: build exclusion replaced_a__reconcile_new on public.replaced [scan]
--   locks public.replaced ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: exclusion replaced_a__reconcile_new on public.replaced: public.replaced was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion replaced_a__reconcile_new on public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_a__reconcile_new\" EXCLUDE USING \"btree\" (\"a\" WITH OPERATOR(\"pg_catalog\".=), \"b\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."replaced" ADD CONSTRAINT "replaced_a__reconcile_new" EXCLUDE USING "btree" ("a" WITH OPERATOR("pg_catalog".=), "b" WITH OPERATOR("pg_catalog".=));
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion replaced_a__reconcile_new on public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_a__reconcile_new\" EXCLUDE USING \"btree\" (\"a\" WITH OPERATOR(\"pg_catalog\".=), \"b\" WITH OPERATOR(\"pg_catalog\".=))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 6: replace exclusion replaced_a on public.replaced by its successor [brief]
--   locks public.replaced ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace exclusion replaced_a on public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" RENAME CONSTRAINT \"replaced_a__reconcile_new\" TO \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" CLUSTER ON \"replaced_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."replaced" DROP CONSTRAINT "replaced_a";
ALTER TABLE "public"."replaced" RENAME CONSTRAINT "replaced_a__reconcile_new" TO "replaced_a";
ALTER TABLE "public"."replaced" CLUSTER ON "replaced_a";
SELECT "public".log_migration_step('reconcile <digest>', 'replace exclusion replaced_a on public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}, {"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" RENAME CONSTRAINT \"replaced_a__reconcile_new\" TO \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" CLUSTER ON \"replaced_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion taken_a on public.taken (schema.yaml:16:7)
--   clustered: true → false

-- Step 6 of 6: alter exclusion taken_a on public.taken [brief]
--   locks public.taken SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion taken_a on public.taken', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion taken_a on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"taken\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."taken" SET WITHOUT CLUSTER;
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion taken_a on public.taken', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion taken_a on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true}, "after": {"type": "Exclusion", "elements": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "="}}], "using": "btree", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"taken\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
