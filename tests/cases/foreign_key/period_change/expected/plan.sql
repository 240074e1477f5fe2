-- Plan: 1 foreign key to rename, 4 foreign keys to alter, 1 foreign key to validate, 1 foreign key to drop; 13 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 13, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename foreign key new_name on public.stays, named old_name so far (schema.yaml:8:7)

-- Step 1 of 13: rename foreign key old_name on public.stays to new_name [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_name on public.stays to new_name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.stays", "schema": "public", "table": "stays", "action": "rename", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" RENAME CONSTRAINT "old_name" TO "new_name";
SELECT "public".log_migration_step('reconcile <digest>', 'rename foreign key old_name on public.stays to new_name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key new_name on public.stays", "schema": "public", "table": "stays", "action": "rename", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key begins on public.stays (schema.yaml:5:7)
--   references.columns[1]: shut → open
--   references.period: false → true

-- Step 2 of 13: add foreign key begins__reconcile_new on public.stays, not valid yet [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"begins__reconcile_new\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "begins__reconcile_new" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key begins__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"begins__reconcile_new\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 13: validate foreign key begins__reconcile_new on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key begins__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "begins__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key begins__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"begins__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 13: replace foreign key begins on public.stays by its successor [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "begins";
ALTER TABLE "public"."stays" RENAME CONSTRAINT "begins__reconcile_new" TO "begins";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key begins on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"begins__reconcile_new\" TO \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key ends on public.stays (schema.yaml:6:7)
--   references.columns[1]: open → shut
--   references.period: true → false

-- Step 5 of 13: add foreign key ends__reconcile_new on public.stays, not valid yet [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key ends__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"ends__reconcile_new\" FOREIGN KEY (\"room\", \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", \"shut\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "ends__reconcile_new" FOREIGN KEY ("room", "stay") REFERENCES "public"."rooms" ("id", "shut") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key ends__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"ends__reconcile_new\" FOREIGN KEY (\"room\", \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", \"shut\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 13: validate foreign key ends__reconcile_new on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key ends__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"ends__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "ends__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key ends__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"ends__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 13: replace foreign key ends on public.stays by its successor [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key ends on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"ends__reconcile_new\" TO \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "ends";
ALTER TABLE "public"."stays" RENAME CONSTRAINT "ends__reconcile_new" TO "ends";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key ends on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "shut"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"ends__reconcile_new\" TO \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key enforced on public.stays (schema.yaml:11:7)
--   enforced: false → true
--   validated: false → true

-- Step 8 of 13: add foreign key enforced__reconcile_new on public.stays, not valid yet [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key enforced__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"enforced__reconcile_new\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "enforced__reconcile_new" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key enforced__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"enforced__reconcile_new\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 13: validate foreign key enforced__reconcile_new on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key enforced__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"enforced__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "enforced__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key enforced__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"enforced__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 13: replace foreign key enforced on public.stays by its successor [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key enforced on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"enforced\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"enforced__reconcile_new\" TO \"enforced\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "enforced";
ALTER TABLE "public"."stays" RENAME CONSTRAINT "enforced__reconcile_new" TO "enforced";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key enforced on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key enforced on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"enforced\"", "ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"enforced__reconcile_new\" TO \"enforced\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- validate foreign key valid on public.stays (schema.yaml:10:7)
--   validated: false → true

-- Step 11 of 13: validate foreign key valid on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 11 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key valid on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key valid on public.stays", "schema": "public", "table": "stays", "action": "validate", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"valid\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "valid";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key valid on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key valid on public.stays", "schema": "public", "table": "stays", "action": "validate", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"valid\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop foreign key gone on public.stays (schema.yaml:13:21)
--   hazard constraint-dropped: foreign key gone on public.stays

-- Step 12 of 13: drop foreign key gone on public.stays [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key gone on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key gone on public.stays", "schema": "public", "table": "stays", "action": "drop", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:13:21", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "gone";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key gone on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key gone on public.stays", "schema": "public", "table": "stays", "action": "drop", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:13:21", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key altered on public.stays (schema.yaml:7:7)
--   comment: none → new
--   deferrable: true → false
--   enforced: true → false
--   validated: true → false
--   hazard constraint-dropped: foreign key altered on public.stays, which is to be there without being enforced

-- Step 13 of 13: alter foreign key altered on public.stays [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 13'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key altered on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key altered on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": "new"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ALTER CONSTRAINT \"altered\" NOT DEFERRABLE NOT ENFORCED", "COMMENT ON CONSTRAINT \"altered\" ON \"public\".\"stays\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ALTER CONSTRAINT "altered" NOT DEFERRABLE NOT ENFORCED;
COMMENT ON CONSTRAINT "altered" ON "public"."stays" IS 'new';
SELECT "public".log_migration_step('reconcile <digest>', 'alter foreign key altered on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key altered on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": "new"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ALTER CONSTRAINT \"altered\" NOT DEFERRABLE NOT ENFORCED", "COMMENT ON CONSTRAINT \"altered\" ON \"public\".\"stays\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 13}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 13 steps'
