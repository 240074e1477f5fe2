-- Plan: 1 check to rename, 6 checks to alter, 1 check to drop; 16 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 16, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename check new_name on public.wallets, named old_name so far (schema.yaml:12:7)

-- Step 1 of 16: rename check old_name on public.wallets to new_name [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_name on public.wallets to new_name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check new_name on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "a > 6", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a > 6", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "old_name" TO "new_name";
SELECT "public".log_migration_step('reconcile <digest>', 'rename check old_name on public.wallets to new_name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check new_name on public.wallets", "schema": "public", "table": "wallets", "action": "rename", "before": {"type": "Check", "expression": "a > 6", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a > 6", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check begins on public.wallets (schema.yaml:5:7)
--   enforced: false → true
--   validated: false → true

-- Step 2 of 16: add check begins__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins__reconcile_new\" CHECK (a > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "begins__reconcile_new" CHECK (a > 0) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins__reconcile_new\" CHECK (a > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 16: validate check begins__reconcile_new on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "begins__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 16: comment on check begins__reconcile_new on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"begins__reconcile_new\" ON \"public\".\"wallets\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "begins__reconcile_new" ON "public"."wallets" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"begins__reconcile_new\" ON \"public\".\"wallets\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 16: replace check begins on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check begins on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "begins";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "begins__reconcile_new" TO "begins";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check begins on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": "kept"}, "after": {"type": "Check", "expression": "a > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check begins_for_new_rows on public.wallets (schema.yaml:6:7)
--   enforced: false → true

-- Step 6 of 16: add check begins_for_new_rows__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check begins_for_new_rows__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins_for_new_rows__reconcile_new\" CHECK (b > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "begins_for_new_rows__reconcile_new" CHECK (b > 0) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check begins_for_new_rows__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins_for_new_rows__reconcile_new\" CHECK (b > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 16: replace check begins_for_new_rows on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check begins_for_new_rows on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins_for_new_rows\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins_for_new_rows__reconcile_new\" TO \"begins_for_new_rows\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "begins_for_new_rows";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "begins_for_new_rows__reconcile_new" TO "begins_for_new_rows";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check begins_for_new_rows on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "b > 0", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins_for_new_rows\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins_for_new_rows__reconcile_new\" TO \"begins_for_new_rows\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check commented on public.wallets (schema.yaml:10:7)
--   comment: none → why

-- Step 8 of 16: alter check commented on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter check commented on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check commented on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 4", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a > 4", "no_inherit": false, "validated": false, "enforced": false, "comment": "why"}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON CONSTRAINT \"commented\" ON \"public\".\"wallets\" IS ''why''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "commented" ON "public"."wallets" IS 'why';
SELECT "public".log_migration_step('reconcile <digest>', 'alter check commented on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check commented on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 4", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a > 4", "no_inherit": false, "validated": false, "enforced": false, "comment": "why"}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON CONSTRAINT \"commented\" ON \"public\".\"wallets\" IS ''why''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check ends on public.wallets (schema.yaml:7:7)
--   comment: none → given up
--   enforced: true → false
--   validated: true → false
--   hazard constraint-dropped: check ends on public.wallets, which is to be there without being enforced

-- Step 9 of 16: add check ends__reconcile_new on public.wallets, not enforced [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check ends__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"ends__reconcile_new\" CHECK (a > 1) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "ends__reconcile_new" CHECK (a > 1) NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check ends__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"ends__reconcile_new\" CHECK (a > 1) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 16: comment on check ends__reconcile_new on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check ends__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["COMMENT ON CONSTRAINT \"ends__reconcile_new\" ON \"public\".\"wallets\" IS ''given up''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "ends__reconcile_new" ON "public"."wallets" IS 'given up';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on check ends__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["COMMENT ON CONSTRAINT \"ends__reconcile_new\" ON \"public\".\"wallets\" IS ''given up''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 16: replace check ends on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check ends on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"ends__reconcile_new\" TO \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "ends";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "ends__reconcile_new" TO "ends";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check ends on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 1", "no_inherit": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"ends__reconcile_new\" TO \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check never_valid on public.wallets (schema.yaml:8:7)
--   enforced: true → false
--   hazard constraint-dropped: check never_valid on public.wallets, which is to be there without being enforced

-- Step 12 of 16: add check never_valid__reconcile_new on public.wallets, not enforced [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check never_valid__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check never_valid on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"never_valid__reconcile_new\" CHECK (a > 2) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "never_valid__reconcile_new" CHECK (a > 2) NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check never_valid__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check never_valid on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"never_valid__reconcile_new\" CHECK (a > 2) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 16: replace check never_valid on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check never_valid on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check never_valid on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"never_valid\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"never_valid__reconcile_new\" TO \"never_valid\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "never_valid";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "never_valid__reconcile_new" TO "never_valid";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check never_valid on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check never_valid on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "a > 2", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"never_valid\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"never_valid__reconcile_new\" TO \"never_valid\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check other on public.wallets (schema.yaml:9:7)
--   expression: a > 3 → a < 3

-- Step 14 of 16: add check other__reconcile_new on public.wallets, not enforced [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check other__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a < 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"other__reconcile_new\" CHECK (a < 3) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "other__reconcile_new" CHECK (a < 3) NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add check other__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a < 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"other__reconcile_new\" CHECK (a < 3) NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 16: replace check other on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check other on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a < 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"other\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"other__reconcile_new\" TO \"other\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "other";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "other__reconcile_new" TO "other";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check other on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "Check", "expression": "a > 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "Check", "expression": "a < 3", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"other\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"other__reconcile_new\" TO \"other\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop check gone on public.wallets (schema.yaml:14:21)
--   hazard constraint-dropped: check gone on public.wallets

-- Step 16 of 16: drop check gone on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop check gone on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check gone on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Check", "expression": "a > 5", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "gone";
SELECT "public".log_migration_step('reconcile <digest>', 'drop check gone on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check gone on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "Check", "expression": "a > 5", "no_inherit": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 16}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 16 steps'
