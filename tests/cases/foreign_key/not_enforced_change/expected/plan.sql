-- Plan: 7 foreign keys to alter, 1 foreign key to drop; 14 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 14, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter foreign key begins on public.wallets (schema.yaml:5:7)
--   comment: none → for good
--   enforced: false → true
--   validated: false → true

-- Step 1 of 14: add foreign key begins__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "begins__reconcile_new" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 14: validate foreign key begins__reconcile_new on public.wallets [scan]
--   locks public.wallets SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "begins__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 14: comment on foreign key begins__reconcile_new on public.wallets [brief]
--   locks public.wallets ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key begins__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"begins__reconcile_new\" ON \"public\".\"wallets\" IS ''for good''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "begins__reconcile_new" ON "public"."wallets" IS 'for good';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key begins__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"begins__reconcile_new\" ON \"public\".\"wallets\" IS ''for good''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 14: replace foreign key begins on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "begins";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "begins__reconcile_new" TO "begins";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "for good"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key begins_for_new_rows on public.wallets (schema.yaml:6:7)
--   enforced: false → true

-- Step 5 of 14: add foreign key begins_for_new_rows__reconcile_new on public.wallets, not valid yet [brief]
--   locks public.wallets SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins_for_new_rows__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins_for_new_rows__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "begins_for_new_rows__reconcile_new" FOREIGN KEY ("b") REFERENCES "public"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins_for_new_rows__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"begins_for_new_rows__reconcile_new\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 14: replace foreign key begins_for_new_rows on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins_for_new_rows on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins_for_new_rows\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins_for_new_rows__reconcile_new\" TO \"begins_for_new_rows\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "begins_for_new_rows";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "begins_for_new_rows__reconcile_new" TO "begins_for_new_rows";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins_for_new_rows on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins_for_new_rows on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"begins_for_new_rows\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"begins_for_new_rows__reconcile_new\" TO \"begins_for_new_rows\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key deferral on public.wallets (schema.yaml:11:7)
--   deferrable: false → true
--   initially_deferred: false → true

-- Step 7 of 14: alter foreign key deferral on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key deferral on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferral on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["g"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["g"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"deferral\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ALTER CONSTRAINT "deferral" DEFERRABLE INITIALLY DEFERRED;
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key deferral on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferral on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["g"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["g"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"deferral\" DEFERRABLE INITIALLY DEFERRED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key ends on public.wallets (schema.yaml:7:7)
--   enforced: true → false
--   validated: true → false
--   hazard constraint-dropped: foreign key ends on public.wallets, which is to be there without being enforced

-- Step 8 of 14: alter foreign key ends on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key ends on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"ends\" NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ALTER CONSTRAINT "ends" NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key ends on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"ends\" NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key ends_and_more on public.wallets (schema.yaml:8:7)
--   comment: none → given up
--   deferrable: false → true
--   enforced: true → false
--   hazard constraint-dropped: foreign key ends_and_more on public.wallets, which is to be there without being enforced

-- Step 9 of 14: alter foreign key ends_and_more on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key ends_and_more on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_and_more on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"ends_and_more\" DEFERRABLE INITIALLY IMMEDIATE NOT ENFORCED", "COMMENT ON CONSTRAINT \"ends_and_more\" ON \"public\".\"wallets\" IS ''given up''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ALTER CONSTRAINT "ends_and_more" DEFERRABLE INITIALLY IMMEDIATE NOT ENFORCED;
COMMENT ON CONSTRAINT "ends_and_more" ON "public"."wallets" IS 'given up';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key ends_and_more on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_and_more on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": false, "enforced": false, "comment": "given up"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ALTER CONSTRAINT \"ends_and_more\" DEFERRABLE INITIALLY IMMEDIATE NOT ENFORCED", "COMMENT ON CONSTRAINT \"ends_and_more\" ON \"public\".\"wallets\" IS ''given up''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key ends_otherwise on public.wallets (schema.yaml:9:7)
--   enforced: true → false
--   on_delete: no action → cascade
--   validated: true → false
--   hazard constraint-dropped: foreign key ends_otherwise on public.wallets, which is to be there without being enforced

-- Step 10 of 14: add foreign key ends_otherwise__reconcile_new on public.wallets, not enforced [brief]
--   locks public.wallets SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key ends_otherwise__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_otherwise on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"ends_otherwise__reconcile_new\" FOREIGN KEY (\"e\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "ends_otherwise__reconcile_new" FOREIGN KEY ("e") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key ends_otherwise__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_otherwise on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"ends_otherwise__reconcile_new\" FOREIGN KEY (\"e\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 14: replace foreign key ends_otherwise on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key ends_otherwise on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_otherwise on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"ends_otherwise\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"ends_otherwise__reconcile_new\" TO \"ends_otherwise\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "ends_otherwise";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "ends_otherwise__reconcile_new" TO "ends_otherwise";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key ends_otherwise on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends_otherwise on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"ends_otherwise\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"ends_otherwise__reconcile_new\" TO \"ends_otherwise\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key other on public.wallets (schema.yaml:10:7)
--   on_delete: no action → set null

-- Step 12 of 14: add foreign key other__reconcile_new on public.wallets, not enforced [brief]
--   locks public.wallets SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key other__reconcile_new on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"other__reconcile_new\" FOREIGN KEY (\"f\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE SET NULL NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" ADD CONSTRAINT "other__reconcile_new" FOREIGN KEY ("f") REFERENCES "public"."users" ("id") ON DELETE SET NULL NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key other__reconcile_new on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"wallets\" ADD CONSTRAINT \"other__reconcile_new\" FOREIGN KEY (\"f\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE SET NULL NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 14: replace foreign key other on public.wallets by its successor [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key other on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"other\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"other__reconcile_new\" TO \"other\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "other";
ALTER TABLE "public"."wallets" RENAME CONSTRAINT "other__reconcile_new" TO "other";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key other on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key other on public.wallets", "schema": "public", "table": "wallets", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"other\"", "ALTER TABLE \"public\".\"wallets\" RENAME CONSTRAINT \"other__reconcile_new\" TO \"other\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop foreign key gone on public.wallets (schema.yaml:14:21)
--   hazard constraint-dropped: foreign key gone on public.wallets

-- Step 14 of 14: drop foreign key gone on public.wallets [brief]
--   locks public.wallets ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key gone on public.wallets', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key gone on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "ForeignKey", "columns": ["h"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."wallets" DROP CONSTRAINT "gone";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key gone on public.wallets', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key gone on public.wallets", "schema": "public", "table": "wallets", "action": "drop", "before": {"type": "ForeignKey", "columns": ["h"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"wallets\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 14}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 14 steps'
