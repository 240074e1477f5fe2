-- Plan: 1 index and 1 check to create; 3 steps.
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
SELECT to_regclass('"Audit Trail"."migration_log"') IS NULL AS first_run \gset
\if :first_run
BEGIN;
-- the journal in Audit Trail;
COMMIT;
\endif
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 3, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_users_email on public.users (schema.yaml:6:15)

-- Step 1 of 3: build index idx_users_email on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 3'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'build index idx_users_email on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:15", "builds": "public.idx_users_email", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_users_email" ON "public"."users" ("email");
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'build index idx_users_email on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:15", "builds": "public.idx_users_email", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check users_email_check on public.users (schema.yaml:7:14)

-- Step 2 of 3: add check users_email_check on public.users, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 3'
SET lock_timeout = '500ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'add check users_email_check on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_check\" CHECK (email <> ''''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_email_check" CHECK (email <> ''::text) NOT VALID;
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'add check users_email_check on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_check\" CHECK (email <> ''''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 3: validate check users_email_check on public.users [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 3'
SET lock_timeout = '500ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'validate check users_email_check on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_email_check";
SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'validate check users_email_check on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:14", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "Audit Trail".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
