-- Plan: 13 foreign keys to create; 26 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 26, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create foreign key "Größe der ""Kündin""" on public.children (schema.yaml:14:7)

-- Step 1 of 26: add foreign key "Größe der ""Kündin""" on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks "Crm"."Kündin ""A""" SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "Größe der ""Kündin""" on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"Größe der \"\"Kündin\"\"\" FOREIGN KEY (\"Nr\", \"größe\") REFERENCES \"Crm\".\"Kündin \"\"A\"\"\" (\"Nr.\", \"größe\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "Größe der ""Kündin""" FOREIGN KEY ("Nr", "größe") REFERENCES "Crm"."Kündin ""A""" ("Nr.", "größe") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "Größe der ""Kündin""" on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"Größe der \"\"Kündin\"\"\" FOREIGN KEY (\"Nr\", \"größe\") REFERENCES \"Crm\".\"Kündin \"\"A\"\"\" (\"Nr.\", \"größe\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 26: validate foreign key "Größe der ""Kündin""" on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks "Crm"."Kündin ""A""" ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key "Größe der ""Kündin""" on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"Größe der \"\"Kündin\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "Größe der ""Kündin""";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key "Größe der ""Kündin""" on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"Größe der \"\"Kündin\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 26: comment on foreign key "Größe der ""Kündin""" on public.children [brief]
--   locks public.children ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key "Größe der ""Kündin""" on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["COMMENT ON CONSTRAINT \"Größe der \"\"Kündin\"\"\" ON \"public\".\"children\" IS ''über alles''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "Größe der ""Kündin""" ON "public"."children" IS 'über alles';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key "Größe der ""Kündin""" on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"Größe der \"\"Kündin\"\"\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["Nr", "größe"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["Nr.", "größe"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": "über alles"}, "place": "schema.yaml:14:7", "sql": ["COMMENT ON CONSTRAINT \"Größe der \"\"Kündin\"\"\" ON \"public\".\"children\" IS ''über alles''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key by_index on public.children (schema.yaml:19:7)

-- Step 4 of 26: add foreign key by_index on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks "Crm"."Kündin ""A""" SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key by_index on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key by_index on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"by_index\" FOREIGN KEY (\"code\") REFERENCES \"Crm\".\"Kündin \"\"A\"\"\" (\"code\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "by_index" FOREIGN KEY ("code") REFERENCES "Crm"."Kündin ""A""" ("code") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key by_index on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key by_index on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"by_index\" FOREIGN KEY (\"code\") REFERENCES \"Crm\".\"Kündin \"\"A\"\"\" (\"code\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 26: validate foreign key by_index on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks "Crm"."Kündin ""A""" ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key by_index on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key by_index on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"by_index\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "by_index";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key by_index on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key by_index on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "Crm", "name": "Kündin \"A\""}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"by_index\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key cascades on public.children (schema.yaml:7:7)

-- Step 6 of 26: add foreign key cascades on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key cascades on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key cascades on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"cascades\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE CASCADE ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "cascades" FOREIGN KEY ("c") REFERENCES "public"."parents" ("id") ON UPDATE CASCADE ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key cascades on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key cascades on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"cascades\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE CASCADE ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 26: validate foreign key cascades on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key cascades on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key cascades on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"cascades\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "cascades";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key cascades on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key cascades on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"cascades\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key defaults on public.children (schema.yaml:10:7)

