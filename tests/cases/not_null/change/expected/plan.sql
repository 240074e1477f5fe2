-- Plan: 3 not-nulls to alter; 3 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 3, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter not null of public.users.born (schema.yaml:8:7)
--   comment: why? → none

-- Step 1 of 3: alter not null of public.users.born [brief]
--   locks public.users ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.born', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.born", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "users_born_not_null", "no_inherit": false, "validated": true, "comment": "why?"}, "after": {"type": "NotNull", "name": "users_born_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"users_born_not_null\" ON \"public\".\"users\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "users_born_not_null" ON "public"."users" IS NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.born', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.born", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "users_born_not_null", "no_inherit": false, "validated": true, "comment": "why?"}, "after": {"type": "NotNull", "name": "users_born_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"users_born_not_null\" ON \"public\".\"users\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter not null of public.users.email (schema.yaml:6:7)
--   name: old_name → users_email_not_null

-- Step 2 of 3: alter not null of public.users.email [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.email', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.email", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "old_name", "no_inherit": false, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_name\" TO \"users_email_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" RENAME CONSTRAINT "old_name" TO "users_email_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.email', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.email", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "old_name", "no_inherit": false, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"users\" RENAME CONSTRAINT \"old_name\" TO \"users_email_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter not null of public.users.nick (schema.yaml:7:7)
--   comment: none → now with one
--   no_inherit: true → false

-- Step 3 of 3: alter not null of public.users.nick [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 3'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.nick', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.nick", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "users_nick_not_null", "no_inherit": true, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "users_nick_not_null", "no_inherit": false, "validated": true, "comment": "now with one"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ALTER CONSTRAINT \"users_nick_not_null\" INHERIT", "COMMENT ON CONSTRAINT \"users_nick_not_null\" ON \"public\".\"users\" IS ''now with one''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" ALTER CONSTRAINT "users_nick_not_null" INHERIT;
COMMENT ON CONSTRAINT "users_nick_not_null" ON "public"."users" IS 'now with one';
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.users.nick', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.users.nick", "schema": "public", "table": "users", "action": "alter", "before": {"type": "NotNull", "name": "users_nick_not_null", "no_inherit": true, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "users_nick_not_null", "no_inherit": false, "validated": true, "comment": "now with one"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"users\" ALTER CONSTRAINT \"users_nick_not_null\" INHERIT", "COMMENT ON CONSTRAINT \"users_nick_not_null\" ON \"public\".\"users\" IS ''now with one''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 3}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 3 steps'
