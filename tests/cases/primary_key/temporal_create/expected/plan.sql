-- Plan: 5 not-nulls and 2 primary keys to create; 12 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 12, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create not null of public.long.id (schema.yaml:7:7)

-- Step 1 of 12: add not null of public.long.id [brief]
--   locks public.long ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.id", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" ADD CONSTRAINT "long_id_not_null" NOT NULL "id" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.id", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 12: validate not null of public.long.id [scan]
--   locks public.long SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.id", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" VALIDATE CONSTRAINT "long_id_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.id", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.long.kind (schema.yaml:7:7)

-- Step 3 of 12: add not null of public.long.kind [brief]
--   locks public.long ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.kind', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.kind", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_kind_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_kind_not_null\" NOT NULL \"kind\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" ADD CONSTRAINT "long_kind_not_null" NOT NULL "kind" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.kind', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.kind", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_kind_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_kind_not_null\" NOT NULL \"kind\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 12: validate not null of public.long.kind [scan]
--   locks public.long SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.kind', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.kind", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_kind_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_kind_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" VALIDATE CONSTRAINT "long_kind_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.kind', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.kind", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_kind_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_kind_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.long.open (schema.yaml:7:7)

-- Step 5 of 12: add not null of public.long.open [brief]
--   locks public.long ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.open", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" ADD CONSTRAINT "long_open_not_null" NOT NULL "open" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.long.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.open", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"long_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 12: validate not null of public.long.open [scan]
--   locks public.long SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.open", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" VALIDATE CONSTRAINT "long_open_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.long.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.long.open", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "NotNull", "name": "long_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" VALIDATE CONSTRAINT \"long_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.rooms.id (schema.yaml:4:18)

-- Step 7 of 12: add not null of public.rooms.id [brief]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_id_not_null" NOT NULL "id" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 12: validate not null of public.rooms.id [scan]
--   locks public.rooms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" VALIDATE CONSTRAINT "rooms_id_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.rooms.open (schema.yaml:4:18)

-- Step 9 of 12: add not null of public.rooms.open [brief]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_open_not_null" NOT NULL "open" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 12: validate not null of public.rooms.open [scan]
--   locks public.rooms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" VALIDATE CONSTRAINT "rooms_open_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.long (schema.yaml:7:7)

-- Step 11 of 12: build primary key of public.long [scan]
--   locks public.long ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.long', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.long", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["kind", "id", "open"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "what is open when", "clustered": true, "replica_identity": false, "status": "valid", "name": "the_key"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"the_key\" PRIMARY KEY (\"kind\", \"id\", \"open\" WITHOUT OVERLAPS) WITH (\"fillfactor\" = ''50'') USING INDEX TABLESPACE \"fast\" DEFERRABLE", "COMMENT ON CONSTRAINT \"the_key\" ON \"public\".\"long\" IS ''what is open when''", "ALTER TABLE \"public\".\"long\" CLUSTER ON \"the_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."long" ADD CONSTRAINT "the_key" PRIMARY KEY ("kind", "id", "open" WITHOUT OVERLAPS) WITH ("fillfactor" = '50') USING INDEX TABLESPACE "fast" DEFERRABLE;
COMMENT ON CONSTRAINT "the_key" ON "public"."long" IS 'what is open when';
ALTER TABLE "public"."long" CLUSTER ON "the_key";
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.long', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.long", "schema": "public", "table": "long", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["kind", "id", "open"], "without_overlaps": true, "include": [], "deferrable": true, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "what is open when", "clustered": true, "replica_identity": false, "status": "valid", "name": "the_key"}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"long\" ADD CONSTRAINT \"the_key\" PRIMARY KEY (\"kind\", \"id\", \"open\" WITHOUT OVERLAPS) WITH (\"fillfactor\" = ''50'') USING INDEX TABLESPACE \"fast\" DEFERRABLE", "COMMENT ON CONSTRAINT \"the_key\" ON \"public\".\"long\" IS ''what is open when''", "ALTER TABLE \"public\".\"long\" CLUSTER ON \"the_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.rooms (schema.yaml:4:18)

-- Step 12 of 12: build primary key of public.rooms [scan]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 12 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS) INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_pkey" PRIMARY KEY ("id", "open" WITHOUT OVERLAPS) INCLUDE ("note");
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS) INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 12}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 12 steps'
