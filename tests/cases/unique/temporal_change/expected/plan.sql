-- Plan: 1 unique constraint to rename, 6 unique constraints to alter, 1 unique constraint to drop; 9 steps.
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

-- rename unique new_name on public.stays, named old_name so far (schema.yaml:12:7)

-- Step 1 of 9: rename unique old_name on public.stays to new_name [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_name on public.stays to new_name', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_name on public.stays", "schema": "public", "table": "stays", "action": "rename", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": ["room"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": ["room"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" RENAME CONSTRAINT "old_name" TO "new_name";
SELECT "public".log_migration_step('reconcile <digest>', 'rename unique old_name on public.stays to new_name', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique new_name on public.stays", "schema": "public", "table": "stays", "action": "rename", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": ["room"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": ["room"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:12:7", "sql": ["ALTER TABLE \"public\".\"stays\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique altered on public.stays (schema.yaml:10:7)
--   comment: none → new
--   with.fillfactor: 50 → 60

-- Step 2 of 9: alter unique altered on public.stays [brief]
--   locks public.stays ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique altered on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique altered on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON CONSTRAINT \"altered\" ON \"public\".\"stays\" IS ''new''", "ALTER INDEX \"public\".\"altered\" SET (\"fillfactor\" = ''60'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "altered" ON "public"."stays" IS 'new';
ALTER INDEX "public"."altered" SET ("fillfactor" = '60');
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique altered on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique altered on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "60"}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:10:7", "sql": ["COMMENT ON CONSTRAINT \"altered\" ON \"public\".\"stays\" IS ''new''", "ALTER INDEX \"public\".\"altered\" SET (\"fillfactor\" = ''60'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique begins on public.stays (schema.yaml:5:7)
--   without_overlaps: false → true

-- Step 3 of 9: build unique begins on public.stays anew, in place of what is there [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique begins on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"begins\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"begins\" ON \"public\".\"stays\" IS ''kept''", "ALTER TABLE \"public\".\"stays\" CLUSTER ON \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "begins";
ALTER TABLE "public"."stays" ADD CONSTRAINT "begins" UNIQUE ("room", "stay" WITHOUT OVERLAPS);
COMMENT ON CONSTRAINT "begins" ON "public"."stays" IS 'kept';
ALTER TABLE "public"."stays" CLUSTER ON "begins";
SELECT "public".log_migration_step('reconcile <digest>', 'build unique begins on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique begins on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "kept", "clustered": true, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"begins\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"begins\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"begins\" ON \"public\".\"stays\" IS ''kept''", "ALTER TABLE \"public\".\"stays\" CLUSTER ON \"begins\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique deferral on public.stays (schema.yaml:9:7)
--   deferrable: false → true

-- Step 4 of 9: build unique deferral on public.stays anew, in place of what is there [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique deferral on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"deferral\" UNIQUE (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS) WITH (\"fillfactor\" = ''50'') DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "deferral";
ALTER TABLE "public"."stays" ADD CONSTRAINT "deferral" UNIQUE ("guest", "room", "stay" WITHOUT OVERLAPS) WITH ("fillfactor" = '50') DEFERRABLE;
SELECT "public".log_migration_step('reconcile <digest>', 'build unique deferral on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferral on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:9:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"deferral\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"deferral\" UNIQUE (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS) WITH (\"fillfactor\" = ''50'') DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique ends on public.stays (schema.yaml:6:7)
--   without_overlaps: true → false

-- Step 5 of 9: build index ends__reconcile_new on public.stays [concurrent]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 9'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index ends__reconcile_new on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.ends__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"ends__reconcile_new\" ON \"public\".\"stays\" (\"guest\", \"stay\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "ends__reconcile_new" ON "public"."stays" ("guest", "stay");
SELECT "public".log_migration_step('reconcile <digest>', 'build index ends__reconcile_new on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.ends__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"ends__reconcile_new\" ON \"public\".\"stays\" (\"guest\", \"stay\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 9: replace unique ends on public.stays, using its new index [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique ends on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"ends\" UNIQUE USING INDEX \"ends__reconcile_new\"", "ALTER TABLE \"public\".\"stays\" REPLICA IDENTITY USING INDEX \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "ends";
ALTER TABLE "public"."stays" ADD CONSTRAINT "ends" UNIQUE USING INDEX "ends__reconcile_new";
ALTER TABLE "public"."stays" REPLICA IDENTITY USING INDEX "ends";
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique ends on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique ends on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "stay"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"ends\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"ends\" UNIQUE USING INDEX \"ends__reconcile_new\"", "ALTER TABLE \"public\".\"stays\" REPLICA IDENTITY USING INDEX \"ends\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique include on public.stays (schema.yaml:7:7)
--   include[0]: none → guest
--   tablespace: none → fast

-- Step 7 of 9: build unique include on public.stays anew, in place of what is there [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique include on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique include on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": ["guest"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"include\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"include\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"guest\") USING INDEX TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "include";
ALTER TABLE "public"."stays" ADD CONSTRAINT "include" UNIQUE ("room", "stay" WITHOUT OVERLAPS) INCLUDE ("guest") USING INDEX TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build unique include on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique include on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": ["guest"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": "fast", "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"include\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"include\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"guest\") USING INDEX TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique nulls on public.stays (schema.yaml:8:7)
--   comment: none → new
--   nulls_distinct: true → false

-- Step 8 of 9: build unique nulls on public.stays anew, in place of what is there [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique nulls on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique nulls on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"nulls\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"nulls\" UNIQUE NULLS NOT DISTINCT (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"nulls\" ON \"public\".\"stays\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "nulls";
ALTER TABLE "public"."stays" ADD CONSTRAINT "nulls" UNIQUE NULLS NOT DISTINCT ("guest", "room", "stay" WITHOUT OVERLAPS);
COMMENT ON CONSTRAINT "nulls" ON "public"."stays" IS 'new';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique nulls on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique nulls on public.stays", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "new", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"nulls\"", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"nulls\" UNIQUE NULLS NOT DISTINCT (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS)", "COMMENT ON CONSTRAINT \"nulls\" ON \"public\".\"stays\" IS ''new''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop unique gone on public.stays (schema.yaml:14:21)
--   hazard constraint-dropped: unique gone on public.stays

-- Step 9 of 9: drop unique gone on public.stays [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 9'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique gone on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique gone on public.stays", "schema": "public", "table": "stays", "action": "drop", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "gone";
SELECT "public".log_migration_step('reconcile <digest>', 'drop unique gone on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique gone on public.stays", "schema": "public", "table": "stays", "action": "drop", "before": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": null, "place": "schema.yaml:14:21", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 9}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 9 steps'
