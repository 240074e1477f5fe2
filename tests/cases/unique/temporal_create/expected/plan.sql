-- Plan: 2 not-nulls and 4 unique constraints to create; 8 steps.
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

-- create not null of public.empty."Zeit" (schema.yaml:19:23)

-- Step 1 of 8: add not null of public.empty."Zeit" [brief]
--   locks public.empty ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.empty."Zeit"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"Zeit\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_Zeit_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:23", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"empty_Zeit_not_null\" NOT NULL \"Zeit\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "empty_Zeit_not_null" NOT NULL "Zeit" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.empty."Zeit"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"Zeit\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_Zeit_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:23", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"empty_Zeit_not_null\" NOT NULL \"Zeit\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 8: validate not null of public.empty."Zeit" [scan]
--   locks public.empty SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.empty."Zeit"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"Zeit\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_Zeit_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:23", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"empty_Zeit_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" VALIDATE CONSTRAINT "empty_Zeit_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.empty."Zeit"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"Zeit\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_Zeit_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:23", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"empty_Zeit_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.empty."größe" (schema.yaml:19:16)

-- Step 3 of 8: add not null of public.empty."größe" [brief]
--   locks public.empty ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.empty."größe"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"größe\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_größe_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:16", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"empty_größe_not_null\" NOT NULL \"größe\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "empty_größe_not_null" NOT NULL "größe" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.empty."größe"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"größe\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_größe_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:16", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"empty_größe_not_null\" NOT NULL \"größe\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 8: validate not null of public.empty."größe" [scan]
--   locks public.empty SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.empty."größe"', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"größe\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_größe_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:16", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"empty_größe_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" VALIDATE CONSTRAINT "empty_größe_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.empty."größe"', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.empty.\"größe\"", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "NotNull", "name": "empty_größe_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:19:16", "sql": ["ALTER TABLE \"public\".\"empty\" VALIDATE CONSTRAINT \"empty_größe_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique "Größe" on public.empty (schema.yaml:21:7)

-- Step 5 of 8: build unique "Größe" on public.empty [scan]
--   locks public.empty ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique "Größe" on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Größe\" on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["größe", "Zeit"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:21:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"Größe\" UNIQUE (\"größe\", \"Zeit\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"empty\" CLUSTER ON \"Größe\"", "ALTER TABLE \"public\".\"empty\" REPLICA IDENTITY USING INDEX \"Größe\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "Größe" UNIQUE ("größe", "Zeit" WITHOUT OVERLAPS);
ALTER TABLE "public"."empty" CLUSTER ON "Größe";
ALTER TABLE "public"."empty" REPLICA IDENTITY USING INDEX "Größe";
SELECT "public".log_migration_step('reconcile <digest>', 'build unique "Größe" on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique \"Größe\" on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["größe", "Zeit"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:21:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"Größe\" UNIQUE (\"größe\", \"Zeit\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"empty\" CLUSTER ON \"Größe\"", "ALTER TABLE \"public\".\"empty\" REPLICA IDENTITY USING INDEX \"Größe\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique deferrable on public.stays (schema.yaml:17:7)

-- Step 6 of 8: build unique deferrable on public.stays [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique deferrable on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferrable on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["guest", "times"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"deferrable\" UNIQUE (\"guest\", \"times\" WITHOUT OVERLAPS) DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "deferrable" UNIQUE ("guest", "times" WITHOUT OVERLAPS) DEFERRABLE;
SELECT "public".log_migration_step('reconcile <digest>', 'build unique deferrable on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique deferrable on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["guest", "times"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"deferrable\" UNIQUE (\"guest\", \"times\" WITHOUT OVERLAPS) DEFERRABLE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique everything on public.stays (schema.yaml:7:7)

-- Step 7 of 8: build unique everything on public.stays [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique everything on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique everything on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": ["note"], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": "one guest at a time", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"everything\" UNIQUE NULLS NOT DISTINCT (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"note\") WITH (\"fillfactor\" = ''70'') USING INDEX TABLESPACE \"fast\" DEFERRABLE INITIALLY DEFERRED", "COMMENT ON CONSTRAINT \"everything\" ON \"public\".\"stays\" IS ''one guest at a time''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "everything" UNIQUE NULLS NOT DISTINCT ("guest", "room", "stay" WITHOUT OVERLAPS) INCLUDE ("note") WITH ("fillfactor" = '70') USING INDEX TABLESPACE "fast" DEFERRABLE INITIALLY DEFERRED;
COMMENT ON CONSTRAINT "everything" ON "public"."stays" IS 'one guest at a time';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique everything on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique everything on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["guest", "room", "stay"], "without_overlaps": true, "include": ["note"], "deferrable": true, "initially_deferred": true, "with": {"fillfactor": "70"}, "tablespace": "fast", "comment": "one guest at a time", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": false}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"everything\" UNIQUE NULLS NOT DISTINCT (\"guest\", \"room\", \"stay\" WITHOUT OVERLAPS) INCLUDE (\"note\") WITH (\"fillfactor\" = ''70'') USING INDEX TABLESPACE \"fast\" DEFERRABLE INITIALLY DEFERRED", "COMMENT ON CONSTRAINT \"everything\" ON \"public\".\"stays\" IS ''one guest at a time''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create unique stays_apart on public.stays (schema.yaml:6:7)

-- Step 8 of 8: build unique stays_apart on public.stays [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique stays_apart on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique stays_apart on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_apart\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "stays_apart" UNIQUE ("room", "stay" WITHOUT OVERLAPS);
SELECT "public".log_migration_step('reconcile <digest>', 'build unique stays_apart on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique stays_apart on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "Unique", "columns": ["room", "stay"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_apart\" UNIQUE (\"room\", \"stay\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
