-- Plan: 1 unique constraint to create, 1 index to alter, 1 index to drop; 7 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 7, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create unique users_nick on public.users (schema.yaml:7:7)

-- Step 1 of 7: add unique users_nick on public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_nick on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_nick\" UNIQUE USING INDEX \"users_nick\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_nick" UNIQUE USING INDEX "users_nick";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_nick on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_nick on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["nick"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_nick\" UNIQUE USING INDEX \"users_nick\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index users_id on public.users (schema.yaml:5:7)
--   columns[0].order: asc → desc
--   include[0]: none → nick

-- Step 2 of 7: build index users_id__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 7'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_id__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.users_id__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_id__reconcile_new\" ON \"public\".\"users\" (\"id\" DESC) INCLUDE (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_id__reconcile_new" ON "public"."users" ("id" DESC) INCLUDE ("nick");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_id__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.users_id__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_id__reconcile_new\" ON \"public\".\"users\" (\"id\" DESC) INCLUDE (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 7: comment on index users_id__reconcile_new on public.users [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index users_id__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON INDEX \"public\".\"users_id__reconcile_new\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."users_id__reconcile_new" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index users_id__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["COMMENT ON INDEX \"public\".\"users_id__reconcile_new\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 7: give the name of index users_id on public.users to its successor, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_user_id_fkey on public.orders hangs on index users_id on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index users_id on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "DROP INDEX \"public\".\"users_id\"", "ALTER INDEX \"public\".\"users_id__reconcile_new\" RENAME TO \"users_id\"", "ALTER TABLE \"public\".\"users\" CLUSTER ON \"users_id\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_user_id_fkey";
DROP INDEX "public"."users_id";
ALTER INDEX "public"."users_id__reconcile_new" RENAME TO "users_id";
ALTER TABLE "public"."users" CLUSTER ON "users_id";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'swap index users_id on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_user_id_fkey\"", "DROP INDEX \"public\".\"users_id\"", "ALTER INDEX \"public\".\"users_id__reconcile_new\" RENAME TO \"users_id\"", "ALTER TABLE \"public\".\"users\" CLUSTER ON \"users_id\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_user_id_fkey\" FOREIGN KEY (\"user_id\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 7: validate foreign key orders_user_id_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after index users_id on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_user_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_id_fkey on public.orders again, after index users_id on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_id on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": "kept", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop index users_email on public.users (schema.yaml:8:23)
--   hazard index-dropped: index users_email on public.users

-- Step 6 of 7: drop index users_email on public.users, and add 1 foreign key again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_email_fkey on public.orders hangs on index users_email on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index users_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "DROP INDEX \"public\".\"users_email\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_email_fkey";
DROP INDEX "public"."users_email";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_email_fkey" FOREIGN KEY ("email") REFERENCES "public"."users" ("email") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'drop index users_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "DROP INDEX \"public\".\"users_email\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 7: validate foreign key orders_email_fkey on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on public.orders again, after index users_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "orders_email_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on public.orders again, after index users_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_email on public.users", "schema": "public", "table": "users", "action": "drop", "before": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick"], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": null, "place": "schema.yaml:8:23", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 7}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 7 steps'
