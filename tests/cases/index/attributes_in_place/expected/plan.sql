-- Plan: 7 indexes to alter, 1 index to drop; 8 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 8, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index dropped_a on public.dropped (schema.yaml:23:7)
--   clustered: false → true
--   replica_identity: false → true

-- Step 1 of 8: alter index dropped_a on public.dropped [brief]
--   locks public.dropped ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index dropped_a on public.dropped', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index dropped_a on public.dropped", "schema": "public", "table": "dropped", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"dropped\" CLUSTER ON \"dropped_a\"", "ALTER TABLE \"public\".\"dropped\" REPLICA IDENTITY USING INDEX \"dropped_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."dropped" CLUSTER ON "dropped_a";
ALTER TABLE "public"."dropped" REPLICA IDENTITY USING INDEX "dropped_a";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index dropped_a on public.dropped', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index dropped_a on public.dropped", "schema": "public", "table": "dropped", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:23:7", "sql": ["ALTER TABLE \"public\".\"dropped\" CLUSTER ON \"dropped_a\"", "ALTER TABLE \"public\".\"dropped\" REPLICA IDENTITY USING INDEX \"dropped_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index given_a on public.given (schema.yaml:5:7)
--   clustered: false → true
--   replica_identity: false → true

-- Step 2 of 8: alter index given_a on public.given [brief]
--   locks public.given ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index given_a on public.given', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index given_a on public.given", "schema": "public", "table": "given", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"given\" CLUSTER ON \"given_a\"", "ALTER TABLE \"public\".\"given\" REPLICA IDENTITY USING INDEX \"given_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."given" CLUSTER ON "given_a";
ALTER TABLE "public"."given" REPLICA IDENTITY USING INDEX "given_a";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index given_a on public.given', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index given_a on public.given", "schema": "public", "table": "given", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"given\" CLUSTER ON \"given_a\"", "ALTER TABLE \"public\".\"given\" REPLICA IDENTITY USING INDEX \"given_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index given_b on public.given (schema.yaml:6:7)
--   statistics.2: 200 → 250
--   statistics.3: 300 → none
--   statistics.4: none → 400

-- Step 3 of 8: alter index given_b on public.given [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index given_b on public.given', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index given_b on public.given", "schema": "public", "table": "given", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 2", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 3", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100, "2": 200, "3": 300}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 2", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 3", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100, "2": 250, "4": 400}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 2 SET STATISTICS 250", "ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 3 SET STATISTICS -1", "ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 4 SET STATISTICS 400"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."given_b" ALTER COLUMN 2 SET STATISTICS 250;
ALTER INDEX "public"."given_b" ALTER COLUMN 3 SET STATISTICS -1;
ALTER INDEX "public"."given_b" ALTER COLUMN 4 SET STATISTICS 400;
SELECT "public".log_migration_step('reconcile <digest>', 'alter index given_b on public.given', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index given_b on public.given", "schema": "public", "table": "given", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 2", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 3", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100, "2": 200, "3": 300}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 2", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 3", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100, "2": 250, "4": 400}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 2 SET STATISTICS 250", "ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 3 SET STATISTICS -1", "ALTER INDEX \"public\".\"given_b\" ALTER COLUMN 4 SET STATISTICS 400"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index moved_b on public.moved (schema.yaml:20:7)
--   clustered: true → false
--   replica_identity: true → false

-- Step 4 of 8: alter index moved_b on public.moved [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index moved_b on public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index moved_b on public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"moved\" SET WITHOUT CLUSTER", "ALTER TABLE \"public\".\"moved\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" SET WITHOUT CLUSTER;
ALTER TABLE "public"."moved" REPLICA IDENTITY DEFAULT;
SELECT "public".log_migration_step('reconcile <digest>', 'alter index moved_b on public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index moved_b on public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"moved\" SET WITHOUT CLUSTER", "ALTER TABLE \"public\".\"moved\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index moved_a on public.moved (schema.yaml:19:7)
--   clustered: false → true
--   replica_identity: false → true

-- Step 5 of 8: alter index moved_a on public.moved [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index moved_a on public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index moved_a on public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"moved\" CLUSTER ON \"moved_a\"", "ALTER TABLE \"public\".\"moved\" REPLICA IDENTITY USING INDEX \"moved_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" CLUSTER ON "moved_a";
ALTER TABLE "public"."moved" REPLICA IDENTITY USING INDEX "moved_a";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index moved_a on public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index moved_a on public.moved", "schema": "public", "table": "moved", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"moved\" CLUSTER ON \"moved_a\"", "ALTER TABLE \"public\".\"moved\" REPLICA IDENTITY USING INDEX \"moved_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index taken_a on public.taken (schema.yaml:11:7)
--   clustered: true → false
--   replica_identity: true → false

-- Step 6 of 8: alter index taken_a on public.taken [brief]
--   locks public.taken ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index taken_a on public.taken', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index taken_a on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"taken\" SET WITHOUT CLUSTER", "ALTER TABLE \"public\".\"taken\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."taken" SET WITHOUT CLUSTER;
ALTER TABLE "public"."taken" REPLICA IDENTITY DEFAULT;
SELECT "public".log_migration_step('reconcile <digest>', 'alter index taken_a on public.taken', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index taken_a on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"taken\" SET WITHOUT CLUSTER", "ALTER TABLE \"public\".\"taken\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index taken_b on public.taken (schema.yaml:12:7)
--   statistics.1: 100 → none

-- Step 7 of 8: alter index taken_b on public.taken [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index taken_b on public.taken', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index taken_b on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["ALTER INDEX \"public\".\"taken_b\" ALTER COLUMN 1 SET STATISTICS -1"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."taken_b" ALTER COLUMN 1 SET STATISTICS -1;
SELECT "public".log_migration_step('reconcile <digest>', 'alter index taken_b on public.taken', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index taken_b on public.taken", "schema": "public", "table": "taken", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:12:7", "sql": ["ALTER INDEX \"public\".\"taken_b\" ALTER COLUMN 1 SET STATISTICS -1"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop index dropped_b on public.dropped (schema.yaml:25:16)
--   hazard index-dropped: index dropped_b on public.dropped

-- Step 8 of 8: drop index dropped_b on public.dropped [concurrent]
--   locks public.dropped SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 8 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index dropped_b on public.dropped', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index dropped_b on public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:25:16", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"dropped_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."dropped_b";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index dropped_b on public.dropped', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index dropped_b on public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "Index", "columns": [{"column": "b", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:25:16", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"dropped_b\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
