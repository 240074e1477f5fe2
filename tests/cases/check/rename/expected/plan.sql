-- Plan: 2 checks to rename, 1 check to create, 1 check to drop; 5 steps.
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

-- rename check a on public.wallets, named old_a so far (schema.yaml:5:7)

-- Step 1 of 5: rename check old_a on public.wallets to a [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_a on public.wallets to a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check a on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_a\" TO \"a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "old_a" TO "a";
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_a on public.wallets to a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check a on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_a\" TO \"a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename check b on public.wallets, named old_b so far (schema.yaml:6:7)

-- Step 2 of 5: rename check old_b on public.wallets to b [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_b on public.wallets to b', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check b on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "balance < (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_b\" TO \"b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "old_b" TO "b";
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_b on public.wallets to b', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check b on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "balance < (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_b\" TO \"b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check c on public.wallets (schema.yaml:7:7)

-- Step 3 of 5: add check c on public.wallets, not valid yet [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check c on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance <> (51)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"c\" CHECK (balance <> (51)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "c" CHECK (balance <> (51)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check c on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance <> (51)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"c\" CHECK (balance <> (51)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 5: validate check c on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check c on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance <> (51)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "c";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check c on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check c on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance <> (51)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop check old_c on public.wallets (schema.yaml:9:28)
--   hazard constraint-dropped: check old_c on public.wallets

-- Step 5 of 5: drop check old_c on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop check old_c on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check old_c on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Check", "expression": "balance <> (50)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "old_c";
SELECT "public".log_migration_step('reconcile <digest>', 'drop check old_c on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check old_c on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Check", "expression": "balance <> (50)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
