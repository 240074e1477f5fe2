-- Plan: 2 foreign keys to rename, 1 foreign key to create, 1 foreign key to drop; 5 steps.
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

-- rename foreign key a_fkey on public.orders, named old_a so far (schema.yaml:5:7)

-- Step 1 of 5: rename foreign key old_a on public.orders to a_fkey [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_a on public.orders to a_fkey', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key a_fkey on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_a\" TO \"a_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" RENAME CONSTRAINT "old_a" TO "a_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_a on public.orders to a_fkey', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key a_fkey on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_a\" TO \"a_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- rename foreign key b_fkey on public.orders, named old_b so far (schema.yaml:6:7)

-- Step 2 of 5: rename foreign key old_b on public.orders to b_fkey [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_b on public.orders to b_fkey', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key b_fkey on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_b\" TO \"b_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" RENAME CONSTRAINT "old_b" TO "b_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_b on public.orders to b_fkey', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key b_fkey on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_b\" TO \"b_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key c_fkey on public.orders (schema.yaml:7:7)

-- Step 3 of 5: add foreign key c_fkey on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key c_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key c_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"c_fkey\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "c_fkey" FOREIGN KEY ("c") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key c_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key c_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"c_fkey\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 5: validate foreign key c_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key c_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key c_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"c_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "c_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key c_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key c_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"c_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop foreign key old_c on public.orders (schema.yaml:9:28)
--   hazard constraint-dropped: foreign key old_c on public.orders

-- Step 5 of 5: drop foreign key old_c on public.orders [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key old_c on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key old_c on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "old_c";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key old_c on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key old_c on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:9:28", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"old_c\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
