-- Plan: 1 primary key and 1 unique constraint to create, 2 unique constraints to alter, 3 unique constraints to drop; 16 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 16, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create primary key of public.users (schema.yaml:4:18)

-- Step 1 of 16: build index users_pkey on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 16'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey\" ON \"public\".\"users\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey" ON "public"."users" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey\" ON \"public\".\"users\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 16: add primary key of public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique new_email on public.users (schema.yaml:6:7)

-- Step 3 of 16: build index new_email on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 16'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index new_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.new_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"new_email\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "new_email" ON "public"."users" ("email") INCLUDE ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index new_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.new_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"new_email\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 4 of 16: add unique new_email on public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique new_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"new_email\" UNIQUE USING INDEX \"new_email\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "new_email" UNIQUE USING INDEX "new_email";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique new_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"new_email\" UNIQUE USING INDEX \"new_email\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique users_phone_1 on public.users (schema.yaml:8:7)
--   include[0]: none → id

-- Step 5 of 16: build index users_phone_1__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 16'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_phone_1__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "builds": "public.users_phone_1__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_phone_1__reconcile_new\" ON \"public\".\"users\" (\"phone\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_phone_1__reconcile_new" ON "public"."users" ("phone") INCLUDE ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_phone_1__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "builds": "public.users_phone_1__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_phone_1__reconcile_new\" ON \"public\".\"users\" (\"phone\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 16: replace unique users_phone_1 on public.users, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_phone_fkey on public.orders hangs on unique users_phone_1 on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_phone_1 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_phone_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_phone_1\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_phone_1\" UNIQUE USING INDEX \"users_phone_1__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_phone_fkey\" FOREIGN KEY (\"phone\") REFERENCES \"public\".\"users\" (\"phone\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_phone_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_phone_1";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_phone_1" UNIQUE USING INDEX "users_phone_1__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_phone_fkey" FOREIGN KEY ("phone") REFERENCES "public"."users" ("phone") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_phone_1 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_phone_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_phone_1\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_phone_1\" UNIQUE USING INDEX \"users_phone_1__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_phone_fkey\" FOREIGN KEY (\"phone\") REFERENCES \"public\".\"users\" (\"phone\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 16: validate foreign key orders_phone_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_phone_fkey on public.orders again, after unique users_phone_1 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_phone_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_phone_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_phone_fkey on public.orders again, after unique users_phone_1 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_1 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_phone_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique users_phone_2 on public.users (schema.yaml:9:7)
--   include[0]: none → email

-- Step 8 of 16: build index users_phone_2__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 8 of 16'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_phone_2__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "builds": "public.users_phone_2__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_phone_2__reconcile_new\" ON \"public\".\"users\" (\"phone\") INCLUDE (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_phone_2__reconcile_new" ON "public"."users" ("phone") INCLUDE ("email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_phone_2__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "builds": "public.users_phone_2__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_phone_2__reconcile_new\" ON \"public\".\"users\" (\"phone\") INCLUDE (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 9 of 16: replace unique users_phone_2 on public.users, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_phone_fkey on public.orders hangs on unique users_phone_2 on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_phone_2 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_phone_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_phone_2\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_phone_2\" UNIQUE USING INDEX \"users_phone_2__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_phone_fkey\" FOREIGN KEY (\"phone\") REFERENCES \"public\".\"users\" (\"phone\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_phone_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_phone_2";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_phone_2" UNIQUE USING INDEX "users_phone_2__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_phone_fkey" FOREIGN KEY ("phone") REFERENCES "public"."users" ("phone") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_phone_2 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_phone_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_phone_2\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_phone_2\" UNIQUE USING INDEX \"users_phone_2__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_phone_fkey\" FOREIGN KEY (\"phone\") REFERENCES \"public\".\"users\" (\"phone\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 16: validate foreign key orders_phone_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_phone_fkey on public.orders again, after unique users_phone_2 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_phone_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_phone_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_phone_fkey on public.orders again, after unique users_phone_2 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_phone_2 on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["phone"], "without_overlaps": false, "include": ["email"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_phone_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique old_email on public.users (schema.yaml:10:42)
--   hazard constraint-dropped: unique old_email on public.users

-- Step 11 of 16: drop unique old_email on public.users, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_email_fkey on public.orders hangs on unique old_email on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique old_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:42", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"old_email\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_email_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "old_email";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_email_fkey" FOREIGN KEY ("email") REFERENCES "public"."users" ("email") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique old_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:42", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"old_email\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 16: validate foreign key orders_email_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on public.orders again, after unique old_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:42", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_email_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on public.orders again, after unique old_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique old_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:42", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique users_id_key on public.users (schema.yaml:10:28)
--   hazard constraint-dropped: unique users_id_key on public.users

-- Step 13 of 16: drop unique users_id_key on public.users, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_user_id_fkey on public.orders hangs on unique users_id_key on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique users_id_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_id_key on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:28", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_id_key\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_user_id_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_id_key";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique users_id_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_id_key on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:28", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_id_key\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 14 of 16: validate foreign key orders_user_id_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 14 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after unique users_id_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_id_key on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:28", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_user_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after unique users_id_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_id_key on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:28", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique users_nick_1 on public.users (schema.yaml:10:53)
--   hazard constraint-dropped: unique users_nick_1 on public.users

-- Step 15 of 16: drop unique users_nick_1 on public.users, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_nick_fkey on public.orders hangs on unique users_nick_1 on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique users_nick_1 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick_1 on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:53", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_nick_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_nick_1\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_nick_fkey\" FOREIGN KEY (\"nick\") REFERENCES \"public\".\"users\" (\"nick\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_nick_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_nick_1";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_nick_fkey" FOREIGN KEY ("nick") REFERENCES "public"."users" ("nick") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique users_nick_1 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick_1 on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:53", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_nick_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_nick_1\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_nick_fkey\" FOREIGN KEY (\"nick\") REFERENCES \"public\".\"users\" (\"nick\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 16 of 16: validate foreign key orders_nick_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 16 of 16'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_nick_fkey on public.orders again, after unique users_nick_1 on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick_1 on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:53", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_nick_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_nick_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_nick_fkey on public.orders again, after unique users_nick_1 on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick_1 on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:10:53", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_nick_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 16}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 16 steps'
