-- Plan: 3 checks to create; 4 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 4, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check positive on public.empty (schema.yaml:9:7)

-- Step 1 of 4: add check positive on public.empty, not enforced [brief]
--   locks public.empty ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check positive on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check positive on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"positive\" CHECK (a > 0) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "positive" CHECK (a > 0) NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check positive on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check positive on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"positive\" CHECK (a > 0) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check long on public.wallets (schema.yaml:6:7)

-- Step 2 of 4: add check long on public.wallets, not enforced [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check long on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check long on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "note <> ''''::text", "no_inherit": true, "validated": false, "enforced": false, "comment": "one day"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"long\" CHECK (note <> ''''::text) NO INHERIT NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "long" CHECK (note <> ''::text) NO INHERIT NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check long on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check long on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "note <> ''''::text", "no_inherit": true, "validated": false, "enforced": false, "comment": "one day"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"long\" CHECK (note <> ''''::text) NO INHERIT NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 4: comment on check long on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check long on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check long on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "note <> ''''::text", "no_inherit": true, "validated": false, "enforced": false, "comment": "one day"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"long\" ON \"public\".\"wallets\" IS ''one day''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "long" ON "public"."wallets" IS 'one day';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check long on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check long on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "note <> ''''::text", "no_inherit": true, "validated": false, "enforced": false, "comment": "one day"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"long\" ON \"public\".\"wallets\" IS ''one day''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check plain on public.wallets (schema.yaml:5:7)

-- Step 4 of 4: add check plain on public.wallets, not enforced [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check plain on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check plain on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance >= 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"plain\" CHECK (balance >= 0) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "plain" CHECK (balance >= 0) NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check plain on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check plain on public.wallets", "schema": "public", "table": "wallets", "action": "create", "before": null, "after": {"type": "Check", "expression": "balance >= 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"plain\" CHECK (balance >= 0) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 4 steps'
