-- Plan: 1 primary key and 4 exclusion constraints to alter; 5 steps.
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

-- alter primary key of public.handed (schema.yaml:20:18)
--   clustered: true → false

-- Step 1 of 5: alter primary key of public.handed [brief]
--   locks public.handed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.handed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.handed", "schema": "public", "table": "handed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "handed_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "handed_pkey"}, "place": "schema.yaml:20:18", "sql": ["ALTER TABLE \"public\".\"handed\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."handed" SET WITHOUT CLUSTER;
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.handed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.handed", "schema": "public", "table": "handed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "handed_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "handed_pkey"}, "place": "schema.yaml:20:18", "sql": ["ALTER TABLE \"public\".\"handed\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion changed_apart on public.changed (schema.yaml:11:26)
--   clustered: false → true
--   comment: none → new
--   statistics.1: 100 → 500

-- Step 2 of 5: alter exclusion changed_apart on public.changed [brief]
--   locks public.changed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion changed_apart on public.changed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion changed_apart on public.changed", "schema": "public", "table": "changed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:11:26", "sql": ["COMMENT ON CONSTRAINT \"changed_apart\" ON \"public\".\"changed\" IS ''new''", "ALTER INDEX \"public\".\"changed_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"changed\" CLUSTER ON \"changed_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "changed_apart" ON "public"."changed" IS 'new';
ALTER INDEX "public"."changed_apart" ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE "public"."changed" CLUSTER ON "changed_apart";
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion changed_apart on public.changed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion changed_apart on public.changed", "schema": "public", "table": "changed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:11:26", "sql": ["COMMENT ON CONSTRAINT \"changed_apart\" ON \"public\".\"changed\" IS ''new''", "ALTER INDEX \"public\".\"changed_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"changed\" CLUSTER ON \"changed_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion handed_apart on public.handed (schema.yaml:21:18)
--   clustered: false → true
--   comment: none → new
--   statistics.1: none → 500

-- Step 3 of 5: alter exclusion handed_apart on public.handed [brief]
--   locks public.handed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion handed_apart on public.handed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion handed_apart on public.handed", "schema": "public", "table": "handed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:21:18", "sql": ["COMMENT ON CONSTRAINT \"handed_apart\" ON \"public\".\"handed\" IS ''new''", "ALTER INDEX \"public\".\"handed_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"handed\" CLUSTER ON \"handed_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "handed_apart" ON "public"."handed" IS 'new';
ALTER INDEX "public"."handed_apart" ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE "public"."handed" CLUSTER ON "handed_apart";
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion handed_apart on public.handed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion handed_apart on public.handed", "schema": "public", "table": "handed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:21:18", "sql": ["COMMENT ON CONSTRAINT \"handed_apart\" ON \"public\".\"handed\" IS ''new''", "ALTER INDEX \"public\".\"handed_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"handed\" CLUSTER ON \"handed_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion made_apart on public.made (schema.yaml:5:7)
--   clustered: false → true
--   comment: none → new
--   statistics.1: none → 500

-- Step 4 of 5: alter exclusion made_apart on public.made [brief]
--   locks public.made SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion made_apart on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion made_apart on public.made", "schema": "public", "table": "made", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"made_apart\" ON \"public\".\"made\" IS ''new''", "ALTER INDEX \"public\".\"made_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "made_apart" ON "public"."made" IS 'new';
ALTER INDEX "public"."made_apart" ALTER COLUMN 1 SET STATISTICS 500;
ALTER TABLE "public"."made" CLUSTER ON "made_apart";
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion made_apart on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion made_apart on public.made", "schema": "public", "table": "made", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "statistics": {"1": 500}, "clustered": true, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON CONSTRAINT \"made_apart\" ON \"public\".\"made\" IS ''new''", "ALTER INDEX \"public\".\"made_apart\" ALTER COLUMN 1 SET STATISTICS 500", "ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion removed_apart on public.removed (schema.yaml:14:7)
--   clustered: true → false
--   statistics.1: 100 → none

-- Step 5 of 5: alter exclusion removed_apart on public.removed [brief]
--   locks public.removed SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion removed_apart on public.removed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion removed_apart on public.removed", "schema": "public", "table": "removed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER INDEX \"public\".\"removed_apart\" ALTER COLUMN 1 SET STATISTICS -1", "ALTER TABLE \"public\".\"removed\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."removed_apart" ALTER COLUMN 1 SET STATISTICS -1;
ALTER TABLE "public"."removed" SET WITHOUT CLUSTER;
SELECT "public".log_migration_step('reconcile <digest>', 'alter exclusion removed_apart on public.removed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion removed_apart on public.removed", "schema": "public", "table": "removed", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["ALTER INDEX \"public\".\"removed_apart\" ALTER COLUMN 1 SET STATISTICS -1", "ALTER TABLE \"public\".\"removed\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
