-- Plan: 1 not-null and 3 indexes to create; 9 steps.
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

-- create not null of public.users.a (schema.yaml:4:15)

-- Step 1 of 9: add not null of public.users.a [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.users.a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.a", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:15", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_a_not_null\" NOT NULL \"a\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_a_not_null" NOT NULL "a" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.users.a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.a", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:15", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_a_not_null\" NOT NULL \"a\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 9: validate not null of public.users.a [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.users.a', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.a", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:15", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_a_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_a_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.users.a', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.a", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_a_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:15", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_a_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index totals_a on public.totals (schema.yaml:10:7)

-- Step 3 of 9: build index totals_a on public.totals [concurrent]
--   locks public.totals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_a on public.totals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_a on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.totals_a", "sql": ["CREATE INDEX CONCURRENTLY \"totals_a\" ON \"public\".\"totals\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "totals_a" ON "public"."totals" ("a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index totals_a on public.totals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_a on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.totals_a", "sql": ["CREATE INDEX CONCURRENTLY \"totals_a\" ON \"public\".\"totals\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 9: set the CLUSTER mark of index totals_a on public.totals [brief]
--   locks public.totals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark index totals_a on public.totals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_a on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"totals\" CLUSTER ON \"totals_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."totals" CLUSTER ON "totals_a";
SELECT "public".log_migration_step('reconcile <digest>', 'mark index totals_a on public.totals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index totals_a on public.totals", "schema": "public", "table": "totals", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"totals\" CLUSTER ON \"totals_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index by_a on public.users (schema.yaml:7:7)

-- Step 5 of 9: build index by_a on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index by_a on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_a on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.by_a", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"by_a\" ON \"public\".\"users\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "by_a" ON "public"."users" ("a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index by_a on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_a on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.by_a", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"by_a\" ON \"public\".\"users\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 9: set the CLUSTER mark and replica identity of index by_a on public.users [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark index by_a on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_a on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" CLUSTER ON \"by_a\"", "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY USING INDEX \"by_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" CLUSTER ON "by_a";
ALTER TABLE "public"."users" REPLICA IDENTITY USING INDEX "by_a";
SELECT "public".log_migration_step('reconcile <digest>', 'mark index by_a on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_a on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "replica_identity": true, "status": "valid"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" CLUSTER ON \"by_a\"", "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY USING INDEX \"by_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index by_expression on public.users (schema.yaml:6:7)

-- Step 7 of 9: build index by_expression on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index by_expression on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.by_expression", "sql": ["CREATE INDEX CONCURRENTLY \"by_expression\" ON \"public\".\"users\" (\"a\", (lower(b)), (a + 1))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "by_expression" ON "public"."users" ("a", (lower(b)), (a + 1));
SELECT "public".log_migration_step('reconcile <digest>', 'build index by_expression on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.by_expression", "sql": ["CREATE INDEX CONCURRENTLY \"by_expression\" ON \"public\".\"users\" (\"a\", (lower(b)), (a + 1))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 9: comment on index by_expression on public.users [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index by_expression on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON INDEX \"public\".\"by_expression\" IS ''targets''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."by_expression" IS 'targets';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index by_expression on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON INDEX \"public\".\"by_expression\" IS ''targets''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 9: set statistics targets of index by_expression on public.users [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'set statistics targets of index by_expression on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"by_expression\" ALTER COLUMN 2 SET STATISTICS 500", "ALTER INDEX \"public\".\"by_expression\" ALTER COLUMN 3 SET STATISTICS 0"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."by_expression" ALTER COLUMN 2 SET STATISTICS 500;
ALTER INDEX "public"."by_expression" ALTER COLUMN 3 SET STATISTICS 0;
SELECT "public".log_migration_step('reconcile <digest>', 'set statistics targets of index by_expression on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index by_expression on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "a", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "a + 1", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "targets", "statistics": {"2": 500, "3": 0}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER INDEX \"public\".\"by_expression\" ALTER COLUMN 2 SET STATISTICS 500", "ALTER INDEX \"public\".\"by_expression\" ALTER COLUMN 3 SET STATISTICS 0"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
