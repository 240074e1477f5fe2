-- Plan: 1 index to rename, 3 not-nulls, 1 primary key, 1 unique constraint, 4 indexes, 1 check and 1 foreign key to create; 20 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 20, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename index "New ""Index""" on public."User", named "Old ""Index""" so far (schema.yaml:23:7)

-- Step 1 of 20: rename index "Old ""Index""" on public."User" to "New ""Index""" [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index "Old ""Index""" on public."User" to "New ""Index"""', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"New \"\"Index\"\"\" on public.\"User\"", "schema": "public", "table": "User", "action": "rename", "before": {"type": "Index", "columns": [{"column": "Name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "Name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:23:7", "sql": ["ALTER INDEX \"public\".\"Old \"\"Index\"\"\" RENAME TO \"New \"\"Index\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."Old ""Index""" RENAME TO "New ""Index""";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index "Old ""Index""" on public."User" to "New ""Index"""', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"New \"\"Index\"\"\" on public.\"User\"", "schema": "public", "table": "User", "action": "rename", "before": {"type": "Index", "columns": [{"column": "Name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "Name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:23:7", "sql": ["ALTER INDEX \"public\".\"Old \"\"Index\"\"\" RENAME TO \"New \"\"Index\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of "Sch""ema. x"."Tab le'%s{}"."Col.umn" (schema.yaml:7:16)

-- Step 2 of 20: add not null of "Sch""ema. x"."Tab le'%s{}"."Col.umn" [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}"."Col.umn"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"Col.umn\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_Col.umn_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:16", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_Col.umn_not_null\" NOT NULL \"Col.umn\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "Tab le'%s{}_Col.umn_not_null" NOT NULL "Col.umn" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}"."Col.umn"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"Col.umn\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_Col.umn_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:16", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_Col.umn_not_null\" NOT NULL \"Col.umn\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 20: validate not null of "Sch""ema. x"."Tab le'%s{}"."Col.umn" [scan]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}"."Col.umn"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"Col.umn\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_Col.umn_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:16", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_Col.umn_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" VALIDATE CONSTRAINT "Tab le'%s{}_Col.umn_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}"."Col.umn"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"Col.umn\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_Col.umn_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:16", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_Col.umn_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of "Sch""ema. x"."Tab le'%s{}".select (schema.yaml:6:18)

-- Step 4 of 20: add not null of "Sch""ema. x"."Tab le'%s{}".select [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}".select', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".select", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_select_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_select_not_null\" NOT NULL \"select\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "Tab le'%s{}_select_not_null" NOT NULL "select" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}".select', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".select", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_select_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_select_not_null\" NOT NULL \"select\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 20: validate not null of "Sch""ema. x"."Tab le'%s{}".select [scan]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}".select', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".select", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_select_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_select_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" VALIDATE CONSTRAINT "Tab le'%s{}_select_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}".select', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".select", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_select_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_select_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of "Sch""ema. x"."Tab le'%s{}"."ключ" (schema.yaml:7:25)

-- Step 6 of 20: add not null of "Sch""ema. x"."Tab le'%s{}"."ключ" [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}"."ключ"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"ключ\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_ключ_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:25", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_ключ_not_null\" NOT NULL \"ключ\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "Tab le'%s{}_ключ_not_null" NOT NULL "ключ" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of "Sch""ema. x"."Tab le''%s{}"."ключ"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"ключ\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_ключ_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:25", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Tab le''%s{}_ключ_not_null\" NOT NULL \"ключ\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 20: validate not null of "Sch""ema. x"."Tab le'%s{}"."ключ" [scan]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}"."ключ"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"ключ\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_ключ_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:25", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_ключ_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" VALIDATE CONSTRAINT "Tab le'%s{}_ключ_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of "Sch""ema. x"."Tab le''%s{}"."ключ"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of \"Sch\"\"ema. x\".\"Tab le''%s{}\".\"ключ\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "NotNull", "name": "Tab le''%s{}_ключ_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:25", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Tab le''%s{}_ключ_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of "Sch""ema. x"."Tab le'%s{}" (schema.yaml:6:18)

-- Step 8 of 20: build index "The ""Key""" on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 8 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index "The ""Key""" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["select"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "The \"Key\""}, "place": "schema.yaml:6:18", "builds": "\"Sch\"\"ema. x\".\"The \"\"Key\"\"\"", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"The \"\"Key\"\"\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"select\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "The ""Key""" ON "Sch""ema. x"."Tab le'%s{}" ("select");
SELECT "public".log_migration_step('reconcile <digest>', 'build index "The ""Key""" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["select"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "The \"Key\""}, "place": "schema.yaml:6:18", "builds": "\"Sch\"\"ema. x\".\"The \"\"Key\"\"\"", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"The \"\"Key\"\"\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"select\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 9 of 20: add primary key of "Sch""ema. x"."Tab le'%s{}", using its index [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["select"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "The \"Key\""}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"The \"\"Key\"\"\" PRIMARY KEY USING INDEX \"The \"\"Key\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "The ""Key""" PRIMARY KEY USING INDEX "The ""Key""";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["select"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "The \"Key\""}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"The \"\"Key\"\"\" PRIMARY KEY USING INDEX \"The \"\"Key\"\"\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique "Un""ique%s" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:9:7)

-- Step 10 of 20: build index "Un""ique%s" on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 10 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index "Un""ique%s" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Un\"\"ique%s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["Col.umn", "a\"b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "builds": "\"Sch\"\"ema. x\".\"Un\"\"ique%s\"", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"Un\"\"ique%s\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"Col.umn\", \"a\"\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "Un""ique%s" ON "Sch""ema. x"."Tab le'%s{}" ("Col.umn", "a""b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index "Un""ique%s" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Un\"\"ique%s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["Col.umn", "a\"b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "builds": "\"Sch\"\"ema. x\".\"Un\"\"ique%s\"", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"Un\"\"ique%s\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"Col.umn\", \"a\"\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 11 of 20: add unique "Un""ique%s" on "Sch""ema. x"."Tab le'%s{}", using its index [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique "Un""ique%s" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Un\"\"ique%s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["Col.umn", "a\"b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Un\"\"ique%s\" UNIQUE USING INDEX \"Un\"\"ique%s\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "Un""ique%s" UNIQUE USING INDEX "Un""ique%s";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique "Un""ique%s" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Un\"\"ique%s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["Col.umn", "a\"b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Un\"\"ique%s\" UNIQUE USING INDEX \"Un\"\"ique%s\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index i23456789012345678901234567890123456789012345678901234567890123 on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:13:7)

-- Step 12 of 20: build index i23456789012345678901234567890123456789012345678901234567890123 on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 12 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index i23456789012345678901234567890123456789012345678901234567890123 on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i23456789012345678901234567890123456789012345678901234567890123 on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "c23456789012345678901234567890123456789012345678901234567890123", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:13:7", "builds": "\"Sch\"\"ema. x\".i23456789012345678901234567890123456789012345678901234567890123", "sql": ["CREATE INDEX CONCURRENTLY \"i23456789012345678901234567890123456789012345678901234567890123\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"c23456789012345678901234567890123456789012345678901234567890123\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "i23456789012345678901234567890123456789012345678901234567890123" ON "Sch""ema. x"."Tab le'%s{}" ("c23456789012345678901234567890123456789012345678901234567890123");
SELECT "public".log_migration_step('reconcile <digest>', 'build index i23456789012345678901234567890123456789012345678901234567890123 on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index i23456789012345678901234567890123456789012345678901234567890123 on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "c23456789012345678901234567890123456789012345678901234567890123", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:13:7", "builds": "\"Sch\"\"ema. x\".i23456789012345678901234567890123456789012345678901234567890123", "sql": ["CREATE INDEX CONCURRENTLY \"i23456789012345678901234567890123456789012345678901234567890123\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"c23456789012345678901234567890123456789012345678901234567890123\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index "quo'te; DROP TABLE x --" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:14:7)

-- Step 13 of 20: build index "quo'te; DROP TABLE x --" on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 13 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index "quo''te; DROP TABLE x --" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"quo''te; DROP TABLE x --\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "select", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "it''s; \"so\" %s {} \\ :x", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "\"Sch\"\"ema. x\".\"quo''te; DROP TABLE x --\"", "sql": ["CREATE INDEX CONCURRENTLY \"quo''te; DROP TABLE x --\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"select\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "quo'te; DROP TABLE x --" ON "Sch""ema. x"."Tab le'%s{}" ("select");
SELECT "public".log_migration_step('reconcile <digest>', 'build index "quo''te; DROP TABLE x --" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"quo''te; DROP TABLE x --\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "select", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "it''s; \"so\" %s {} \\ :x", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "\"Sch\"\"ema. x\".\"quo''te; DROP TABLE x --\"", "sql": ["CREATE INDEX CONCURRENTLY \"quo''te; DROP TABLE x --\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"select\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 14 of 20: comment on index "quo'te; DROP TABLE x --" on "Sch""ema. x"."Tab le'%s{}" [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index "quo''te; DROP TABLE x --" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"quo''te; DROP TABLE x --\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "select", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "it''s; \"so\" %s {} \\ :x", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["COMMENT ON INDEX \"Sch\"\"ema. x\".\"quo''te; DROP TABLE x --\" IS  E''it''''s; \"so\" %s {} \\\\ :x''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "Sch""ema. x"."quo'te; DROP TABLE x --" IS  E'it''s; "so" %s {} \\ :x';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index "quo''te; DROP TABLE x --" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"quo''te; DROP TABLE x --\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "select", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "it''s; \"so\" %s {} \\ :x", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "sql": ["COMMENT ON INDEX \"Sch\"\"ema. x\".\"quo''te; DROP TABLE x --\" IS  E''it''''s; \"so\" %s {} \\\\ :x''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index "{braces} %(percent)s" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:12:7)

-- Step 15 of 20: build index "{braces} %(percent)s" on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 15 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index "{braces} %(percent)s" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"{braces} %(percent)s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "%(x)s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "{0}", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:12:7", "builds": "\"Sch\"\"ema. x\".\"{braces} %(percent)s\"", "sql": ["CREATE INDEX CONCURRENTLY \"{braces} %(percent)s\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"%(x)s\", \"{0}\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "{braces} %(percent)s" ON "Sch""ema. x"."Tab le'%s{}" ("%(x)s", "{0}");
SELECT "public".log_migration_step('reconcile <digest>', 'build index "{braces} %(percent)s" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"{braces} %(percent)s\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "%(x)s", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "{0}", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:12:7", "builds": "\"Sch\"\"ema. x\".\"{braces} %(percent)s\"", "sql": ["CREATE INDEX CONCURRENTLY \"{braces} %(percent)s\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"%(x)s\", \"{0}\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index "Индекс" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:11:7)

-- Step 16 of 20: build index "Индекс" on "Sch""ema. x"."Tab le'%s{}" [concurrent]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 16 of 20'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index "Индекс" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"Индекс\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "ключ", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "\"Sch\"\"ema. x\".\"Индекс\"", "sql": ["CREATE INDEX CONCURRENTLY \"Индекс\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"ключ\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "Индекс" ON "Sch""ema. x"."Tab le'%s{}" ("ключ");
SELECT "public".log_migration_step('reconcile <digest>', 'build index "Индекс" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index \"Индекс\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "ключ", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "\"Sch\"\"ema. x\".\"Индекс\"", "sql": ["CREATE INDEX CONCURRENTLY \"Индекс\" ON \"Sch\"\"ema. x\".\"Tab le''%s{}\" (\"ключ\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check "Ch'eck \ :name" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:16:7)

-- Step 17 of 20: add check "Ch'eck \ :name" on "Sch""ema. x"."Tab le'%s{}", not valid yet [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check "Ch''eck \ :name" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check \"Ch''eck \\ :name\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Check", "expression": "(\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Ch''eck \\ :name\" CHECK ((\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "Ch'eck \ :name" CHECK (("Col.umn" <> ':x ; -- {} %s'::text) AND ("a""b" ~ '\d|c'::text)) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check "Ch''eck \ :name" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check \"Ch''eck \\ :name\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Check", "expression": "(\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"Ch''eck \\ :name\" CHECK ((\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 18 of 20: validate check "Ch'eck \ :name" on "Sch""ema. x"."Tab le'%s{}" [scan]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 18 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check "Ch''eck \ :name" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check \"Ch''eck \\ :name\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Check", "expression": "(\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Ch''eck \\ :name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" VALIDATE CONSTRAINT "Ch'eck \ :name";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check "Ch''eck \ :name" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check \"Ch''eck \\ :name\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "Check", "expression": "(\"Col.umn\" <> '':x ; -- {} %s''::text) AND (\"a\"\"b\" ~ ''\\d|c''::text)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"Ch''eck \\ :name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key "fk „→“" on "Sch""ema. x"."Tab le'%s{}" (schema.yaml:18:7)

-- Step 19 of 20: add foreign key "fk „→“" on "Sch""ema. x"."Tab le'%s{}", not valid yet [brief]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE ROW EXCLUSIVE: blocks writes
--   locks public."User" SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 19 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "fk „→“" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"fk „→“\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["select"], "ref_table": {"schema": "public", "name": "User"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"fk „→“\" FOREIGN KEY (\"select\") REFERENCES \"public\".\"User\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" ADD CONSTRAINT "fk „→“" FOREIGN KEY ("select") REFERENCES "public"."User" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key "fk „→“" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"fk „→“\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["select"], "ref_table": {"schema": "public", "name": "User"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" ADD CONSTRAINT \"fk „→“\" FOREIGN KEY (\"select\") REFERENCES \"public\".\"User\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 20 of 20: validate foreign key "fk „→“" on "Sch""ema. x"."Tab le'%s{}" [scan]
--   locks "Sch""ema. x"."Tab le'%s{}" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public."User" ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 20 of 20'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key "fk „→“" on "Sch""ema. x"."Tab le''%s{}"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"fk „→“\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["select"], "ref_table": {"schema": "public", "name": "User"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"fk „→“\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "Sch""ema. x"."Tab le'%s{}" VALIDATE CONSTRAINT "fk „→“";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key "fk „→“" on "Sch""ema. x"."Tab le''%s{}"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key \"fk „→“\" on \"Sch\"\"ema. x\".\"Tab le''%s{}\"", "schema": "Sch\"ema. x", "table": "Tab le''%s{}", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["select"], "ref_table": {"schema": "public", "name": "User"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"Sch\"\"ema. x\".\"Tab le''%s{}\" VALIDATE CONSTRAINT \"fk „→“\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 20}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 20 steps'
