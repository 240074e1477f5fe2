-- Plan: 8 foreign keys to alter; 23 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 23, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter foreign key actions on public.children (schema.yaml:9:7)
--   on_delete: cascade → restrict
--   on_update: restrict → cascade

-- Step 1 of 23: add foreign key actions__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key actions__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"actions__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "actions__reconcile_new" FOREIGN KEY ("c") REFERENCES "public"."parents" ("id") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key actions__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"actions__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 23: validate foreign key actions__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key actions__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"actions__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "actions__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key actions__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"actions__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 23: replace foreign key actions on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key actions on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"actions\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"actions__reconcile_new\" TO \"actions\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "actions";
ALTER TABLE "public"."children" RENAME CONSTRAINT "actions__reconcile_new" TO "actions";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key actions on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"actions\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"actions__reconcile_new\" TO \"actions\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key columns on public.children (schema.yaml:7:7)
--   on_delete_columns[0]: none → b

-- Step 4 of 23: add foreign key columns__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key columns__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"columns__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL (\"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "columns__reconcile_new" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") ON DELETE SET NULL ("b") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key columns__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"columns__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL (\"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 23: validate foreign key columns__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key columns__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"columns__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "columns__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key columns__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"columns__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 23: replace foreign key columns on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key columns on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"columns\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"columns__reconcile_new\" TO \"columns\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "columns";
ALTER TABLE "public"."children" RENAME CONSTRAINT "columns__reconcile_new" TO "columns";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key columns on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"columns\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"columns__reconcile_new\" TO \"columns\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key deferral on public.children (schema.yaml:12:7)
--   deferrable: true → false
--   initially_deferred: true → false

-- Step 7 of 23: alter foreign key deferral on public.children [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key deferral on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferral on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" ALTER CONSTRAINT \"deferral\" NOT DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ALTER CONSTRAINT "deferral" NOT DEFERRABLE;
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key deferral on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferral on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" ALTER CONSTRAINT \"deferral\" NOT DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key no_actions on public.children (schema.yaml:10:7)
--   on_delete: set default → no action
--   on_update: set null → no action

-- Step 8 of 23: add foreign key no_actions__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key no_actions__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"no_actions__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "no_actions__reconcile_new" FOREIGN KEY ("c") REFERENCES "public"."parents" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key no_actions__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"no_actions__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 23: validate foreign key no_actions__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key no_actions__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"no_actions__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "no_actions__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key no_actions__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"no_actions__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 23: replace foreign key no_actions on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key no_actions on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"no_actions\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"no_actions__reconcile_new\" TO \"no_actions\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "no_actions";
ALTER TABLE "public"."children" RENAME CONSTRAINT "no_actions__reconcile_new" TO "no_actions";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key no_actions on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_actions on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"no_actions\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"no_actions__reconcile_new\" TO \"no_actions\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key no_columns on public.children (schema.yaml:8:7)
--   on_delete_columns[0]: b → none

-- Step 11 of 23: add foreign key no_columns__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key no_columns__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"no_columns__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "no_columns__reconcile_new" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") ON DELETE SET NULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key no_columns__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"no_columns__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 23: validate foreign key no_columns__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key no_columns__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"no_columns__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "no_columns__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key no_columns__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"no_columns__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 23: replace foreign key no_columns on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key no_columns on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"no_columns\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"no_columns__reconcile_new\" TO \"no_columns\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "no_columns";
ALTER TABLE "public"."children" RENAME CONSTRAINT "no_columns__reconcile_new" TO "no_columns";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key no_columns on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key no_columns on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"no_columns\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"no_columns__reconcile_new\" TO \"no_columns\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key target on public.children (schema.yaml:11:7)
--   references.table.schema: public → other

-- Step 14 of 23: add foreign key target__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks other.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key target__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"target__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"other\".\"parents\" (\"id\") ON UPDATE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "target__reconcile_new" FOREIGN KEY ("c") REFERENCES "other"."parents" ("id") ON UPDATE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key target__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"target__reconcile_new\" FOREIGN KEY (\"c\") REFERENCES \"other\".\"parents\" (\"id\") ON UPDATE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 23: validate foreign key target__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks other.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key target__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"target__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "target__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key target__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"target__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 16 of 23: comment on foreign key target__reconcile_new on public.children [brief]
--   locks public.children ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key target__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["COMMENT ON CONSTRAINT \"target__reconcile_new\" ON \"public\".\"children\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "target__reconcile_new" ON "public"."children" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key target__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["COMMENT ON CONSTRAINT \"target__reconcile_new\" ON \"public\".\"children\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 17 of 23: replace foreign key target on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key target on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"target\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"target__reconcile_new\" TO \"target\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "target";
ALTER TABLE "public"."children" RENAME CONSTRAINT "target__reconcile_new" TO "target";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key target on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key target on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "other", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "kept"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"target\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"target__reconcile_new\" TO \"target\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key to_full on public.children (schema.yaml:5:7)
--   match: simple → full

-- Step 18 of 23: add foreign key to_full__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_full__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"to_full__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "to_full__reconcile_new" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") MATCH FULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_full__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"to_full__reconcile_new\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 19 of 23: validate foreign key to_full__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 19 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_full__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"to_full__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "to_full__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_full__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"to_full__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 20 of 23: replace foreign key to_full on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 20 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_full on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"to_full\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"to_full__reconcile_new\" TO \"to_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "to_full";
ALTER TABLE "public"."children" RENAME CONSTRAINT "to_full__reconcile_new" TO "to_full";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_full on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_full on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"to_full\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"to_full__reconcile_new\" TO \"to_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key to_simple on public.children (schema.yaml:6:7)
--   match: full → simple

-- Step 21 of 23: add foreign key to_simple__reconcile_new on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 21 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_simple__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"to_simple__reconcile_new\" FOREIGN KEY (\"b\", \"a\") REFERENCES \"public\".\"parents\" (\"b\", \"a\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "to_simple__reconcile_new" FOREIGN KEY ("b", "a") REFERENCES "public"."parents" ("b", "a") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key to_simple__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"to_simple__reconcile_new\" FOREIGN KEY (\"b\", \"a\") REFERENCES \"public\".\"parents\" (\"b\", \"a\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 22 of 23: validate foreign key to_simple__reconcile_new on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 22 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_simple__reconcile_new on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"to_simple__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "to_simple__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key to_simple__reconcile_new on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"to_simple__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 23 of 23: replace foreign key to_simple on public.children by its successor [brief]
--   locks public.children ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.parents ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 23 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_simple on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"to_simple\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"to_simple__reconcile_new\" TO \"to_simple\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" DROP CONSTRAINT "to_simple";
ALTER TABLE "public"."children" RENAME CONSTRAINT "to_simple__reconcile_new" TO "to_simple";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key to_simple on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key to_simple on public.children", "schema": "public", "table": "children", "action": "alter", "before": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" DROP CONSTRAINT \"to_simple\"", "ALTER TABLE \"public\".\"children\" RENAME CONSTRAINT \"to_simple__reconcile_new\" TO \"to_simple\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 23}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 23 steps'
