-- Plan: 1 foreign key to alter, 2 foreign keys to create; 7 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 7, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter foreign key to_all_key on public.orders (schema.yaml:5:7)
--   on_delete_columns[0]: none → buyer

-- Step 1 of 7: add foreign key to_all_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_all_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_all_key__reconcile_new\" FOREIGN KEY (\"tenant\", \"buyer\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL (\"buyer\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "to_all_key__reconcile_new" FOREIGN KEY ("tenant", "buyer") REFERENCES "public"."users" ("tenant", "id") ON DELETE SET NULL ("buyer") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_all_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_all_key__reconcile_new\" FOREIGN KEY (\"tenant\", \"buyer\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL (\"buyer\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 7: validate foreign key to_all_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_all_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_all_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "to_all_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_all_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_all_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 7: replace foreign key to_all_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_all_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"to_all_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"to_all_key__reconcile_new\" TO \"to_all_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "to_all_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "to_all_key__reconcile_new" TO "to_all_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_all_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_all_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "buyer"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["buyer"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"to_all_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"to_all_key__reconcile_new\" TO \"to_all_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key to_default_key on public.orders (schema.yaml:7:7)

-- Step 4 of 7: add foreign key to_default_key on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_default_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_default_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_default_key\" FOREIGN KEY (\"tenant\", \"seller\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET DEFAULT (\"seller\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "to_default_key" FOREIGN KEY ("tenant", "seller") REFERENCES "public"."users" ("tenant", "id") ON DELETE SET DEFAULT ("seller") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_default_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_default_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_default_key\" FOREIGN KEY (\"tenant\", \"seller\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET DEFAULT (\"seller\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 7: validate foreign key to_default_key on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_default_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_default_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_default_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "to_default_key";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_default_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_default_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_default_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key to_null_key on public.orders (schema.yaml:6:7)

-- Step 6 of 7: add foreign key to_null_key on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_null_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_null_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_null_key\" FOREIGN KEY (\"tenant\", \"seller\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL (\"seller\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "to_null_key" FOREIGN KEY ("tenant", "seller") REFERENCES "public"."users" ("tenant", "id") ON DELETE SET NULL ("seller") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_null_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_null_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"to_null_key\" FOREIGN KEY (\"tenant\", \"seller\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL (\"seller\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 7: validate foreign key to_null_key on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_null_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_null_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_null_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "to_null_key";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_null_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_null_key on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "seller"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["seller"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"to_null_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 7}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 7 steps'
