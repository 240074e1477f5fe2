-- Plan: 3 primary keys to alter; 6 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 6, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.items (schema.yaml:8:18)
--   deferrable: true → false

-- Step 1 of 6: build index items_pkey__reconcile_new on public.items [concurrent]
--   locks public.items SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index items_pkey__reconcile_new on public.items', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "place": "schema.yaml:8:18", "builds": "public.items_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"items_pkey__reconcile_new\" ON \"public\".\"items\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "items_pkey__reconcile_new" ON "public"."items" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index items_pkey__reconcile_new on public.items', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "place": "schema.yaml:8:18", "builds": "public.items_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"items_pkey__reconcile_new\" ON \"public\".\"items\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 6: replace primary key of public.items, using its new index [brief]
--   locks public.items ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.items', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"items\" DROP CONSTRAINT \"items_pkey\"", "ALTER TABLE \"public\".\"items\" ADD CONSTRAINT \"items_pkey\" PRIMARY KEY USING INDEX \"items_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."items" DROP CONSTRAINT "items_pkey";
ALTER TABLE "public"."items" ADD CONSTRAINT "items_pkey" PRIMARY KEY USING INDEX "items_pkey__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.items', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "items_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"items\" DROP CONSTRAINT \"items_pkey\"", "ALTER TABLE \"public\".\"items\" ADD CONSTRAINT \"items_pkey\" PRIMARY KEY USING INDEX \"items_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.orders (schema.yaml:6:18)
--   include[0]: none → note

-- Step 3 of 6: build index orders_pkey__reconcile_new on public.orders [concurrent]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index orders_pkey__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "place": "schema.yaml:6:18", "builds": "public.orders_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"orders_pkey__reconcile_new\" ON \"public\".\"orders\" (\"id\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "orders_pkey__reconcile_new" ON "public"."orders" ("id") INCLUDE ("note");
SELECT "public".log_migration_step('reconcile <digest>', 'build index orders_pkey__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "place": "schema.yaml:6:18", "builds": "public.orders_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"orders_pkey__reconcile_new\" ON \"public\".\"orders\" (\"id\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 6: replace primary key of public.orders, using its new index [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_pkey\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY USING INDEX \"orders_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"orders_pkey\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_pkey";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_pkey" PRIMARY KEY USING INDEX "orders_pkey__reconcile_new";
COMMENT ON CONSTRAINT "orders_pkey" ON "public"."orders" IS 'kept, as the file does not mention it';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "replica_identity": false, "status": "valid", "name": "orders_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_pkey\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY USING INDEX \"orders_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"orders_pkey\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.users (schema.yaml:4:18)
--   columns[0]: none → tenant
--   comment: none → by tenant

-- Step 5 of 6: build index users_pkey__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey__reconcile_new" ON "public"."users" ("tenant", "id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 6: replace primary key of public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''by tenant''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey__reconcile_new";
COMMENT ON CONSTRAINT "users_pkey" ON "public"."users" IS 'by tenant';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''by tenant''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
