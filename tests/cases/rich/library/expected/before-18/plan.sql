-- Plan: 1 index to rename, 8 not-nulls, 2 primary keys, 2 unique constraints, 16 indexes, 7 checks and 8 foreign keys to create, 1 index and 1 check to alter, 1 table to archive; 87 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 87, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- rename index idx_loans_reader on public.loans, named idx_loans_open so far (schema.yaml:75:7)

-- Step 1 of 87: rename index idx_loans_open on public.loans to idx_loans_reader [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename index idx_loans_open on public.loans to idx_loans_reader', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_reader on public.loans", "schema": "public", "table": "loans", "action": "rename", "before": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "back_at IS NULL", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "back_at IS NULL", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:75:7", "sql": ["ALTER INDEX \"public\".\"idx_loans_open\" RENAME TO \"idx_loans_reader\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."idx_loans_open" RENAME TO "idx_loans_reader";
SELECT "public".log_migration_step('reconcile <digest>', 'rename index idx_loans_open on public.loans to idx_loans_reader', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_reader on public.loans", "schema": "public", "table": "loans", "action": "rename", "before": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "back_at IS NULL", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "back_at IS NULL", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:75:7", "sql": ["ALTER INDEX \"public\".\"idx_loans_open\" RENAME TO \"idx_loans_reader\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.authors.first_name (schema.yaml:26:16)

-- Step 2 of 87: add check authors_first_name__reconcile_new on public.authors [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check authors_first_name__reconcile_new on public.authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_first_name__reconcile_new\" CHECK (\"first_name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" ADD CONSTRAINT "authors_first_name__reconcile_new" CHECK ("first_name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check authors_first_name__reconcile_new on public.authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_first_name__reconcile_new\" CHECK (\"first_name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 87: validate check authors_first_name__reconcile_new on public.authors [scan]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check authors_first_name__reconcile_new on public.authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_first_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" VALIDATE CONSTRAINT "authors_first_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check authors_first_name__reconcile_new on public.authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_first_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 87: add not null of public.authors.first_name [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.authors.first_name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" ALTER COLUMN \"first_name\" SET NOT NULL", "ALTER TABLE \"public\".\"authors\" DROP CONSTRAINT \"authors_first_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" ALTER COLUMN "first_name" SET NOT NULL;
ALTER TABLE "public"."authors" DROP CONSTRAINT "authors_first_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.authors.first_name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "sql": ["ALTER TABLE \"public\".\"authors\" ALTER COLUMN \"first_name\" SET NOT NULL", "ALTER TABLE \"public\".\"authors\" DROP CONSTRAINT \"authors_first_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.authors.last_name (schema.yaml:26:28)

-- Step 5 of 87: add check authors_last_name__reconcile_new on public.authors [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check authors_last_name__reconcile_new on public.authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_last_name__reconcile_new\" CHECK (\"last_name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" ADD CONSTRAINT "authors_last_name__reconcile_new" CHECK ("last_name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check authors_last_name__reconcile_new on public.authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_last_name__reconcile_new\" CHECK (\"last_name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 87: validate check authors_last_name__reconcile_new on public.authors [scan]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check authors_last_name__reconcile_new on public.authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_last_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" VALIDATE CONSTRAINT "authors_last_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check authors_last_name__reconcile_new on public.authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_last_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 87: add not null of public.authors.last_name [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.authors.last_name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" ALTER COLUMN \"last_name\" SET NOT NULL", "ALTER TABLE \"public\".\"authors\" DROP CONSTRAINT \"authors_last_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."authors" ALTER COLUMN "last_name" SET NOT NULL;
ALTER TABLE "public"."authors" DROP CONSTRAINT "authors_last_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.authors.last_name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "sql": ["ALTER TABLE \"public\".\"authors\" ALTER COLUMN \"last_name\" SET NOT NULL", "ALTER TABLE \"public\".\"authors\" DROP CONSTRAINT \"authors_last_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.book_authors.author_id (schema.yaml:52:18)

-- Step 8 of 87: add check book_authors_author_id__reconcile_new on public.book_authors [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check book_authors_author_id__reconcile_new on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id__reconcile_new\" CHECK (\"author_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_author_id__reconcile_new" CHECK ("author_id" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check book_authors_author_id__reconcile_new on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id__reconcile_new\" CHECK (\"author_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 87: validate check book_authors_author_id__reconcile_new on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check book_authors_author_id__reconcile_new on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_author_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check book_authors_author_id__reconcile_new on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 87: add not null of public.book_authors.author_id [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.book_authors.author_id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ALTER COLUMN \"author_id\" SET NOT NULL", "ALTER TABLE \"public\".\"book_authors\" DROP CONSTRAINT \"book_authors_author_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ALTER COLUMN "author_id" SET NOT NULL;
ALTER TABLE "public"."book_authors" DROP CONSTRAINT "book_authors_author_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.book_authors.author_id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ALTER COLUMN \"author_id\" SET NOT NULL", "ALTER TABLE \"public\".\"book_authors\" DROP CONSTRAINT \"book_authors_author_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.book_authors.book_id (schema.yaml:52:18)

-- Step 11 of 87: add check book_authors_book_id__reconcile_new on public.book_authors [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check book_authors_book_id__reconcile_new on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id__reconcile_new\" CHECK (\"book_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_book_id__reconcile_new" CHECK ("book_id" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check book_authors_book_id__reconcile_new on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id__reconcile_new\" CHECK (\"book_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 87: validate check book_authors_book_id__reconcile_new on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check book_authors_book_id__reconcile_new on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_book_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check book_authors_book_id__reconcile_new on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 87: add not null of public.book_authors.book_id [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.book_authors.book_id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ALTER COLUMN \"book_id\" SET NOT NULL", "ALTER TABLE \"public\".\"book_authors\" DROP CONSTRAINT \"book_authors_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ALTER COLUMN "book_id" SET NOT NULL;
ALTER TABLE "public"."book_authors" DROP CONSTRAINT "book_authors_book_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.book_authors.book_id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ALTER COLUMN \"book_id\" SET NOT NULL", "ALTER TABLE \"public\".\"book_authors\" DROP CONSTRAINT \"book_authors_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.books.title (schema.yaml:30:16)

-- Step 14 of 87: add check books_title__reconcile_new on public.books [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_title__reconcile_new on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_title__reconcile_new\" CHECK (\"title\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_title__reconcile_new" CHECK ("title" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_title__reconcile_new on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_title__reconcile_new\" CHECK (\"title\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 87: validate check books_title__reconcile_new on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_title__reconcile_new on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_title__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_title__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_title__reconcile_new on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_title__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 16 of 87: add not null of public.books.title [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 16 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.books.title', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" ALTER COLUMN \"title\" SET NOT NULL", "ALTER TABLE \"public\".\"books\" DROP CONSTRAINT \"books_title__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ALTER COLUMN "title" SET NOT NULL;
ALTER TABLE "public"."books" DROP CONSTRAINT "books_title__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.books.title', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "sql": ["ALTER TABLE \"public\".\"books\" ALTER COLUMN \"title\" SET NOT NULL", "ALTER TABLE \"public\".\"books\" DROP CONSTRAINT \"books_title__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.loans.book_id (schema.yaml:65:16)

-- Step 17 of 87: add check loans_book_id__reconcile_new on public.loans [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_book_id__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id__reconcile_new\" CHECK (\"book_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_book_id__reconcile_new" CHECK ("book_id" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_book_id__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id__reconcile_new\" CHECK (\"book_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 18 of 87: validate check loans_book_id__reconcile_new on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 18 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_book_id__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_book_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_book_id__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 19 of 87: add not null of public.loans.book_id [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 19 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.loans.book_id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" ALTER COLUMN \"book_id\" SET NOT NULL", "ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ALTER COLUMN "book_id" SET NOT NULL;
ALTER TABLE "public"."loans" DROP CONSTRAINT "loans_book_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.loans.book_id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "sql": ["ALTER TABLE \"public\".\"loans\" ALTER COLUMN \"book_id\" SET NOT NULL", "ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_book_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.loans.reader_id (schema.yaml:65:25)

-- Step 20 of 87: add check loans_reader_id__reconcile_new on public.loans [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 20 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_reader_id__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id__reconcile_new\" CHECK (\"reader_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_reader_id__reconcile_new" CHECK ("reader_id" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_reader_id__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id__reconcile_new\" CHECK (\"reader_id\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 21 of 87: validate check loans_reader_id__reconcile_new on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 21 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_reader_id__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_reader_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_reader_id__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 22 of 87: add not null of public.loans.reader_id [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 22 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.loans.reader_id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" ALTER COLUMN \"reader_id\" SET NOT NULL", "ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_reader_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ALTER COLUMN "reader_id" SET NOT NULL;
ALTER TABLE "public"."loans" DROP CONSTRAINT "loans_reader_id__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.loans.reader_id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "sql": ["ALTER TABLE \"public\".\"loans\" ALTER COLUMN \"reader_id\" SET NOT NULL", "ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_reader_id__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of staff.people.name (schema.yaml:12:15)

-- Step 23 of 87: add check people_name__reconcile_new on staff.people [brief]
--   locks staff.people ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 23 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check people_name__reconcile_new on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_name__reconcile_new" CHECK ("name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check people_name__reconcile_new on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 24 of 87: validate check people_name__reconcile_new on staff.people [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 24 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check people_name__reconcile_new on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check people_name__reconcile_new on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 25 of 87: add not null of staff.people.name [brief]
--   locks staff.people ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 25 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of staff.people.name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"staff\".\"people\" DROP CONSTRAINT \"people_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "staff"."people" DROP CONSTRAINT "people_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of staff.people.name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "sql": ["ALTER TABLE \"staff\".\"people\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"staff\".\"people\" DROP CONSTRAINT \"people_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.book_authors (schema.yaml:52:18)

-- Step 26 of 87: build index book_authors_pkey on public.book_authors [concurrent]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 26 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index book_authors_pkey on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["book_id", "author_id"], "without_overlaps": false, "include": ["part"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "book_authors_pkey"}, "place": "schema.yaml:52:18", "builds": "public.book_authors_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"book_authors_pkey\" ON \"public\".\"book_authors\" (\"book_id\", \"author_id\") INCLUDE (\"part\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "book_authors_pkey" ON "public"."book_authors" ("book_id", "author_id") INCLUDE ("part");
SELECT "public".log_migration_step('reconcile <digest>', 'build index book_authors_pkey on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["book_id", "author_id"], "without_overlaps": false, "include": ["part"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "book_authors_pkey"}, "place": "schema.yaml:52:18", "builds": "public.book_authors_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"book_authors_pkey\" ON \"public\".\"book_authors\" (\"book_id\", \"author_id\") INCLUDE (\"part\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 27 of 87: add primary key of public.book_authors, using its index [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 27 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["book_id", "author_id"], "without_overlaps": false, "include": ["part"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "book_authors_pkey"}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_pkey\" PRIMARY KEY USING INDEX \"book_authors_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_pkey" PRIMARY KEY USING INDEX "book_authors_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["book_id", "author_id"], "without_overlaps": false, "include": ["part"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "book_authors_pkey"}, "place": "schema.yaml:52:18", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_pkey\" PRIMARY KEY USING INDEX \"book_authors_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.shelves (schema.yaml:20:18)

-- Step 28 of 87: build index shelves_pkey on public.shelves [concurrent]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 28 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index shelves_pkey on public.shelves', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["branch_id", "code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "shelves_pkey"}, "place": "schema.yaml:20:18", "builds": "public.shelves_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"shelves_pkey\" ON \"public\".\"shelves\" (\"branch_id\", \"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "shelves_pkey" ON "public"."shelves" ("branch_id", "code");
SELECT "public".log_migration_step('reconcile <digest>', 'build index shelves_pkey on public.shelves', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["branch_id", "code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "shelves_pkey"}, "place": "schema.yaml:20:18", "builds": "public.shelves_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"shelves_pkey\" ON \"public\".\"shelves\" (\"branch_id\", \"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 29 of 87: add primary key of public.shelves, using its index [brief]
--   locks public.shelves ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 29 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.shelves', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["branch_id", "code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "shelves_pkey"}, "place": "schema.yaml:20:18", "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_pkey\" PRIMARY KEY USING INDEX \"shelves_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."shelves" ADD CONSTRAINT "shelves_pkey" PRIMARY KEY USING INDEX "shelves_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.shelves', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["branch_id", "code"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "shelves_pkey"}, "place": "schema.yaml:20:18", "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_pkey\" PRIMARY KEY USING INDEX \"shelves_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique books_isbn_key on public.books (schema.yaml:32:7)

-- Step 30 of 87: add unique books_isbn_key on public.books, using its index [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 30 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique books_isbn_key on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique books_isbn_key on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["isbn"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:32:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_isbn_key\" UNIQUE USING INDEX \"books_isbn_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_isbn_key" UNIQUE USING INDEX "books_isbn_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique books_isbn_key on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique books_isbn_key on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["isbn"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:32:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_isbn_key\" UNIQUE USING INDEX \"books_isbn_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique branches_name_key on public.branches (schema.yaml:6:7)

-- Step 31 of 87: build index branches_name_key on public.branches [concurrent]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 31 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index branches_name_key on public.branches', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.branches_name_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"branches_name_key\" ON \"public\".\"branches\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "branches_name_key" ON "public"."branches" ("name");
SELECT "public".log_migration_step('reconcile <digest>', 'build index branches_name_key on public.branches', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.branches_name_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"branches_name_key\" ON \"public\".\"branches\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 32 of 87: add unique branches_name_key on public.branches, using its index [brief]
--   locks public.branches ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 32 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique branches_name_key on public.branches', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_name_key\" UNIQUE USING INDEX \"branches_name_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."branches" ADD CONSTRAINT "branches_name_key" UNIQUE USING INDEX "branches_name_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique branches_name_key on public.branches', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["name"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_name_key\" UNIQUE USING INDEX \"branches_name_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index idx_authors_name on public.authors (schema.yaml:28:7)

-- Step 33 of 87: build index idx_authors_name on public.authors [concurrent]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 33 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_authors_name on public.authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_authors_name on public.authors", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(last_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(first_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:28:7", "builds": "public.idx_authors_name", "sql": ["CREATE INDEX CONCURRENTLY \"idx_authors_name\" ON \"public\".\"authors\" ((lower(last_name)), (lower(first_name)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_authors_name" ON "public"."authors" ((lower(last_name)), (lower(first_name)));
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_authors_name on public.authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_authors_name on public.authors", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(last_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(first_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:28:7", "builds": "public.idx_authors_name", "sql": ["CREATE INDEX CONCURRENTLY \"idx_authors_name\" ON \"public\".\"authors\" ((lower(last_name)), (lower(first_name)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_book_authors_author_id on public.book_authors (schema.yaml:57:7)

-- Step 34 of 87: build index idx_book_authors_author_id on public.book_authors [concurrent]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 34 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_book_authors_author_id on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_book_authors_author_id on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "author_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:57:7", "builds": "public.idx_book_authors_author_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_book_authors_author_id\" ON \"public\".\"book_authors\" (\"author_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_book_authors_author_id" ON "public"."book_authors" ("author_id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_book_authors_author_id on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_book_authors_author_id on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "author_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:57:7", "builds": "public.idx_book_authors_author_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_book_authors_author_id\" ON \"public\".\"book_authors\" (\"author_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_extra on public.books (schema.yaml:46:7)

-- Step 35 of 87: build index idx_books_extra on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 35 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_extra on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_extra on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "extra", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:46:7", "builds": "public.idx_books_extra", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_extra\" ON \"public\".\"books\" USING \"gin\" (\"extra\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_extra" ON "public"."books" USING "gin" ("extra" "pg_catalog"."jsonb_path_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_extra on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_extra on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "extra", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:46:7", "builds": "public.idx_books_extra", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_extra\" ON \"public\".\"books\" USING \"gin\" (\"extra\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_printed on public.books (schema.yaml:48:7)

-- Step 36 of 87: build index idx_books_printed on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 36 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_printed on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_printed on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "printed", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gist", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:48:7", "builds": "public.idx_books_printed", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_printed\" ON \"public\".\"books\" USING \"gist\" (\"printed\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_printed" ON "public"."books" USING "gist" ("printed");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_printed on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_printed on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "printed", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gist", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:48:7", "builds": "public.idx_books_printed", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_printed\" ON \"public\".\"books\" USING \"gist\" (\"printed\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_shelf on public.books (schema.yaml:50:7)

-- Step 37 of 87: build index idx_books_shelf on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 37 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_shelf on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_shelf on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "shelf", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:50:7", "builds": "public.idx_books_shelf", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_shelf\" ON \"public\".\"books\" (\"branch_id\", \"shelf\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_shelf" ON "public"."books" ("branch_id", "shelf");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_shelf on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_shelf on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "shelf", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:50:7", "builds": "public.idx_books_shelf", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_shelf\" ON \"public\".\"books\" (\"branch_id\", \"shelf\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_tags on public.books (schema.yaml:45:7)

-- Step 38 of 87: build index idx_books_tags on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 38 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_tags on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_tags on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:45:7", "builds": "public.idx_books_tags", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_tags\" ON \"public\".\"books\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_tags" ON "public"."books" USING "gin" ("tags") WITH ("fastupdate" = 'off');
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_tags on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_tags on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:45:7", "builds": "public.idx_books_tags", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_tags\" ON \"public\".\"books\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_text on public.books (schema.yaml:47:7)

-- Step 39 of 87: build index idx_books_text on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 39 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_text on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_text on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "to_tsvector(''english''::regconfig, title)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:47:7", "builds": "public.idx_books_text", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_text\" ON \"public\".\"books\" USING \"gin\" ((to_tsvector(''english''::regconfig, title)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_text" ON "public"."books" USING "gin" ((to_tsvector('english'::regconfig, title)));
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_text on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_text on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "to_tsvector(''english''::regconfig, title)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:47:7", "builds": "public.idx_books_text", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_text\" ON \"public\".\"books\" USING \"gin\" ((to_tsvector(''english''::regconfig, title)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index idx_books_title on public.books (schema.yaml:49:7)
--   columns[0].opclass: none → {schema: pg_catalog, name: text_pattern_ops}
--   comment: none → for titles that begin with

-- Step 40 of 87: build index idx_books_title__reconcile_new on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 40 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_title__reconcile_new on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "builds": "public.idx_books_title__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_title__reconcile_new\" ON \"public\".\"books\" (\"title\" \"pg_catalog\".\"text_pattern_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_title__reconcile_new" ON "public"."books" ("title" "pg_catalog"."text_pattern_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_title__reconcile_new on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "builds": "public.idx_books_title__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_title__reconcile_new\" ON \"public\".\"books\" (\"title\" \"pg_catalog\".\"text_pattern_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 41 of 87: comment on index idx_books_title__reconcile_new on public.books [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 41 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index idx_books_title__reconcile_new on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["COMMENT ON INDEX \"public\".\"idx_books_title__reconcile_new\" IS ''for titles that begin with''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."idx_books_title__reconcile_new" IS 'for titles that begin with';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index idx_books_title__reconcile_new on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["COMMENT ON INDEX \"public\".\"idx_books_title__reconcile_new\" IS ''for titles that begin with''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 42 of 87: give the name of index idx_books_title on public.books to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 42 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index idx_books_title on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["ALTER INDEX \"public\".\"idx_books_title\" RENAME TO \"idx_books_title__reconcile_old\"", "ALTER INDEX \"public\".\"idx_books_title__reconcile_new\" RENAME TO \"idx_books_title\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."idx_books_title" RENAME TO "idx_books_title__reconcile_old";
ALTER INDEX "public"."idx_books_title__reconcile_new" RENAME TO "idx_books_title";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index idx_books_title on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["ALTER INDEX \"public\".\"idx_books_title\" RENAME TO \"idx_books_title__reconcile_old\"", "ALTER INDEX \"public\".\"idx_books_title__reconcile_new\" RENAME TO \"idx_books_title\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 43 of 87: drop index idx_books_title__reconcile_old on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 43 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index idx_books_title__reconcile_old on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_books_title__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "public"."idx_books_title__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index idx_books_title__reconcile_old on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "for titles that begin with", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:49:7", "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_books_title__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_books_words on public.books (schema.yaml:44:7)

-- Step 44 of 87: build index idx_books_words on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 44 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_words on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_words on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "words", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:44:7", "builds": "public.idx_books_words", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_words\" ON \"public\".\"books\" USING \"gin\" (\"words\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_books_words" ON "public"."books" USING "gin" ("words");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_books_words on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_books_words on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "words", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:44:7", "builds": "public.idx_books_words", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_words\" ON \"public\".\"books\" USING \"gin\" (\"words\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_branches_town on public.branches (schema.yaml:10:7)

-- Step 45 of 87: build index idx_branches_town on public.branches [concurrent]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 45 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_branches_town on public.branches', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_branches_town on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "(at).town", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.idx_branches_town", "sql": ["CREATE INDEX CONCURRENTLY \"idx_branches_town\" ON \"public\".\"branches\" (((at).town))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_branches_town" ON "public"."branches" (((at).town));
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_branches_town on public.branches', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_branches_town on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "(at).town", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.idx_branches_town", "sql": ["CREATE INDEX CONCURRENTLY \"idx_branches_town\" ON \"public\".\"branches\" (((at).town))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index lent_by_book_id on public.lent_by_book (schema.yaml:81:7)

-- Step 46 of 87: build index lent_by_book_id on public.lent_by_book [concurrent]
--   locks public.lent_by_book SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 46 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index lent_by_book_id on public.lent_by_book', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lent_by_book_id on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:81:7", "builds": "public.lent_by_book_id", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lent_by_book_id\" ON \"public\".\"lent_by_book\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "lent_by_book_id" ON "public"."lent_by_book" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index lent_by_book_id on public.lent_by_book', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lent_by_book_id on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:81:7", "builds": "public.lent_by_book_id", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lent_by_book_id\" ON \"public\".\"lent_by_book\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index lent_by_book_times on public.lent_by_book (schema.yaml:82:7)

-- Step 47 of 87: build index lent_by_book_times on public.lent_by_book [concurrent]
--   locks public.lent_by_book SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 47 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index lent_by_book_times on public.lent_by_book', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lent_by_book_times on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "times", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:82:7", "builds": "public.lent_by_book_times", "sql": ["CREATE INDEX CONCURRENTLY \"lent_by_book_times\" ON \"public\".\"lent_by_book\" (\"times\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "lent_by_book_times" ON "public"."lent_by_book" ("times" DESC);
SELECT "public".log_migration_step('reconcile <digest>', 'build index lent_by_book_times on public.lent_by_book', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index lent_by_book_times on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "times", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:82:7", "builds": "public.lent_by_book_times", "sql": ["CREATE INDEX CONCURRENTLY \"lent_by_book_times\" ON \"public\".\"lent_by_book\" (\"times\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_loans_book_id on public.loans (schema.yaml:73:7)

-- Step 48 of 87: build index idx_loans_book_id on public.loans [concurrent]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 48 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_loans_book_id on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_book_id on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "book_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:73:7", "builds": "public.idx_loans_book_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_book_id\" ON \"public\".\"loans\" (\"book_id\", \"lent_at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_loans_book_id" ON "public"."loans" ("book_id", "lent_at" DESC);
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_loans_book_id on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_book_id on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "book_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:73:7", "builds": "public.idx_loans_book_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_book_id\" ON \"public\".\"loans\" (\"book_id\", \"lent_at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_loans_lent_at on public.loans (schema.yaml:74:7)

-- Step 49 of 87: build index idx_loans_lent_at on public.loans [concurrent]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 49 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_loans_lent_at on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_lent_at on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "brin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:74:7", "builds": "public.idx_loans_lent_at", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_lent_at\" ON \"public\".\"loans\" USING \"brin\" (\"lent_at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_loans_lent_at" ON "public"."loans" USING "brin" ("lent_at");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_loans_lent_at on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_loans_lent_at on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "brin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:74:7", "builds": "public.idx_loans_lent_at", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_lent_at\" ON \"public\".\"loans\" USING \"brin\" (\"lent_at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_readers_email on public.readers (schema.yaml:63:7)

-- Step 50 of 87: build index idx_readers_email on public.readers [concurrent]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 50 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_readers_email on public.readers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_readers_email on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((email)::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": "active", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:63:7", "builds": "public.idx_readers_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"idx_readers_email\" ON \"public\".\"readers\" ((lower((email)::text))) WHERE (active)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "idx_readers_email" ON "public"."readers" ((lower((email)::text))) WHERE (active);
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_readers_email on public.readers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_readers_email on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((email)::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": "active", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:63:7", "builds": "public.idx_readers_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"idx_readers_email\" ON \"public\".\"readers\" ((lower((email)::text))) WHERE (active)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_shelves_open on public.shelves (schema.yaml:24:7)

-- Step 51 of 87: build index idx_shelves_open on public.shelves [concurrent]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 51 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_shelves_open on public.shelves', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_shelves_open on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "public.is_open(state)", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:24:7", "builds": "public.idx_shelves_open", "sql": ["CREATE INDEX CONCURRENTLY \"idx_shelves_open\" ON \"public\".\"shelves\" (\"branch_id\") WHERE (public.is_open(state))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_shelves_open" ON "public"."shelves" ("branch_id") WHERE (public.is_open(state));
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_shelves_open on public.shelves', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_shelves_open on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "public.is_open(state)", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:24:7", "builds": "public.idx_shelves_open", "sql": ["CREATE INDEX CONCURRENTLY \"idx_shelves_open\" ON \"public\".\"shelves\" (\"branch_id\") WHERE (public.is_open(state))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_people_boss_id on staff.people (schema.yaml:18:7)

-- Step 52 of 87: build index idx_people_boss_id on staff.people [concurrent]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 52 of 87'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_people_boss_id on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_people_boss_id on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "boss_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:18:7", "builds": "staff.idx_people_boss_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_people_boss_id\" ON \"staff\".\"people\" (\"boss_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_people_boss_id" ON "staff"."people" ("boss_id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_people_boss_id on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_people_boss_id on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "boss_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:18:7", "builds": "staff.idx_people_boss_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_people_boss_id\" ON \"staff\".\"people\" (\"boss_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check books_pages_check on public.books (schema.yaml:34:7)

-- Step 53 of 87: add check books_pages_check on public.books, not valid yet [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 53 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_pages_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:34:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_pages_check\" CHECK (pages > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_pages_check" CHECK (pages > 0) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_pages_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:34:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_pages_check\" CHECK (pages > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 54 of 87: validate check books_pages_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 54 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_pages_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:34:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_pages_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_pages_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_pages_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:34:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_pages_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check books_printed_check on public.books (schema.yaml:36:7)

-- Step 55 of 87: add check books_printed_check on public.books, not valid yet [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 55 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_printed_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:36:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_printed_check\" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_printed_check" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_printed_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:36:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_printed_check\" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 56 of 87: validate check books_printed_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 56 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_printed_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:36:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_printed_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_printed_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_printed_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:36:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_printed_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check books_tags_check on public.books (schema.yaml:35:7)

-- Step 57 of 87: add check books_tags_check on public.books, not valid yet [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 57 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_tags_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:35:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_tags_check\" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_tags_check" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check books_tags_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:35:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_tags_check\" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 58 of 87: validate check books_tags_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 58 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_tags_check on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:35:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_tags_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_tags_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check books_tags_check on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:35:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_tags_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter check loans_back_check on public.loans (schema.yaml:67:7)
--   expression: back_at > lent_at → lent_at < back_at
--   validated: false → true

-- Step 59 of 87: add check loans_back_check__reconcile_new on public.loans, not valid yet [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 59 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_back_check__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_back_check__reconcile_new\" CHECK (lent_at < back_at) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_back_check__reconcile_new" CHECK (lent_at < back_at) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_back_check__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_back_check__reconcile_new\" CHECK (lent_at < back_at) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 60 of 87: validate check loans_back_check__reconcile_new on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 60 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_back_check__reconcile_new on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_back_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_back_check__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_back_check__reconcile_new on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_back_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 61 of 87: replace check loans_back_check on public.loans by its successor [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 61 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check loans_back_check on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_back_check\"", "ALTER TABLE \"public\".\"loans\" RENAME CONSTRAINT \"loans_back_check__reconcile_new\" TO \"loans_back_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" DROP CONSTRAINT "loans_back_check";
ALTER TABLE "public"."loans" RENAME CONSTRAINT "loans_back_check__reconcile_new" TO "loans_back_check";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check loans_back_check on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "validated": false, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:67:7", "sql": ["ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_back_check\"", "ALTER TABLE \"public\".\"loans\" RENAME CONSTRAINT \"loans_back_check__reconcile_new\" TO \"loans_back_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check loans_fee_check on public.loans (schema.yaml:68:7)

-- Step 62 of 87: add check loans_fee_check on public.loans, not valid yet [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 62 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_fee_check on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:68:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_fee_check\" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_fee_check" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check loans_fee_check on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:68:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_fee_check\" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 63 of 87: validate check loans_fee_check on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 63 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_fee_check on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:68:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_fee_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_fee_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check loans_fee_check on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:68:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_fee_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check readers_contact_check on public.readers (schema.yaml:60:7)

-- Step 64 of 87: add check readers_contact_check on public.readers, not valid yet [brief]
--   locks public.readers ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 64 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readers_contact_check on public.readers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:60:7", "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_contact_check\" CHECK (num_nonnulls(email, phone) > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readers" ADD CONSTRAINT "readers_contact_check" CHECK (num_nonnulls(email, phone) > 0) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readers_contact_check on public.readers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:60:7", "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_contact_check\" CHECK (num_nonnulls(email, phone) > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 65 of 87: validate check readers_contact_check on public.readers [scan]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 65 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readers_contact_check on public.readers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:60:7", "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_contact_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readers" VALIDATE CONSTRAINT "readers_contact_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readers_contact_check on public.readers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:60:7", "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_contact_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check readers_email_check on public.readers (schema.yaml:61:7)

-- Step 66 of 87: add check readers_email_check on public.readers, not valid yet [brief]
--   locks public.readers ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 66 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check readers_email_check on public.readers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:61:7", "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_email_check\" CHECK ((email)::text ~~ ''%_@_%''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readers" ADD CONSTRAINT "readers_email_check" CHECK ((email)::text ~~ '%_@_%'::text) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check readers_email_check on public.readers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:61:7", "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_email_check\" CHECK ((email)::text ~~ ''%_@_%''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 67 of 87: validate check readers_email_check on public.readers [scan]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 67 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readers_email_check on public.readers', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:61:7", "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."readers" VALIDATE CONSTRAINT "readers_email_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check readers_email_check on public.readers', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:61:7", "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check people_boss_check on staff.people (schema.yaml:14:7)

-- Step 68 of 87: add check people_boss_check on staff.people, not valid yet [brief]
--   locks staff.people ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 68 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check people_boss_check on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_check\" CHECK (boss_id <> id) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_boss_check" CHECK (boss_id <> id) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check people_boss_check on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_check\" CHECK (boss_id <> id) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 69 of 87: validate check people_boss_check on staff.people [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 69 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check people_boss_check on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_boss_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check people_boss_check on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key book_authors_author_id_fkey on public.book_authors (schema.yaml:55:7)

-- Step 70 of 87: add foreign key book_authors_author_id_fkey on public.book_authors, not valid yet [brief]
--   locks public.book_authors SHARE ROW EXCLUSIVE: blocks writes
--   locks public.authors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 70 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key book_authors_author_id_fkey on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:55:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_fkey\" FOREIGN KEY (\"author_id\") REFERENCES \"public\".\"authors\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "public"."authors" ("id") ON DELETE RESTRICT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key book_authors_author_id_fkey on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:55:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_fkey\" FOREIGN KEY (\"author_id\") REFERENCES \"public\".\"authors\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 71 of 87: validate foreign key book_authors_author_id_fkey on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.authors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 71 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key book_authors_author_id_fkey on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:55:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_author_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key book_authors_author_id_fkey on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:55:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key book_authors_book_id_fkey on public.book_authors (schema.yaml:54:7)

-- Step 72 of 87: add foreign key book_authors_book_id_fkey on public.book_authors, not valid yet [brief]
--   locks public.book_authors SHARE ROW EXCLUSIVE: blocks writes
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 72 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key book_authors_book_id_fkey on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:54:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "public"."books" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key book_authors_book_id_fkey on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:54:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 73 of 87: validate foreign key book_authors_book_id_fkey on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.books ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 73 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key book_authors_book_id_fkey on public.book_authors', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:54:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_book_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key book_authors_book_id_fkey on public.book_authors', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:54:7", "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key books_shelf_fkey on public.books (schema.yaml:38:7)

-- Step 74 of 87: add foreign key books_shelf_fkey on public.books, not valid yet [brief]
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   locks public.shelves SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 74 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key books_shelf_fkey on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:38:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_shelf_fkey\" FOREIGN KEY (\"branch_id\", \"shelf\") REFERENCES \"public\".\"shelves\" (\"branch_id\", \"code\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" ADD CONSTRAINT "books_shelf_fkey" FOREIGN KEY ("branch_id", "shelf") REFERENCES "public"."shelves" ("branch_id", "code") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key books_shelf_fkey on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:38:7", "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_shelf_fkey\" FOREIGN KEY (\"branch_id\", \"shelf\") REFERENCES \"public\".\"shelves\" (\"branch_id\", \"code\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 75 of 87: validate foreign key books_shelf_fkey on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.shelves ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 75 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key books_shelf_fkey on public.books', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:38:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_shelf_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_shelf_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key books_shelf_fkey on public.books', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:38:7", "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_shelf_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key branches_manager_id_fkey on public.branches (schema.yaml:8:7)

-- Step 76 of 87: add foreign key branches_manager_id_fkey on public.branches, not valid yet [brief]
--   locks public.branches SHARE ROW EXCLUSIVE: blocks writes
--   locks staff.people SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 76 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key branches_manager_id_fkey on public.branches', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_manager_id_fkey\" FOREIGN KEY (\"manager_id\") REFERENCES \"staff\".\"people\" (\"id\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."branches" ADD CONSTRAINT "branches_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "staff"."people" ("id") ON DELETE SET NULL NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key branches_manager_id_fkey on public.branches', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_manager_id_fkey\" FOREIGN KEY (\"manager_id\") REFERENCES \"staff\".\"people\" (\"id\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 77 of 87: validate foreign key branches_manager_id_fkey on public.branches [scan]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks staff.people ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 77 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key branches_manager_id_fkey on public.branches', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"branches\" VALIDATE CONSTRAINT \"branches_manager_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."branches" VALIDATE CONSTRAINT "branches_manager_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key branches_manager_id_fkey on public.branches', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"branches\" VALIDATE CONSTRAINT \"branches_manager_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key loans_book_id_fkey on public.loans (schema.yaml:70:7)

-- Step 78 of 87: add foreign key loans_book_id_fkey on public.loans, not valid yet [brief]
--   locks public.loans SHARE ROW EXCLUSIVE: blocks writes
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 78 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key loans_book_id_fkey on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:70:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "public"."books" ("id") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key loans_book_id_fkey on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:70:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 79 of 87: validate foreign key loans_book_id_fkey on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.books ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 79 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key loans_book_id_fkey on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:70:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_book_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key loans_book_id_fkey on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:70:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key loans_reader_id_fkey on public.loans (schema.yaml:71:7)

-- Step 80 of 87: add foreign key loans_reader_id_fkey on public.loans, not valid yet [brief]
--   locks public.loans SHARE ROW EXCLUSIVE: blocks writes
--   locks public.readers SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 80 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key loans_reader_id_fkey on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:71:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_fkey\" FOREIGN KEY (\"reader_id\") REFERENCES \"public\".\"readers\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "public"."readers" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key loans_reader_id_fkey on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:71:7", "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_fkey\" FOREIGN KEY (\"reader_id\") REFERENCES \"public\".\"readers\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 81 of 87: validate foreign key loans_reader_id_fkey on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.readers ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 81 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key loans_reader_id_fkey on public.loans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:71:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_reader_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key loans_reader_id_fkey on public.loans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:71:7", "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key shelves_branch_id_fkey on public.shelves (schema.yaml:22:7)

-- Step 82 of 87: add foreign key shelves_branch_id_fkey on public.shelves, not valid yet [brief]
--   locks public.shelves SHARE ROW EXCLUSIVE: blocks writes
--   locks public.branches SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 82 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key shelves_branch_id_fkey on public.shelves', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_branch_id_fkey\" FOREIGN KEY (\"branch_id\") REFERENCES \"public\".\"branches\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."shelves" ADD CONSTRAINT "shelves_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "public"."branches" ("id") ON DELETE CASCADE NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key shelves_branch_id_fkey on public.shelves', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_branch_id_fkey\" FOREIGN KEY (\"branch_id\") REFERENCES \"public\".\"branches\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 83 of 87: validate foreign key shelves_branch_id_fkey on public.shelves [scan]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.branches ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 83 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key shelves_branch_id_fkey on public.shelves', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"shelves\" VALIDATE CONSTRAINT \"shelves_branch_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."shelves" VALIDATE CONSTRAINT "shelves_branch_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key shelves_branch_id_fkey on public.shelves', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"shelves\" VALIDATE CONSTRAINT \"shelves_branch_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key people_boss_id_fkey on staff.people (schema.yaml:16:7)

-- Step 84 of 87: add foreign key people_boss_id_fkey on staff.people, not valid yet [brief]
--   locks staff.people SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 84 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key people_boss_id_fkey on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_id_fkey\" FOREIGN KEY (\"boss_id\") REFERENCES \"staff\".\"people\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_boss_id_fkey" FOREIGN KEY ("boss_id") REFERENCES "staff"."people" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key people_boss_id_fkey on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_id_fkey\" FOREIGN KEY (\"boss_id\") REFERENCES \"staff\".\"people\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 85 of 87: validate foreign key people_boss_id_fkey on staff.people [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks staff.people ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 85 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key people_boss_id_fkey on staff.people', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_boss_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key people_boss_id_fkey on staff.people', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- archive table public.loans_copy (schema.yaml:84:3)

-- Step 86 of 87: create schema reconcile_archive [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 86 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
CREATE SCHEMA "reconcile_archive";
SELECT "public".log_migration_step('reconcile <digest>', 'create schema reconcile_archive', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "sql": ["CREATE SCHEMA \"reconcile_archive\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 87 of 87: archive table public.loans_copy to reconcile_archive [brief]
--   locks public.loans_copy ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 87 of 87'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
--   guard: public.loans holds at least as many rows as public.loans_copy
BEGIN READ ONLY;
SELECT (SELECT greatest((SELECT count(*) FROM "public"."loans_copy") - (SELECT count(*) FROM "public"."loans"), 0)) = 0 AS passed \gset
COMMIT;
\if :passed
\else
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 87: guard fewer-rows failed; plan again to see why''; END';
\endif
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.loans_copy', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "sql": ["ALTER TABLE \"public\".\"loans_copy\" RENAME TO \"loans_copy__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
SELECT 'loans_copy__' || to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS archive_1 \gset
BEGIN;
ALTER TABLE "public"."loans_copy" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS '{"archived_by": "reconcile", "schema": "public", "table": "loans_copy", "comment": null, "renamed": []}';
SELECT "public".log_migration_step('reconcile <digest>', 'archive table public.loans_copy', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "Leftover", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "taken": [], "dependents": [], "mentions": []}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "sql": ["ALTER TABLE \"public\".\"loans_copy\" RENAME TO \"loans_copy__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": []}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 87}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 87 steps'
