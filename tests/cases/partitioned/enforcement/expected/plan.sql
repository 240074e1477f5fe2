-- Plan: 1 foreign key to alter, 1 foreign key to drop, 1 foreign key to create; 5 steps.
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

-- alter foreign key given_up on public.nodes (schema.yaml:6:7)
--   enforced: true → false
--   on_delete: cascade → no action
--   validated: true → false
--   hazard constraint-dropped: foreign key given_up on public.nodes, which is to be there without being enforced

-- Step 1 of 5: drop foreign key given_up on public.nodes [brief]
--   locks public.nodes ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.nodes_1 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.nodes_2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key given_up on public.nodes', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key given_up on public.nodes", "schema": "public", "table": "nodes", "action": "alter", "before": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"nodes\" DROP CONSTRAINT \"given_up\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."nodes" DROP CONSTRAINT "given_up";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key given_up on public.nodes', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key given_up on public.nodes", "schema": "public", "table": "nodes", "action": "alter", "before": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"nodes\" DROP CONSTRAINT \"given_up\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 5: add foreign key given_up on public.nodes, not enforced [brief]
--   locks public.nodes SHARE ROW EXCLUSIVE: blocks writes
--   locks public.nodes_1 SHARE ROW EXCLUSIVE: blocks writes
--   locks public.nodes_2 SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key given_up on public.nodes', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key given_up on public.nodes", "schema": "public", "table": "nodes", "action": "alter", "before": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"nodes\" ADD CONSTRAINT \"given_up\" FOREIGN KEY (\"peer\") REFERENCES \"public\".\"nodes\" (\"id\") NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."nodes" ADD CONSTRAINT "given_up" FOREIGN KEY ("peer") REFERENCES "public"."nodes" ("id") NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key given_up on public.nodes', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key given_up on public.nodes", "schema": "public", "table": "nodes", "action": "alter", "before": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["peer"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"nodes\" ADD CONSTRAINT \"given_up\" FOREIGN KEY (\"peer\") REFERENCES \"public\".\"nodes\" (\"id\") NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop foreign key old_name on public.nodes (schema.yaml:8:21)
--   hazard constraint-dropped: foreign key old_name on public.nodes

-- Step 3 of 5: drop foreign key old_name on public.nodes [brief]
--   locks public.nodes ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.nodes_1 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.nodes_2 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key old_name on public.nodes', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key old_name on public.nodes", "schema": "public", "table": "nodes", "action": "drop", "before": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:8:21", "sql": ["ALTER TABLE \"public\".\"nodes\" DROP CONSTRAINT \"old_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."nodes" DROP CONSTRAINT "old_name";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key old_name on public.nodes', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key old_name on public.nodes", "schema": "public", "table": "nodes", "action": "drop", "before": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": null, "place": "schema.yaml:8:21", "sql": ["ALTER TABLE \"public\".\"nodes\" DROP CONSTRAINT \"old_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key new_name on public.nodes (schema.yaml:5:7)

-- Step 4 of 5: add foreign key new_name on public.nodes, not valid yet [brief]
--   locks public.nodes SHARE ROW EXCLUSIVE: blocks writes
--   locks public.nodes_1 SHARE ROW EXCLUSIVE: blocks writes
--   locks public.nodes_2 SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key new_name on public.nodes', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.nodes", "schema": "public", "table": "nodes", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"nodes\" ADD CONSTRAINT \"new_name\" FOREIGN KEY (\"up\") REFERENCES \"public\".\"nodes\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."nodes" ADD CONSTRAINT "new_name" FOREIGN KEY ("up") REFERENCES "public"."nodes" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key new_name on public.nodes', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.nodes", "schema": "public", "table": "nodes", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"nodes\" ADD CONSTRAINT \"new_name\" FOREIGN KEY (\"up\") REFERENCES \"public\".\"nodes\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 5: validate foreign key new_name on public.nodes [scan]
--   locks public.nodes SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.nodes_1 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.nodes_2 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.nodes ROW SHARE: blocks neither reads nor writes
--   locks public.nodes_1 ACCESS SHARE: blocks neither reads nor writes
--   locks public.nodes_2 ACCESS SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key new_name on public.nodes', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.nodes", "schema": "public", "table": "nodes", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"nodes\" VALIDATE CONSTRAINT \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."nodes" VALIDATE CONSTRAINT "new_name";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key new_name on public.nodes', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.nodes", "schema": "public", "table": "nodes", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "nodes"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"nodes\" VALIDATE CONSTRAINT \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
