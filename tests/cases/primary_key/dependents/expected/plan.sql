-- Plan: 3 primary keys to alter; 9 steps.
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

-- alter primary key of public.accounts (schema.yaml:6:18)
--   name: old_pkey → accounts_pkey
--   tablespace: none → fast

-- Step 1 of 9: build index accounts_pkey__reconcile_new on public.accounts [concurrent]
--   locks public.accounts SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_pkey__reconcile_new on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "builds": "public.accounts_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_pkey__reconcile_new\" ON \"public\".\"accounts\" (\"id\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_pkey__reconcile_new" ON "public"."accounts" ("id") TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_pkey__reconcile_new on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "builds": "public.accounts_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_pkey__reconcile_new\" ON \"public\".\"accounts\" (\"id\") TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 9: replace primary key of public.accounts, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.accounts ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_account_id_fkey on public.orders hangs on primary key of public.accounts
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_account_id_fkey\"", "ALTER TABLE \"public\".\"accounts\" DROP CONSTRAINT \"old_pkey\"", "ALTER TABLE \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY USING INDEX \"accounts_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_account_id_fkey\" FOREIGN KEY (\"account_id\") REFERENCES \"public\".\"accounts\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_account_id_fkey";
ALTER TABLE "public"."accounts" DROP CONSTRAINT "old_pkey";
ALTER TABLE "public"."accounts" ADD CONSTRAINT "accounts_pkey" PRIMARY KEY USING INDEX "accounts_pkey__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "public"."accounts" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_account_id_fkey\"", "ALTER TABLE \"public\".\"accounts\" DROP CONSTRAINT \"old_pkey\"", "ALTER TABLE \"public\".\"accounts\" ADD CONSTRAINT \"accounts_pkey\" PRIMARY KEY USING INDEX \"accounts_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_account_id_fkey\" FOREIGN KEY (\"account_id\") REFERENCES \"public\".\"accounts\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 9: validate foreign key orders_account_id_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.accounts ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_account_id_fkey on public.orders again, after primary key of public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_account_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_account_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_account_id_fkey on public.orders again, after primary key of public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_pkey"}, "place": "schema.yaml:6:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_account_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.lines (schema.yaml:8:18)
--   columns[0]: a → b
--   columns[1]: b → a

-- Step 4 of 9: build index lines_pkey__reconcile_new on public.lines [concurrent]
--   locks public.lines SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index lines_pkey__reconcile_new on public.lines', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "builds": "public.lines_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lines_pkey__reconcile_new\" ON \"public\".\"lines\" (\"b\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "lines_pkey__reconcile_new" ON "public"."lines" ("b", "a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index lines_pkey__reconcile_new on public.lines', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "builds": "public.lines_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lines_pkey__reconcile_new\" ON \"public\".\"lines\" (\"b\", \"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 9: replace primary key of public.lines, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.lines ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_line_fkey on public.orders hangs on primary key of public.lines
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.lines', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_line_fkey\"", "ALTER TABLE \"public\".\"lines\" DROP CONSTRAINT \"lines_pkey\"", "ALTER TABLE \"public\".\"lines\" ADD CONSTRAINT \"lines_pkey\" PRIMARY KEY USING INDEX \"lines_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_line_fkey\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"lines\" (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_line_fkey";
ALTER TABLE "public"."lines" DROP CONSTRAINT "lines_pkey";
ALTER TABLE "public"."lines" ADD CONSTRAINT "lines_pkey" PRIMARY KEY USING INDEX "lines_pkey__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_line_fkey" FOREIGN KEY ("a", "b") REFERENCES "public"."lines" ("a", "b") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.lines', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_line_fkey\"", "ALTER TABLE \"public\".\"lines\" DROP CONSTRAINT \"lines_pkey\"", "ALTER TABLE \"public\".\"lines\" ADD CONSTRAINT \"lines_pkey\" PRIMARY KEY USING INDEX \"lines_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_line_fkey\" FOREIGN KEY (\"a\", \"b\") REFERENCES \"public\".\"lines\" (\"a\", \"b\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 9: validate foreign key orders_line_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.lines ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_line_fkey on public.orders again, after primary key of public.lines', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_line_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_line_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_line_fkey on public.orders again, after primary key of public.lines', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.lines", "schema": "public", "table": "lines", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["a", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "after": {"type": "PrimaryKey", "columns": ["b", "a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "lines_pkey"}, "place": "schema.yaml:8:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_line_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.users (schema.yaml:4:18)
--   include[0]: none → name

-- Step 7 of 9: build index users_pkey__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 7 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"id\") INCLUDE (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey__reconcile_new" ON "public"."users" ("id") INCLUDE ("name");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"id\") INCLUDE (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 8 of 9: replace primary key of public.users, using its new index, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_user_id_fkey on public.orders hangs on primary key of public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''kept''", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_user_id_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey__reconcile_new";
COMMENT ON CONSTRAINT "users_pkey" ON "public"."users" IS 'kept';
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''kept''", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 9: validate foreign key orders_user_id_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_user_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": ["name"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
