-- Plan: 2 not-nulls and 2 primary keys to create; 10 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 10, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create not null of public.members.person (schema.yaml:6:18)

-- Step 1 of 10: add check members_person__reconcile_new on public.members [brief]
--   locks public.members ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check members_person__reconcile_new on public.members', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ADD CONSTRAINT \"members_person__reconcile_new\" CHECK (\"person\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."members" ADD CONSTRAINT "members_person__reconcile_new" CHECK ("person" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check members_person__reconcile_new on public.members', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ADD CONSTRAINT \"members_person__reconcile_new\" CHECK (\"person\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 10: validate check members_person__reconcile_new on public.members [scan]
--   locks public.members SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check members_person__reconcile_new on public.members', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" VALIDATE CONSTRAINT \"members_person__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."members" VALIDATE CONSTRAINT "members_person__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check members_person__reconcile_new on public.members', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" VALIDATE CONSTRAINT \"members_person__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 10: add not null of public.members.person [brief]
--   locks public.members ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.members.person', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ALTER COLUMN \"person\" SET NOT NULL", "ALTER TABLE \"public\".\"members\" DROP CONSTRAINT \"members_person__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."members" ALTER COLUMN "person" SET NOT NULL;
ALTER TABLE "public"."members" DROP CONSTRAINT "members_person__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.members.person', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.members.person", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ALTER COLUMN \"person\" SET NOT NULL", "ALTER TABLE \"public\".\"members\" DROP CONSTRAINT \"members_person__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.users.id (schema.yaml:4:18)

-- Step 4 of 10: add check users_id__reconcile_new on public.users [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_id__reconcile_new\" CHECK (\"id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_id__reconcile_new" CHECK ("id" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_id__reconcile_new\" CHECK (\"id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 10: validate check users_id__reconcile_new on public.users [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 10: add not null of public.users.id [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.users.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ALTER COLUMN \"id\" SET NOT NULL", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ALTER COLUMN "id" SET NOT NULL;
ALTER TABLE "public"."users" DROP CONSTRAINT "users_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.users.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.id", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ALTER COLUMN \"id\" SET NOT NULL", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.members (schema.yaml:6:18)

-- Step 7 of 10: build index members_pkey on public.members [concurrent]
--   locks public.members SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index members_pkey on public.members', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.members", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["club", "person"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "members_pkey"}, "place": "schema.yaml:6:18", "builds": "public.members_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"members_pkey\" ON \"public\".\"members\" (\"club\", \"person\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "members_pkey" ON "public"."members" ("club", "person");
SELECT "public".log_migration_step('reconcile <digest>', 'build index members_pkey on public.members', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.members", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["club", "person"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "members_pkey"}, "place": "schema.yaml:6:18", "builds": "public.members_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"members_pkey\" ON \"public\".\"members\" (\"club\", \"person\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 10: add primary key of public.members, using its index [brief]
--   locks public.members ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.members', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.members", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["club", "person"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "members_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ADD CONSTRAINT \"members_pkey\" PRIMARY KEY USING INDEX \"members_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."members" ADD CONSTRAINT "members_pkey" PRIMARY KEY USING INDEX "members_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.members', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.members", "schema": "public", "table": "members", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["club", "person"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "members_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"members\" ADD CONSTRAINT \"members_pkey\" PRIMARY KEY USING INDEX \"members_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.users (schema.yaml:4:18)

-- Step 9 of 10: build index users_pkey on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey\" ON \"public\".\"users\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey" ON "public"."users" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey\" ON \"public\".\"users\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 10 of 10: add primary key of public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
