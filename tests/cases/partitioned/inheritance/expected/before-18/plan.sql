-- Plan: 1 not-null, 1 primary key, 1 unique constraint, 1 index and 2 checks to create, 1 check to alter; 15 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 15, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create not null of public.places.name (schema.yaml:11:16)

-- Step 1 of 15: add check places_name__reconcile_new on public.places [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name__reconcile_new on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_name__reconcile_new" CHECK ("name" IS NOT NULL) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name__reconcile_new on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name__reconcile_new\" CHECK (\"name\" IS NOT NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 15: validate check places_name__reconcile_new on public.places [scan]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.capitals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name__reconcile_new on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" VALIDATE CONSTRAINT "places_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name__reconcile_new on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 15: add not null of public.places.name [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.places.name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "public"."places" DROP CONSTRAINT "places_name__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.places.name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.places.name", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "NotNull", "name": null, "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:11:16", "sql": ["ALTER TABLE \"public\".\"places\" ALTER COLUMN \"name\" SET NOT NULL", "ALTER TABLE \"public\".\"places\" DROP CONSTRAINT \"places_name__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.places (schema.yaml:10:18)

-- Step 4 of 15: build index places_pkey on public.places [concurrent]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index places_pkey on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "place": "schema.yaml:10:18", "builds": "public.places_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"places_pkey\" ON \"public\".\"places\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "places_pkey" ON "public"."places" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index places_pkey on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "place": "schema.yaml:10:18", "builds": "public.places_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"places_pkey\" ON \"public\".\"places\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 5 of 15: add primary key of public.places, using its index [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_pkey\" PRIMARY KEY USING INDEX \"places_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_pkey" PRIMARY KEY USING INDEX "places_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "places_pkey"}, "place": "schema.yaml:10:18", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_pkey\" PRIMARY KEY USING INDEX \"places_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique capitals_key on public.capitals (schema.yaml:5:7)

-- Step 6 of 15: build index capitals_key on public.capitals [concurrent]
--   locks public.capitals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index capitals_key on public.capitals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique capitals_key on public.capitals", "schema": "public", "table": "capitals", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.capitals_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"capitals_key\" ON \"public\".\"capitals\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "capitals_key" ON "public"."capitals" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index capitals_key on public.capitals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique capitals_key on public.capitals", "schema": "public", "table": "capitals", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.capitals_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"capitals_key\" ON \"public\".\"capitals\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 15: add unique capitals_key on public.capitals, using its index [brief]
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique capitals_key on public.capitals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique capitals_key on public.capitals", "schema": "public", "table": "capitals", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"capitals\" ADD CONSTRAINT \"capitals_key\" UNIQUE USING INDEX \"capitals_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."capitals" ADD CONSTRAINT "capitals_key" UNIQUE USING INDEX "capitals_key";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique capitals_key on public.capitals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique capitals_key on public.capitals", "schema": "public", "table": "capitals", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"capitals\" ADD CONSTRAINT \"capitals_key\" UNIQUE USING INDEX \"capitals_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index places_name_idx on public.places (schema.yaml:16:7)

-- Step 8 of 15: build index places_name_idx on public.places [concurrent]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 8 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index places_name_idx on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index places_name_idx on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:16:7", "builds": "public.places_name_idx", "sql": ["CREATE INDEX CONCURRENTLY \"places_name_idx\" ON \"public\".\"places\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "places_name_idx" ON "public"."places" ("name");
SELECT "public".log_migration_step('reconcile <digest>', 'build index places_name_idx on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index places_name_idx on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "name", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:16:7", "builds": "public.places_name_idx", "sql": ["CREATE INDEX CONCURRENTLY \"places_name_idx\" ON \"public\".\"places\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter check own on public.capitals (schema.yaml:8:7)
--   expression: country <> ''::text → country <> 'x'::text

-- Step 9 of 15: add check own__reconcile_new on public.capitals, not valid yet [brief]
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check own__reconcile_new on public.capitals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" ADD CONSTRAINT \"own__reconcile_new\" CHECK (country <> ''x''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."capitals" ADD CONSTRAINT "own__reconcile_new" CHECK (country <> 'x'::text) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check own__reconcile_new on public.capitals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" ADD CONSTRAINT \"own__reconcile_new\" CHECK (country <> ''x''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 15: validate check own__reconcile_new on public.capitals [scan]
--   locks public.capitals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check own__reconcile_new on public.capitals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" VALIDATE CONSTRAINT \"own__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."capitals" VALIDATE CONSTRAINT "own__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check own__reconcile_new on public.capitals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" VALIDATE CONSTRAINT \"own__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 11 of 15: replace check own on public.capitals by its successor [brief]
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace check own on public.capitals', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" DROP CONSTRAINT \"own\"", "ALTER TABLE \"public\".\"capitals\" RENAME CONSTRAINT \"own__reconcile_new\" TO \"own\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."capitals" DROP CONSTRAINT "own";
ALTER TABLE "public"."capitals" RENAME CONSTRAINT "own__reconcile_new" TO "own";
SELECT "public".log_migration_step('reconcile <digest>', 'replace check own on public.capitals', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check own on public.capitals", "schema": "public", "table": "capitals", "action": "alter", "before": {"type": "Check", "expression": "country <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "after": {"type": "Check", "expression": "country <> ''x''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"capitals\" DROP CONSTRAINT \"own\"", "ALTER TABLE \"public\".\"capitals\" RENAME CONSTRAINT \"own__reconcile_new\" TO \"own\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check places_name_check on public.places (schema.yaml:13:7)

-- Step 12 of 15: add check places_name_check on public.places, not valid yet [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.capitals ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name_check on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_name_check on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "name <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name_check\" CHECK (name <> ''''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_name_check" CHECK (name <> ''::text) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_name_check on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_name_check on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "name <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_name_check\" CHECK (name <> ''''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 13 of 15: validate check places_name_check on public.places [scan]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.capitals SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 13 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name_check on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_name_check on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "name <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" VALIDATE CONSTRAINT "places_name_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_name_check on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_name_check on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "name <> ''''::text", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:13:7", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_name_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check places_only on public.places (schema.yaml:14:7)

-- Step 14 of 15: add check places_only on public.places, not valid yet [brief]
--   locks public.places ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_only on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_only on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "id < 100", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_only\" CHECK (id < 100) NO INHERIT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" ADD CONSTRAINT "places_only" CHECK (id < 100) NO INHERIT NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check places_only on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_only on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "id < 100", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"places\" ADD CONSTRAINT \"places_only\" CHECK (id < 100) NO INHERIT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 15: validate check places_only on public.places [scan]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_only on public.places', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_only on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "id < 100", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_only\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."places" VALIDATE CONSTRAINT "places_only";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check places_only on public.places', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check places_only on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Check", "expression": "id < 100", "no_inherit": true, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:14:7", "sql": ["ALTER TABLE \"public\".\"places\" VALIDATE CONSTRAINT \"places_only\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 15}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 15 steps'
