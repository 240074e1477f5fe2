-- Plan: 1 not-null to create, 4 primary keys to alter, 1 primary key to drop; 8 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 8, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create not null of public.anew.sub (schema.yaml:5:23)

-- Step 1 of 8: add not null of public.anew.sub [brief]
--   locks public.anew ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.anew.sub', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.anew.sub", "schema": "public", "table": "anew", "action": "create", "before": null, "after": {"type": "NotNull", "name": "anew_sub_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_sub_not_null\" NOT NULL \"sub\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."anew" ADD CONSTRAINT "anew_sub_not_null" NOT NULL "sub" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.anew.sub', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.anew.sub", "schema": "public", "table": "anew", "action": "create", "before": null, "after": {"type": "NotNull", "name": "anew_sub_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_sub_not_null\" NOT NULL \"sub\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 8: validate not null of public.anew.sub [scan]
--   locks public.anew SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.anew.sub', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.anew.sub", "schema": "public", "table": "anew", "action": "create", "before": null, "after": {"type": "NotNull", "name": "anew_sub_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" VALIDATE CONSTRAINT \"anew_sub_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."anew" VALIDATE CONSTRAINT "anew_sub_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.anew.sub', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.anew.sub", "schema": "public", "table": "anew", "action": "create", "before": null, "after": {"type": "NotNull", "name": "anew_sub_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" VALIDATE CONSTRAINT \"anew_sub_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.altered (schema.yaml:8:7)
--   comment: none → new
--   name: old_key → new_key
--   replica_identity: false → true
--   with.fillfactor: none → 60

-- Step 3 of 8: alter primary key of public.altered [brief]
--   locks public.altered ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.altered', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": true, "status": "valid", "name": "new_key"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"old_key\" ON \"public\".\"altered\" IS ''new''", "ALTER TABLE \"public\".\"altered\" RENAME CONSTRAINT \"old_key\" TO \"new_key\"", "ALTER INDEX \"public\".\"new_key\" SET (\"fillfactor\" = ''60'')", "ALTER TABLE \"public\".\"altered\" REPLICA IDENTITY USING INDEX \"new_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "old_key" ON "public"."altered" IS 'new';
ALTER TABLE "public"."altered" RENAME CONSTRAINT "old_key" TO "new_key";
ALTER INDEX "public"."new_key" SET ("fillfactor" = '60');
ALTER TABLE "public"."altered" REPLICA IDENTITY USING INDEX "new_key";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.altered', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.altered", "schema": "public", "table": "altered", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "old_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": true, "status": "valid", "name": "new_key"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"old_key\" ON \"public\".\"altered\" IS ''new''", "ALTER TABLE \"public\".\"altered\" RENAME CONSTRAINT \"old_key\" TO \"new_key\"", "ALTER INDEX \"public\".\"new_key\" SET (\"fillfactor\" = ''60'')", "ALTER TABLE \"public\".\"altered\" REPLICA IDENTITY USING INDEX \"new_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.anew (schema.yaml:5:23)
--   columns[1]: none → sub
--   name: anew_key → anew_pkey

