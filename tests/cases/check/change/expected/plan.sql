-- Plan: 3 checks to alter, 1 check to validate; 10 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 10, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter check comment_check on public.wallets (schema.yaml:7:7)
--   comment: old → none

-- Step 1 of 10: alter check comment_check on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter check comment_check on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check comment_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance <> (13)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "old"}, "after": {"type": "Check", "expression": "balance <> (13)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["COMMENT ON CONSTRAINT \"comment_check\" ON \"public\".\"wallets\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "comment_check" ON "public"."wallets" IS NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'alter check comment_check on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check comment_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance <> (13)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "old"}, "after": {"type": "Check", "expression": "balance <> (13)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["COMMENT ON CONSTRAINT \"comment_check\" ON \"public\".\"wallets\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check expression_check on public.wallets (schema.yaml:5:7)
--   expression: balance >= (0)::numeric → balance > (0)::numeric

-- Step 2 of 10: add check expression_check__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check expression_check__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"expression_check__reconcile_new\" CHECK (balance > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "expression_check__reconcile_new" CHECK (balance > (0)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check expression_check__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"expression_check__reconcile_new\" CHECK (balance > (0)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 10: validate check expression_check__reconcile_new on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check expression_check__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"expression_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "expression_check__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check expression_check__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"expression_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 10: comment on check expression_check__reconcile_new on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check expression_check__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"expression_check__reconcile_new\" ON \"public\".\"wallets\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "expression_check__reconcile_new" ON "public"."wallets" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check expression_check__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"expression_check__reconcile_new\" ON \"public\".\"wallets\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 10: replace check expression_check on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check expression_check on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"expression_check\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"expression_check__reconcile_new\" TO \"expression_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "expression_check";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "expression_check__reconcile_new" TO "expression_check";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check expression_check on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check expression_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance >= (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "Check", "expression": "balance > (0)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"expression_check\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"expression_check__reconcile_new\" TO \"expression_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check inherit_check on public.wallets (schema.yaml:6:7)
--   no_inherit: true → false

-- Step 6 of 10: add check inherit_check__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check inherit_check__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"inherit_check__reconcile_new\" CHECK (balance < (1000)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "inherit_check__reconcile_new" CHECK (balance < (1000)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check inherit_check__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"inherit_check__reconcile_new\" CHECK (balance < (1000)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 10: validate check inherit_check__reconcile_new on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check inherit_check__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"inherit_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "inherit_check__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check inherit_check__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"inherit_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 10: replace check inherit_check on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check inherit_check on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"inherit_check\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"inherit_check__reconcile_new\" TO \"inherit_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "inherit_check";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "inherit_check__reconcile_new" TO "inherit_check";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check inherit_check on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check inherit_check on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (1000)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"inherit_check\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"inherit_check__reconcile_new\" TO \"inherit_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- validate check valid_check on public.wallets (schema.yaml:8:7)
--   comment: none → holds now
--   validated: false → true

-- Step 9 of 10: validate check valid_check on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check valid_check on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check valid_check on public.wallets", "schema": "public", "table": "wallets", "action": "validate", "before": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "holds now"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"valid_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "valid_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check valid_check on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check valid_check on public.wallets", "schema": "public", "table": "wallets", "action": "validate", "before": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "holds now"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"valid_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 10: comment on check valid_check on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check valid_check on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check valid_check on public.wallets", "schema": "public", "table": "wallets", "action": "validate", "before": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "holds now"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"valid_check\" ON \"public\".\"wallets\" IS ''holds now''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "valid_check" ON "public"."wallets" IS 'holds now';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check valid_check on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check valid_check on public.wallets", "schema": "public", "table": "wallets", "action": "validate", "before": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "balance < (500)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": "holds now"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"valid_check\" ON \"public\".\"wallets\" IS ''holds now''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