-- Step 8 of 26: add foreign key defaults on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key defaults on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set default", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"defaults\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE SET DEFAULT ON DELETE SET DEFAULT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "defaults" FOREIGN KEY ("parent") REFERENCES "public"."parents" ("id") ON UPDATE SET DEFAULT ON DELETE SET DEFAULT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key defaults on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set default", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"defaults\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE SET DEFAULT ON DELETE SET DEFAULT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 26: validate foreign key defaults on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key defaults on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set default", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"defaults\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "defaults";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key defaults on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["parent"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set default", "on_delete": "set default", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"defaults\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key deferred on public.children (schema.yaml:13:7)

-- Step 10 of 26: add foreign key deferred on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key deferred on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferred on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "children"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"deferred\" FOREIGN KEY (\"up\") REFERENCES \"public\".\"children\" (\"id\") DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "deferred" FOREIGN KEY ("up") REFERENCES "public"."children" ("id") DEFERRABLE INITIALLY DEFERRED NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key deferred on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferred on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "children"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"deferred\" FOREIGN KEY (\"up\") REFERENCES \"public\".\"children\" (\"id\") DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 26: validate foreign key deferred on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.children ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 11 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key deferred on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferred on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "children"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"deferred\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "deferred";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key deferred on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key deferred on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["up"], "ref_table": {"schema": "public", "name": "children"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"deferred\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key match_full on public.children (schema.yaml:5:7)

-- Step 12 of 26: add foreign key match_full on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_full on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"match_full\" FOREIGN KEY (\"b\", \"a\") REFERENCES \"public\".\"parents\" (\"b\", \"a\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "match_full" FOREIGN KEY ("b", "a") REFERENCES "public"."parents" ("b", "a") MATCH FULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_full on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"match_full\" FOREIGN KEY (\"b\", \"a\") REFERENCES \"public\".\"parents\" (\"b\", \"a\") MATCH FULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 26: validate foreign key match_full on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 13 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_full on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"match_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "match_full";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_full on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["b", "a"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["b", "a"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"match_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key match_simple on public.children (schema.yaml:6:7)

-- Step 14 of 26: add foreign key match_simple on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_simple on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_simple on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"match_simple\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "match_simple" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_simple on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_simple on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"match_simple\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 26: validate foreign key match_simple on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_simple on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_simple on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"match_simple\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "match_simple";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_simple on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_simple on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"match_simple\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key nulls on public.children (schema.yaml:9:7)

-- Step 16 of 26: add foreign key nulls on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key nulls on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"nulls\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE SET NULL ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "nulls" FOREIGN KEY ("c") REFERENCES "public"."parents" ("id") ON UPDATE SET NULL ON DELETE SET NULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key nulls on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"nulls\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE SET NULL ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 17 of 26: validate foreign key nulls on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 17 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key nulls on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"nulls\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "nulls";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key nulls on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "set null", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"nulls\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key restricts on public.children (schema.yaml:8:7)

-- Step 18 of 26: add foreign key restricts on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key restricts on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key restricts on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"restricts\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE RESTRICT ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "restricts" FOREIGN KEY ("c") REFERENCES "public"."parents" ("id") ON UPDATE RESTRICT ON DELETE RESTRICT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key restricts on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key restricts on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"restricts\" FOREIGN KEY (\"c\") REFERENCES \"public\".\"parents\" (\"id\") ON UPDATE RESTRICT ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 19 of 26: validate foreign key restricts on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 19 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key restricts on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key restricts on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"restricts\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "restricts";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key restricts on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key restricts on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "restrict", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"restricts\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key some_defaults on public.children (schema.yaml:12:7)

-- Step 20 of 26: add foreign key some_defaults on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 20 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key some_defaults on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["b", "a"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"some_defaults\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET DEFAULT (\"b\", \"a\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "some_defaults" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") ON DELETE SET DEFAULT ("b", "a") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key some_defaults on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["b", "a"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"some_defaults\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET DEFAULT (\"b\", \"a\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 21 of 26: validate foreign key some_defaults on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 21 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key some_defaults on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["b", "a"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"some_defaults\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "some_defaults";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key some_defaults on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_defaults on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set default", "on_delete_columns": ["b", "a"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"some_defaults\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key some_nulls on public.children (schema.yaml:11:7)

-- Step 22 of 26: add foreign key some_nulls on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 22 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key some_nulls on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"some_nulls\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL (\"b\") DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "some_nulls" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") ON DELETE SET NULL ("b") DEFERRABLE INITIALLY IMMEDIATE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key some_nulls on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"some_nulls\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") ON DELETE SET NULL (\"b\") DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 23 of 26: validate foreign key some_nulls on public.children [scan]
--   locks public.children SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 23 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key some_nulls on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"some_nulls\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" VALIDATE CONSTRAINT "some_nulls";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key some_nulls on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key some_nulls on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["b"], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"children\" VALIDATE CONSTRAINT \"some_nulls\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key "user id" on public.children (schema.yaml:20:7)

-- Step 24 of 26: add foreign key "user id" on public.children, not valid yet [brief]
--   locks public.children SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 24 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "user id" on public.children', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"user id\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user id"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"user id\" FOREIGN KEY (\"user id\") REFERENCES \"public\".\"parents\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."children" ADD CONSTRAINT "user id" FOREIGN KEY ("user id") REFERENCES "public"."parents" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "user id" on public.children', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"user id\" on public.children", "schema": "public", "table": "children", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["user id"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"children\" ADD CONSTRAINT \"user id\" FOREIGN KEY (\"user id\") REFERENCES \"public\".\"parents\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key match_full on public.empty (schema.yaml:23:7)

-- Step 25 of 26: add foreign key match_full on public.empty, not valid yet [brief]
--   locks public.empty SHARE ROW EXCLUSIVE: blocks writes
--   locks public.parents SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 25 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_full on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["a", "b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"match_full\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") MATCH FULL ON DELETE SET NULL (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "match_full" FOREIGN KEY ("a", "b") REFERENCES "public"."parents" ("a", "b") MATCH FULL ON DELETE SET NULL ("a", "b") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key match_full on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["a", "b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"match_full\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"parents\" (\"a\", \"b\") MATCH FULL ON DELETE SET NULL (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 26 of 26: validate foreign key match_full on public.empty [scan]
--   locks public.empty SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.parents ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 26 of 26'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_full on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["a", "b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"match_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" VALIDATE CONSTRAINT "match_full";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key match_full on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key match_full on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a", "b"], "ref_table": {"schema": "public", "name": "parents"}, "ref_columns": ["a", "b"], "match": "full", "on_update": "no action", "on_delete": "set null", "on_delete_columns": ["a", "b"], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"match_full\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 26}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 26 steps'
