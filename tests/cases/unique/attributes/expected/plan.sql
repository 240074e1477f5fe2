-- Plan: 3 primary keys and 3 unique constraints to alter, 1 primary key and 2 unique constraints to create; 17 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 17, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.altered (schema.yaml:8:18)
--   comment: none → the key
--   replica_identity: false → true

-- Step 1 of 17: alter primary key of public.altered [brief]
--   locks public.altered ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "altered_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the key", "clustered": false, "replica_identity": true, "status": "valid", "name": "altered_pkey"}, "place": "schema.yaml:8:18", "sql": ["COMMENT ON CONSTRAINT \"altered_pkey\" ON \"public\".\"altered\" IS ''the key''", "ALTER TABLE \"public\".\"altered\" REPLICA IDENTITY USING INDEX \"altered_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "altered_pkey" ON "public"."altered" IS 'the key';
ALTER TABLE "public"."altered" REPLICA IDENTITY USING INDEX "altered_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "altered_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the key", "clustered": false, "replica_identity": true, "status": "valid", "name": "altered_pkey"}, "place": "schema.yaml:8:18", "sql": ["COMMENT ON CONSTRAINT \"altered_pkey\" ON \"public\".\"altered\" IS ''the key''", "ALTER TABLE \"public\".\"altered\" REPLICA IDENTITY USING INDEX \"altered_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.made (schema.yaml:4:18)

-- Step 2 of 17: build index made_pkey on public.made [concurrent]
--   locks public.made SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 17'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index made_pkey on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "builds": "public.made_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"made_pkey\" ON \"public\".\"made\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "made_pkey" ON "public"."made" ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index made_pkey on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "builds": "public.made_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"made_pkey\" ON \"public\".\"made\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 17: add primary key of public.made, using its index [brief]
--   locks public.made ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_pkey\" PRIMARY KEY USING INDEX \"made_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."made" ADD CONSTRAINT "made_pkey" PRIMARY KEY USING INDEX "made_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'add primary key of public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_pkey\" PRIMARY KEY USING INDEX \"made_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 17: set the CLUSTER mark of primary key of public.made [brief]
--   locks public.made SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."made" CLUSTER ON "made_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'mark primary key of public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "made_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"made\" CLUSTER ON \"made_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.renamed (schema.yaml:12:18)
--   clustered: false → true
--   name: old_key → new_key

-- Step 5 of 17: alter primary key of public.renamed [brief]
--   locks public.renamed ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.renamed', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.renamed", "schema": "public", "table": "renamed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"old_key\" TO \"new_key\"", "ALTER TABLE \"public\".\"renamed\" CLUSTER ON \"new_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."renamed" RENAME CONSTRAINT "old_key" TO "new_key";
ALTER TABLE "public"."renamed" CLUSTER ON "new_key";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.renamed', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.renamed", "schema": "public", "table": "renamed", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "new_key"}, "place": "schema.yaml:12:18", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"old_key\" TO \"new_key\"", "ALTER TABLE \"public\".\"renamed\" CLUSTER ON \"new_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.replaced (schema.yaml:14:18)
--   columns[1]: none → b

-- Step 6 of 17: build index replaced_pkey__reconcile_new on public.replaced [concurrent]
--   locks public.replaced SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 17'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index replaced_pkey__reconcile_new on public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "place": "schema.yaml:14:18", "builds": "public.replaced_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"replaced_pkey__reconcile_new\" ON \"public\".\"replaced\" (\"id\", \"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "replaced_pkey__reconcile_new" ON "public"."replaced" ("id", "b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index replaced_pkey__reconcile_new on public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "place": "schema.yaml:14:18", "builds": "public.replaced_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"replaced_pkey__reconcile_new\" ON \"public\".\"replaced\" (\"id\", \"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 17: replace primary key of public.replaced, using its new index [brief]
--   locks public.replaced ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "place": "schema.yaml:14:18", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_pkey\"", "ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_pkey\" PRIMARY KEY USING INDEX \"replaced_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"replaced\" CLUSTER ON \"replaced_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."replaced" DROP CONSTRAINT "replaced_pkey";
ALTER TABLE "public"."replaced" ADD CONSTRAINT "replaced_pkey" PRIMARY KEY USING INDEX "replaced_pkey__reconcile_new";
ALTER TABLE "public"."replaced" CLUSTER ON "replaced_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "b"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "replaced_pkey"}, "place": "schema.yaml:14:18", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_pkey\"", "ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_pkey\" PRIMARY KEY USING INDEX \"replaced_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"replaced\" CLUSTER ON \"replaced_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique adopted_a on public.adopted (schema.yaml:22:7)

-- Step 8 of 17: add unique adopted_a on public.adopted, using its index [brief]
--   locks public.adopted ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique adopted_a on public.adopted', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique adopted_a on public.adopted", "schema": "public", "table": "adopted", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"adopted\" ADD CONSTRAINT \"adopted_a\" UNIQUE USING INDEX \"adopted_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."adopted" ADD CONSTRAINT "adopted_a" UNIQUE USING INDEX "adopted_a";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique adopted_a on public.adopted', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique adopted_a on public.adopted", "schema": "public", "table": "adopted", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:22:7", "sql": ["ALTER TABLE \"public\".\"adopted\" ADD CONSTRAINT \"adopted_a\" UNIQUE USING INDEX \"adopted_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique altered_a on public.altered (schema.yaml:10:7)
--   clustered: true → false

-- Step 9 of 17: alter unique altered_a on public.altered [brief]
--   locks public.altered SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique altered_a on public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique altered_a on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"altered\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."altered" SET WITHOUT CLUSTER;
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique altered_a on public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique altered_a on public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:10:7", "sql": ["ALTER TABLE \"public\".\"altered\" SET WITHOUT CLUSTER"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique given_up_a on public.given_up (schema.yaml:19:7)
--   include[0]: none → id
--   replica_identity: true → false

-- Step 10 of 17: build index given_up_a__reconcile_new on public.given_up [concurrent]
--   locks public.given_up SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 10 of 17'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index given_up_a__reconcile_new on public.given_up', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique given_up_a on public.given_up", "schema": "public", "table": "given_up", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:19:7", "builds": "public.given_up_a__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"given_up_a__reconcile_new\" ON \"public\".\"given_up\" (\"a\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "given_up_a__reconcile_new" ON "public"."given_up" ("a") INCLUDE ("id");
SELECT "public".log_migration_step('reconcile <digest>', 'build index given_up_a__reconcile_new on public.given_up', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique given_up_a on public.given_up", "schema": "public", "table": "given_up", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:19:7", "builds": "public.given_up_a__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"given_up_a__reconcile_new\" ON \"public\".\"given_up\" (\"a\") INCLUDE (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 11 of 17: replace unique given_up_a on public.given_up, using its new index [brief]
--   locks public.given_up ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique given_up_a on public.given_up', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique given_up_a on public.given_up", "schema": "public", "table": "given_up", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"given_up\" DROP CONSTRAINT \"given_up_a\"", "ALTER TABLE \"public\".\"given_up\" ADD CONSTRAINT \"given_up_a\" UNIQUE USING INDEX \"given_up_a__reconcile_new\"", "ALTER TABLE \"public\".\"given_up\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."given_up" DROP CONSTRAINT "given_up_a";
ALTER TABLE "public"."given_up" ADD CONSTRAINT "given_up_a" UNIQUE USING INDEX "given_up_a__reconcile_new";
ALTER TABLE "public"."given_up" REPLICA IDENTITY DEFAULT;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique given_up_a on public.given_up', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique given_up_a on public.given_up", "schema": "public", "table": "given_up", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:19:7", "sql": ["ALTER TABLE \"public\".\"given_up\" DROP CONSTRAINT \"given_up_a\"", "ALTER TABLE \"public\".\"given_up\" ADD CONSTRAINT \"given_up_a\" UNIQUE USING INDEX \"given_up_a__reconcile_new\"", "ALTER TABLE \"public\".\"given_up\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique made_a on public.made (schema.yaml:6:7)

-- Step 12 of 17: build index made_a on public.made [concurrent]
--   locks public.made SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 12 of 17'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index made_a on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.made_a", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"made_a\" ON \"public\".\"made\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "made_a" ON "public"."made" ("a");
SELECT "public".log_migration_step('reconcile <digest>', 'build index made_a on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.made_a", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"made_a\" ON \"public\".\"made\" (\"a\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 13 of 17: add unique made_a on public.made, using its index [brief]
--   locks public.made ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 13 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add unique made_a on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_a\" UNIQUE USING INDEX \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."made" ADD CONSTRAINT "made_a" UNIQUE USING INDEX "made_a";
SELECT "public".log_migration_step('reconcile <digest>', 'add unique made_a on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" ADD CONSTRAINT \"made_a\" UNIQUE USING INDEX \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 14 of 17: comment on unique made_a on public.made [brief]
--   locks public.made ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 14 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on unique made_a on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"made_a\" ON \"public\".\"made\" IS ''tells rows apart''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "made_a" ON "public"."made" IS 'tells rows apart';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on unique made_a on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"made_a\" ON \"public\".\"made\" IS ''tells rows apart''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 15 of 17: set the replica identity of unique made_a on public.made [brief]
--   locks public.made ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 15 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'mark unique made_a on public.made', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" REPLICA IDENTITY USING INDEX \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."made" REPLICA IDENTITY USING INDEX "made_a";
SELECT "public".log_migration_step('reconcile <digest>', 'mark unique made_a on public.made', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique made_a on public.made", "schema": "public", "table": "made", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "tells rows apart", "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"made\" REPLICA IDENTITY USING INDEX \"made_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique replaced_a on public.replaced (schema.yaml:16:7)
--   include[0]: none → b

-- Step 16 of 17: build index replaced_a__reconcile_new on public.replaced [concurrent]
--   locks public.replaced SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 16 of 17'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index replaced_a__reconcile_new on public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:16:7", "builds": "public.replaced_a__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"replaced_a__reconcile_new\" ON \"public\".\"replaced\" (\"a\") INCLUDE (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "replaced_a__reconcile_new" ON "public"."replaced" ("a") INCLUDE ("b");
SELECT "public".log_migration_step('reconcile <digest>', 'build index replaced_a__reconcile_new on public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:16:7", "builds": "public.replaced_a__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"replaced_a__reconcile_new\" ON \"public\".\"replaced\" (\"a\") INCLUDE (\"b\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 17 of 17: replace unique replaced_a on public.replaced, using its new index [brief]
--   locks public.replaced ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 17 of 17'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique replaced_a on public.replaced', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_a\" UNIQUE USING INDEX \"replaced_a__reconcile_new\"", "ALTER TABLE \"public\".\"replaced\" REPLICA IDENTITY USING INDEX \"replaced_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."replaced" DROP CONSTRAINT "replaced_a";
ALTER TABLE "public"."replaced" ADD CONSTRAINT "replaced_a" UNIQUE USING INDEX "replaced_a__reconcile_new";
ALTER TABLE "public"."replaced" REPLICA IDENTITY USING INDEX "replaced_a";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique replaced_a on public.replaced', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique replaced_a on public.replaced", "schema": "public", "table": "replaced", "action": "alter", "before": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["a"], "without_overlaps": false, "include": ["b"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:16:7", "sql": ["ALTER TABLE \"public\".\"replaced\" DROP CONSTRAINT \"replaced_a\"", "ALTER TABLE \"public\".\"replaced\" ADD CONSTRAINT \"replaced_a\" UNIQUE USING INDEX \"replaced_a__reconcile_new\"", "ALTER TABLE \"public\".\"replaced\" REPLICA IDENTITY USING INDEX \"replaced_a\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 17}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 17 steps'