-- Step 4 of 8: build primary key of public.anew anew, in place of what is there [scan]
--   locks public.anew ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.anew', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.anew", "schema": "public", "table": "anew", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "anew_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "sub", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "anew_pkey"}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" DROP CONSTRAINT \"anew_key\"", "ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_pkey\" PRIMARY KEY (\"id\", \"sub\", \"open\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"anew\" CLUSTER ON \"anew_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."anew" DROP CONSTRAINT "anew_key";
ALTER TABLE "public"."anew" ADD CONSTRAINT "anew_pkey" PRIMARY KEY ("id", "sub", "open" WITHOUT OVERLAPS);
ALTER TABLE "public"."anew" CLUSTER ON "anew_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.anew', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.anew", "schema": "public", "table": "anew", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "anew_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "sub", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": false, "status": "valid", "name": "anew_pkey"}, "place": "schema.yaml:5:23", "sql": ["ALTER TABLE \"public\".\"anew\" DROP CONSTRAINT \"anew_key\"", "ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_pkey\" PRIMARY KEY (\"id\", \"sub\", \"open\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"anew\" CLUSTER ON \"anew_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.begins (schema.yaml:3:25)
--   without_overlaps: false → true

-- Step 5 of 8: build primary key of public.begins anew, in place of what is there [scan]
--   locks public.begins ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.begins', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.begins", "schema": "public", "table": "begins", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": true, "status": "valid", "name": "begins_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": true, "status": "valid", "name": "begins_key"}, "place": "schema.yaml:3:25", "sql": ["ALTER TABLE \"public\".\"begins\" DROP CONSTRAINT \"begins_key\"", "ALTER TABLE \"public\".\"begins\" ADD CONSTRAINT \"begins_key\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"begins_key\" ON \"public\".\"begins\" IS ''kept''", "ALTER TABLE \"public\".\"begins\" REPLICA IDENTITY USING INDEX \"begins_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."begins" DROP CONSTRAINT "begins_key";
ALTER TABLE "public"."begins" ADD CONSTRAINT "begins_key" PRIMARY KEY ("id", "open" WITHOUT OVERLAPS);
COMMENT ON CONSTRAINT "begins_key" ON "public"."begins" IS 'kept';
ALTER TABLE "public"."begins" REPLICA IDENTITY USING INDEX "begins_key";
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.begins', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.begins", "schema": "public", "table": "begins", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": true, "status": "valid", "name": "begins_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": false, "replica_identity": true, "status": "valid", "name": "begins_key"}, "place": "schema.yaml:3:25", "sql": ["ALTER TABLE \"public\".\"begins\" DROP CONSTRAINT \"begins_key\"", "ALTER TABLE \"public\".\"begins\" ADD CONSTRAINT \"begins_key\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"begins_key\" ON \"public\".\"begins\" IS ''kept''", "ALTER TABLE \"public\".\"begins\" REPLICA IDENTITY USING INDEX \"begins_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.ends (schema.yaml:4:23)
--   without_overlaps: true → false

-- Step 6 of 8: build index ends_key__reconcile_new on public.ends [concurrent]
--   locks public.ends SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index ends_key__reconcile_new on public.ends', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.ends", "schema": "public", "table": "ends", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "place": "schema.yaml:4:23", "builds": "public.ends_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"ends_key__reconcile_new\" ON \"public\".\"ends\" (\"id\", \"open\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "ends_key__reconcile_new" ON "public"."ends" ("id", "open");
SELECT "public".log_migration_step('reconcile <digest>', 'build index ends_key__reconcile_new on public.ends', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.ends", "schema": "public", "table": "ends", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "place": "schema.yaml:4:23", "builds": "public.ends_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"ends_key__reconcile_new\" ON \"public\".\"ends\" (\"id\", \"open\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 8: replace primary key of public.ends, using its new index [brief]
--   locks public.ends ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.ends', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.ends", "schema": "public", "table": "ends", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "place": "schema.yaml:4:23", "sql": ["ALTER TABLE \"public\".\"ends\" DROP CONSTRAINT \"ends_key\"", "ALTER TABLE \"public\".\"ends\" ADD CONSTRAINT \"ends_key\" PRIMARY KEY USING INDEX \"ends_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."ends" DROP CONSTRAINT "ends_key";
ALTER TABLE "public"."ends" ADD CONSTRAINT "ends_key" PRIMARY KEY USING INDEX "ends_key__reconcile_new";
SELECT "public".log_migration_step('reconcile <digest>', 'replace primary key of public.ends', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.ends", "schema": "public", "table": "ends", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "ends_key"}, "place": "schema.yaml:4:23", "sql": ["ALTER TABLE \"public\".\"ends\" DROP CONSTRAINT \"ends_key\"", "ALTER TABLE \"public\".\"ends\" ADD CONSTRAINT \"ends_key\" PRIMARY KEY USING INDEX \"ends_key__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop primary key of public.dropped (schema.yaml:9:36)
--   hazard constraint-dropped: primary key of public.dropped

-- Step 8 of 8: drop primary key dropped_key on public.dropped [brief]
--   locks public.dropped ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key dropped_key on public.dropped', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "dropped_key"}, "after": null, "place": "schema.yaml:9:36", "sql": ["ALTER TABLE \"public\".\"dropped\" DROP CONSTRAINT \"dropped_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."dropped" DROP CONSTRAINT "dropped_key";
SELECT "public".log_migration_step('reconcile <digest>', 'drop primary key dropped_key on public.dropped', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.dropped", "schema": "public", "table": "dropped", "action": "drop", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "dropped_key"}, "after": null, "place": "schema.yaml:9:36", "sql": ["ALTER TABLE \"public\".\"dropped\" DROP CONSTRAINT \"dropped_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
