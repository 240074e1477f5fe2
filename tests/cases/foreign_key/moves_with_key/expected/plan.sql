-- Plan: 1 primary key, 2 foreign keys, 1 unique constraint and 1 index to alter, 1 unique constraint to drop; 23 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 23, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.users (schema.yaml:4:18)
--   columns[0]: none → tenant

-- Step 1 of 23: build index users_pkey__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey__reconcile_new" ON "public"."users" ("tenant", "id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_pkey__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 23: add foreign key moves__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key moves__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"moves__reconcile_new\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "moves__reconcile_new" FOREIGN KEY ("tenant", "user_id") REFERENCES "public"."users" ("tenant", "id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key moves__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"moves__reconcile_new\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 23: validate foreign key moves__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key moves__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"moves__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "moves__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key moves__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"moves__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 23: comment on foreign key moves__reconcile_new on public.orders [brief]
--   locks public.orders ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key moves__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"moves__reconcile_new\" ON \"public\".\"orders\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "moves__reconcile_new" ON "public"."orders" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key moves__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"moves__reconcile_new\" ON \"public\".\"orders\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 23: replace foreign key moves on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key moves on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"moves\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"moves__reconcile_new\" TO \"moves\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "moves";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "moves__reconcile_new" TO "moves";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key moves on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"moves\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"moves__reconcile_new\" TO \"moves\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 23: add foreign key boss__reconcile_new on public.users, not valid yet [brief]
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key boss__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"boss__reconcile_new\" FOREIGN KEY (\"tenant\", \"boss\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "boss__reconcile_new" FOREIGN KEY ("tenant", "boss") REFERENCES "public"."users" ("tenant", "id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key boss__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"boss__reconcile_new\" FOREIGN KEY (\"tenant\", \"boss\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 23: validate foreign key boss__reconcile_new on public.users [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key boss__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"boss__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "boss__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key boss__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"boss__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 23: replace foreign key boss on public.users by its successor [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key boss on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"boss\"", "ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"boss__reconcile_new\" TO \"boss\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "boss";
ALTER TABLE "public"."users" RENAME CONSTRAINT "boss__reconcile_new" TO "boss";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key boss on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"boss\"", "ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"boss__reconcile_new\" TO \"boss\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 23: replace primary key of public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "after": {"type": "PrimaryKey", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "users_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key third on public.orders (schema.yaml:14:7)
--   columns[0]: code → tenant
--   columns[1]: none → user_id
--   references.columns[0]: code → tenant
--   references.columns[1]: none → id

-- Step 10 of 23: add foreign key third__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key third__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"third__reconcile_new\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "third__reconcile_new" FOREIGN KEY ("tenant", "user_id") REFERENCES "public"."users" ("tenant", "id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key third__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"third__reconcile_new\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 23: validate foreign key third__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 11 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key third__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"third__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "third__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key third__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"third__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 23: replace foreign key third on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key third on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"third\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"third__reconcile_new\" TO \"third\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "third";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "third__reconcile_new" TO "third";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key third on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key third on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["code"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["code"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["tenant", "user_id"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["tenant", "id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"third\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"third__reconcile_new\" TO \"third\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique users_code_key on public.users (schema.yaml:6:7)
--   columns[0]: none → tenant
--   columns[2]: none → id

-- Step 13 of 23: build index users_code_key__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 13 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_code_key__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["tenant", "code", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.users_code_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_code_key__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"code\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_code_key__reconcile_new" ON "public"."users" ("tenant", "code", "id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_code_key__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["tenant", "code", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.users_code_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_code_key__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"code\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 14 of 23: replace unique users_code_key on public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_code_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["tenant", "code", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_code_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_code_key\" UNIQUE USING INDEX \"users_code_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" DROP CONSTRAINT "users_code_key";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_code_key" UNIQUE USING INDEX "users_code_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_code_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_code_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["tenant", "code", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_code_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_code_key\" UNIQUE USING INDEX \"users_code_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index users_tenant_code on public.users (schema.yaml:8:7)
--   columns[1]: {column: tenant} → none

-- Step 15 of 23: build index users_tenant_code__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 15 of 23'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_tenant_code__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.users_tenant_code__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_tenant_code__reconcile_new\" ON \"public\".\"users\" (\"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_tenant_code__reconcile_new" ON "public"."users" ("code");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_tenant_code__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.users_tenant_code__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_tenant_code__reconcile_new\" ON \"public\".\"users\" (\"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 16 of 23: add foreign key back__reconcile_new on public.orders, not valid yet [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key back__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"back__reconcile_new\" FOREIGN KEY (\"code\") REFERENCES \"public\".\"users\" (\"code\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" ADD CONSTRAINT "back__reconcile_new" FOREIGN KEY ("code") REFERENCES "public"."users" ("code") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key back__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"back__reconcile_new\" FOREIGN KEY (\"code\") REFERENCES \"public\".\"users\" (\"code\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 17 of 23: validate foreign key back__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 17 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key back__reconcile_new on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"back__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "back__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key back__reconcile_new on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"back__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 18 of 23: replace foreign key back on public.orders by its successor [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 18 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key back on public.orders', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"back\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"back__reconcile_new\" TO \"back\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."orders" DROP CONSTRAINT "back";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "back__reconcile_new" TO "back";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key back on public.orders', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"back\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"back__reconcile_new\" TO \"back\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 19 of 23: give the name of index users_tenant_code on public.users to its successor [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 19 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index users_tenant_code on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["DROP INDEX \"public\".\"users_tenant_code\"", "ALTER INDEX \"public\".\"users_tenant_code__reconcile_new\" RENAME TO \"users_tenant_code\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
DROP INDEX "public"."users_tenant_code";
ALTER INDEX "public"."users_tenant_code__reconcile_new" RENAME TO "users_tenant_code";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index users_tenant_code on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index users_tenant_code on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "tenant", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["DROP INDEX \"public\".\"users_tenant_code\"", "ALTER INDEX \"public\".\"users_tenant_code__reconcile_new\" RENAME TO \"users_tenant_code\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter foreign key refers_fkey on public.refers (schema.yaml:20:7)
--   columns[0]: k → l
--   references.columns[0]: k → l

-- Step 20 of 23: add foreign key refers_fkey__reconcile_new on public.refers, not valid yet [brief]
--   locks public.refers SHARE ROW EXCLUSIVE: blocks writes
--   locks public.gone SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 20 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key refers_fkey__reconcile_new on public.refers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" ADD CONSTRAINT \"refers_fkey__reconcile_new\" FOREIGN KEY (\"l\") REFERENCES \"public\".\"gone\" (\"l\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."refers" ADD CONSTRAINT "refers_fkey__reconcile_new" FOREIGN KEY ("l") REFERENCES "public"."gone" ("l") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key refers_fkey__reconcile_new on public.refers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" ADD CONSTRAINT \"refers_fkey__reconcile_new\" FOREIGN KEY (\"l\") REFERENCES \"public\".\"gone\" (\"l\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 21 of 23: validate foreign key refers_fkey__reconcile_new on public.refers [scan]
--   locks public.refers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.gone ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 21 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key refers_fkey__reconcile_new on public.refers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" VALIDATE CONSTRAINT \"refers_fkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."refers" VALIDATE CONSTRAINT "refers_fkey__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key refers_fkey__reconcile_new on public.refers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" VALIDATE CONSTRAINT \"refers_fkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 22 of 23: replace foreign key refers_fkey on public.refers by its successor [brief]
--   locks public.refers ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.gone ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 22 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key refers_fkey on public.refers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" DROP CONSTRAINT \"refers_fkey\"", "ALTER TABLE \"public\".\"refers\" RENAME CONSTRAINT \"refers_fkey__reconcile_new\" TO \"refers_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."refers" DROP CONSTRAINT "refers_fkey";
ALTER TABLE "public"."refers" RENAME CONSTRAINT "refers_fkey__reconcile_new" TO "refers_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'replace foreign key refers_fkey on public.refers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key refers_fkey on public.refers", "schema": "public", "table": "refers", "action": "alter", "before": {"type": "ForeignKey", "columns": ["k"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["k"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["l"], "ref_table": {"schema": "public", "name": "gone"}, "ref_columns": ["l"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:20:7", "sql": ["ALTER TABLE \"public\".\"refers\" DROP CONSTRAINT \"refers_fkey\"", "ALTER TABLE \"public\".\"refers\" RENAME CONSTRAINT \"refers_fkey__reconcile_new\" TO \"refers_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique gone_k on public.gone (schema.yaml:17:27)
--   hazard constraint-dropped: unique gone_k on public.gone

-- Step 23 of 23: drop unique gone_k on public.gone [brief]
--   locks public.gone ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 23 of 23'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique gone_k on public.gone', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique gone_k on public.gone", "schema": "public", "table": "gone", "action": "drop", "before": {"type": "Unique", "columns": ["k"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:17:27", "sql": ["ALTER TABLE \"public\".\"gone\" DROP CONSTRAINT \"gone_k\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."gone" DROP CONSTRAINT "gone_k";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique gone_k on public.gone', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique gone_k on public.gone", "schema": "public", "table": "gone", "action": "drop", "before": {"type": "Unique", "columns": ["k"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:17:27", "sql": ["ALTER TABLE \"public\".\"gone\" DROP CONSTRAINT \"gone_k\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 23}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 23 steps'
