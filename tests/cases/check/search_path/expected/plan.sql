-- Plan: 1 unique constraint, 1 index and 4 checks to create; 11 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 11, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create unique users_email_key on shop.users (schema.yaml:12:7)

-- Step 1 of 11: build index users_email_key on shop.users [concurrent]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 11'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "builds": "shop.users_email_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key\" ON \"shop\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "shop"."users" ("email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "builds": "shop.users_email_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key\" ON \"shop\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 11: add unique users_email_key on shop.users, using its index [brief]
--   locks shop.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_email_key on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique users_email_key on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index idx_users_nick on shop.users (schema.yaml:14:7)

-- Step 3 of 11: build index idx_users_nick on shop.users [concurrent]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 11'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_nick on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_nick on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "extensions.tidy(nick)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "shop.idx_users_nick", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_nick\" ON \"shop\".\"users\" ((extensions.tidy(nick)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_users_nick" ON "shop"."users" ((extensions.tidy(nick)));
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_nick on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_nick on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "extensions.tidy(nick)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:14:7", "builds": "shop.idx_users_nick", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_nick\" ON \"shop\".\"users\" ((extensions.tidy(nick)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check users_email_again on shop.users (schema.yaml:8:7)

-- Step 4 of 11: add check users_email_again on shop.users, not valid yet [brief]
--   locks shop.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_email_again on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_again on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.<>) ''x''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_again\" CHECK (email OPERATOR(extensions.<>) ''x''::extensions.citext) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" ADD CONSTRAINT "users_email_again" CHECK (email OPERATOR(extensions.<>) 'x'::extensions.citext) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_email_again on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_again on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.<>) ''x''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_again\" CHECK (email OPERATOR(extensions.<>) ''x''::extensions.citext) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 5 of 11: validate check users_email_again on shop.users [scan]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_email_again on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_again on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.<>) ''x''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_email_again\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" VALIDATE CONSTRAINT "users_email_again";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_email_again on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_again on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.<>) ''x''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_email_again\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check users_email_check on shop.users (schema.yaml:7:7)

-- Step 6 of 11: add check users_email_check on shop.users, not valid yet [brief]
--   locks shop.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_email_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.~~) ''%@%''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_check\" CHECK (email OPERATOR(extensions.~~) ''%@%''::extensions.citext) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" ADD CONSTRAINT "users_email_check" CHECK (email OPERATOR(extensions.~~) '%@%'::extensions.citext) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_email_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.~~) ''%@%''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_email_check\" CHECK (email OPERATOR(extensions.~~) ''%@%''::extensions.citext) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 11: validate check users_email_check on shop.users [scan]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_email_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.~~) ''%@%''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" VALIDATE CONSTRAINT "users_email_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_email_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_email_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "email OPERATOR(extensions.~~) ''%@%''::extensions.citext", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check users_id_check on shop.users (schema.yaml:10:7)

-- Step 8 of 11: add check users_id_check on shop.users, not valid yet [brief]
--   locks shop.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "shop.fits(id)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (shop.fits(id)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" ADD CONSTRAINT "users_id_check" CHECK (shop.fits(id)) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "shop.fits(id)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (shop.fits(id)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 11: validate check users_id_check on shop.users [scan]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "shop.fits(id)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" VALIDATE CONSTRAINT "users_id_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "shop.fits(id)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check users_nick_check on shop.users (schema.yaml:9:7)

-- Step 10 of 11: add check users_nick_check on shop.users, not valid yet [brief]
--   locks shop.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_nick_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_nick_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "extensions.tidy(nick) = nick", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_nick_check\" CHECK (extensions.tidy(nick) = nick) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" ADD CONSTRAINT "users_nick_check" CHECK (extensions.tidy(nick) = nick) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_nick_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_nick_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "extensions.tidy(nick) = nick", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"shop\".\"users\" ADD CONSTRAINT \"users_nick_check\" CHECK (extensions.tidy(nick) = nick) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 11: validate check users_nick_check on shop.users [scan]
--   locks shop.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 11 of 11'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_nick_check on shop.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_nick_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "extensions.tidy(nick) = nick", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_nick_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "shop"."users" VALIDATE CONSTRAINT "users_nick_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_nick_check on shop.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_nick_check on shop.users", "schema": "shop", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "extensions.tidy(nick) = nick", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"shop\".\"users\" VALIDATE CONSTRAINT \"users_nick_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 11}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 11 steps'
