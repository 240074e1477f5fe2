-- Plan: 5 foreign keys to alter; 16 steps.
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

-- alter foreign key columns_key on public.orders (schema.yaml:7:7)
--   columns[0]: a → b

-- Step 1 of 16: add foreign key columns_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key columns_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"columns_key__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "columns_key__reconcile_new" FOREIGN KEY ("b") REFERENCES "public"."users" ("id") ON DELETE RESTRICT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key columns_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"columns_key__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 16: validate foreign key columns_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key columns_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"columns_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "columns_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key columns_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"columns_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 16: replace foreign key columns_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key columns_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"columns_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"columns_key__reconcile_new\" TO \"columns_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "columns_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "columns_key__reconcile_new" TO "columns_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key columns_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"columns_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"columns_key__reconcile_new\" TO \"columns_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key match_key on public.orders (schema.yaml:9:7)
--   match: simple → full

-- Step 4 of 16: add foreign key match_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"match_key__reconcile_new\" FOREIGN KEY (\"t\", \"a\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "match_key__reconcile_new" FOREIGN KEY ("t", "a") REFERENCES "public"."users" ("tenant", "id") MATCH FULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"match_key__reconcile_new\" FOREIGN KEY (\"t\", \"a\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 16: validate foreign key match_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"match_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "match_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"match_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 16: replace foreign key match_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key match_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"match_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"match_key__reconcile_new\" TO \"match_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "match_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "match_key__reconcile_new" TO "match_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key match_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["t", "a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"match_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"match_key__reconcile_new\" TO \"match_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key on_delete_key on public.orders (schema.yaml:5:7)
--   on_delete: no action → cascade

-- Step 7 of 16: add foreign key on_delete_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key on_delete_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"on_delete_key__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "on_delete_key__reconcile_new" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key on_delete_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"on_delete_key__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 16: validate foreign key on_delete_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key on_delete_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"on_delete_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "on_delete_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key on_delete_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"on_delete_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 16: comment on foreign key on_delete_key__reconcile_new on public.orders [brief]
--   locks public.orders ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key on_delete_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"on_delete_key__reconcile_new\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "on_delete_key__reconcile_new" ON "public"."orders" IS 'kept, as the file does not mention it';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key on_delete_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"on_delete_key__reconcile_new\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 16: replace foreign key on_delete_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key on_delete_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"on_delete_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"on_delete_key__reconcile_new\" TO \"on_delete_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "on_delete_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "on_delete_key__reconcile_new" TO "on_delete_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key on_delete_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_delete_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept, as the file does not mention it"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"on_delete_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"on_delete_key__reconcile_new\" TO \"on_delete_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key on_update_key on public.orders (schema.yaml:6:7)
--   on_update: cascade → set null

-- Step 11 of 16: add foreign key on_update_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key on_update_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"on_update_key__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "on_update_key__reconcile_new" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") ON UPDATE SET NULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key on_update_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"on_update_key__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 16: validate foreign key on_update_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key on_update_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"on_update_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "on_update_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key on_update_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"on_update_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 16: replace foreign key on_update_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key on_update_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"on_update_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"on_update_key__reconcile_new\" TO \"on_update_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "on_update_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "on_update_key__reconcile_new" TO "on_update_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key on_update_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key on_update_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"on_update_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"on_update_key__reconcile_new\" TO \"on_update_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key reference_key on public.orders (schema.yaml:8:7)
--   references.columns[0]: id → other

-- Step 14 of 16: add foreign key reference_key__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key reference_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"reference_key__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"other\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "reference_key__reconcile_new" FOREIGN KEY ("b") REFERENCES "public"."users" ("other") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key reference_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"reference_key__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"other\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 16: validate foreign key reference_key__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key reference_key__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"reference_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "reference_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key reference_key__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"reference_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 16 of 16: replace foreign key reference_key on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key reference_key on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"reference_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"reference_key__reconcile_new\" TO \"reference_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "reference_key";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "reference_key__reconcile_new" TO "reference_key";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key reference_key on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key reference_key on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["other"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"reference_key\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"reference_key__reconcile_new\" TO \"reference_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 16}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 16 steps'
