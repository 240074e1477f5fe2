-- Plan: 4 foreign keys to create; 9 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 9, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create foreign key orders_account_fkey on public.orders (schema.yaml:5:7)

-- Step 1 of 9: add foreign key orders_account_fkey on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks billing.accounts SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_account_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_account_fkey\" FOREIGN KEY (\"account\") REFERENCES \"billing\".\"accounts\" (\"code\") ON UPDATE CASCADE ON DELETE SET DEFAULT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_account_fkey" FOREIGN KEY ("account") REFERENCES "billing"."accounts" ("code") ON UPDATE CASCADE ON DELETE SET DEFAULT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_account_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_account_fkey\" FOREIGN KEY (\"account\") REFERENCES \"billing\".\"accounts\" (\"code\") ON UPDATE CASCADE ON DELETE SET DEFAULT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 9: validate foreign key orders_account_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks billing.accounts ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_account_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_account_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_account_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_account_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_account_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 9: comment on foreign key orders_account_fkey on public.orders [brief]
--   locks public.orders ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key orders_account_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"orders_account_fkey\" ON \"public\".\"orders\" IS ''who pays''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "orders_account_fkey" ON "public"."orders" IS 'who pays';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key orders_account_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_account_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["account"], "ref_table": {"schema": "billing", "name": "accounts"}, "ref_columns": ["code"], "match": "simple", "on_update": "cascade", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "who pays"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"orders_account_fkey\" ON \"public\".\"orders\" IS ''who pays''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key orders_parent_fkey on public.orders (schema.yaml:11:7)

-- Step 4 of 9: add foreign key orders_parent_fkey on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_parent_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_parent_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "orders"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_parent_fkey\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"orders\" (\"id\") ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_parent_fkey" FOREIGN KEY ("parent") REFERENCES "public"."orders" ("id") ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_parent_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_parent_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "orders"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_parent_fkey\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"orders\" (\"id\") ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 9: validate foreign key orders_parent_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.orders ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_parent_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_parent_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "orders"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_parent_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_parent_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_parent_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_parent_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "orders"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_parent_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key orders_tenant_fkey on public.orders (schema.yaml:22:7)

-- Step 6 of 9: add foreign key orders_tenant_fkey on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_tenant_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_tenant_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_tenant_fkey\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_tenant_fkey" FOREIGN KEY ("tenant", "user_id") REFERENCES "public"."users" ("tenant", "id") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_tenant_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_tenant_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_tenant_fkey\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 9: validate foreign key orders_tenant_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_tenant_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_tenant_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_tenant_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_tenant_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_tenant_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_tenant_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_tenant_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key orders_user_id_fkey on public.orders (schema.yaml:17:7)

-- Step 8 of 9: add foreign key orders_user_id_fkey on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_user_id_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_user_id_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE RESTRICT ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") ON UPDATE RESTRICT ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key orders_user_id_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_user_id_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE RESTRICT ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 9: validate foreign key orders_user_id_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_user_id_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_user_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key orders_user_id_fkey on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
