-- Plan: 1 not-null and 1 unique constraint to alter, 1 not-null to validate, 1 primary key to create, 1 foreign key to drop; 5 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 5, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter not null of public.stays.room (schema.yaml:9:18)
--   no_inherit: true → false

-- Step 1 of 5: alter not null of public.stays.room [brief]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.stays.room', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.stays.room", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "NotNull", "name": "stays_room_not_null", "no_inherit": true, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "stays_room_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" ALTER CONSTRAINT \"stays_room_not_null\" INHERIT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ALTER CONSTRAINT "stays_room_not_null" INHERIT;
SELECT "public".log_migration_step('reconcile <digest>', 'alter not null of public.stays.room', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.stays.room", "schema": "public", "table": "stays", "action": "alter", "before": {"type": "NotNull", "name": "stays_room_not_null", "no_inherit": true, "validated": true, "comment": null}, "after": {"type": "NotNull", "name": "stays_room_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" ALTER CONSTRAINT \"stays_room_not_null\" INHERIT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- validate not null of public.stays.span (schema.yaml:9:18)
--   validated: false → true

-- Step 2 of 5: validate not null of public.stays.span [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.stays.span', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.stays.span", "schema": "public", "table": "stays", "action": "validate", "before": {"type": "NotNull", "name": "stays_span_not_null", "no_inherit": false, "validated": false, "comment": null}, "after": {"type": "NotNull", "name": "stays_span_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"stays_span_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "stays_span_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.stays.span', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.stays.span", "schema": "public", "table": "stays", "action": "validate", "before": {"type": "NotNull", "name": "stays_span_not_null", "no_inherit": false, "validated": false, "comment": null}, "after": {"type": "NotNull", "name": "stays_span_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"stays_span_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.stays (schema.yaml:9:18)

-- Step 3 of 5: build primary key of public.stays [scan]
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: primary key of public.stays: public.stays was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["room", "span"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "stays_pkey"}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_pkey\" PRIMARY KEY (\"room\", \"span\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "stays_pkey" PRIMARY KEY ("room", "span" WITHOUT OVERLAPS);
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["room", "span"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "stays_pkey"}, "place": "schema.yaml:9:18", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"stays_pkey\" PRIMARY KEY (\"room\", \"span\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop foreign key next_door on public.rooms (schema.yaml:7:21)
--   hazard constraint-dropped: foreign key next_door on public.rooms

-- Step 4 of 5: drop foreign key next_door on public.rooms [brief]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms_1 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key next_door on public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key next_door on public.rooms", "schema": "public", "table": "rooms", "action": "drop", "before": {"type": "ForeignKey", "columns": ["kind", "open"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:7:21", "sql": ["ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"next_door\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" DROP CONSTRAINT "next_door";
SELECT "public".log_migration_step('reconcile <digest>', 'drop foreign key next_door on public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key next_door on public.rooms", "schema": "public", "table": "rooms", "action": "drop", "before": {"type": "ForeignKey", "columns": ["kind", "open"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "after": null, "place": "schema.yaml:7:21", "sql": ["ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"next_door\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique rooms_key on public.rooms (schema.yaml:5:7)
--   columns[1]: none → kind

-- Step 5 of 5: build unique rooms_key on public.rooms anew, in place of what is there [scan]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.rooms_1 ACCESS EXCLUSIVE: blocks reads and writes
--   hazard blocking-build: unique rooms_key on public.rooms: public.rooms was never analysed, so its size is not known
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build unique rooms_key on public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rooms_key on public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "Unique", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.rooms_1": "rooms_1_id_open_excl"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "kind", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.rooms_1": "rooms_1_id_kind_open_excl"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"rooms_key\"", "ALTER TABLE ONLY \"public\".\"rooms\" ADD CONSTRAINT \"rooms_key\" UNIQUE (\"id\", \"kind\", \"open\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"rooms_1\" ADD CONSTRAINT \"rooms_1_id_kind_open_excl\" UNIQUE (\"id\", \"kind\", \"open\" WITHOUT OVERLAPS)", "ALTER INDEX \"public\".\"rooms_key\" ATTACH PARTITION \"public\".\"rooms_1_id_kind_open_excl\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" DROP CONSTRAINT "rooms_key";
ALTER TABLE ONLY "public"."rooms" ADD CONSTRAINT "rooms_key" UNIQUE ("id", "kind", "open" WITHOUT OVERLAPS);
ALTER TABLE "public"."rooms_1" ADD CONSTRAINT "rooms_1_id_kind_open_excl" UNIQUE ("id", "kind", "open" WITHOUT OVERLAPS);
ALTER INDEX "public"."rooms_key" ATTACH PARTITION "public"."rooms_1_id_kind_open_excl";
SELECT "public".log_migration_step('reconcile <digest>', 'build unique rooms_key on public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique rooms_key on public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "Unique", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.rooms_1": "rooms_1_id_open_excl"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "kind", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.rooms_1": "rooms_1_id_kind_open_excl"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"rooms_key\"", "ALTER TABLE ONLY \"public\".\"rooms\" ADD CONSTRAINT \"rooms_key\" UNIQUE (\"id\", \"kind\", \"open\" WITHOUT OVERLAPS)", "ALTER TABLE \"public\".\"rooms_1\" ADD CONSTRAINT \"rooms_1_id_kind_open_excl\" UNIQUE (\"id\", \"kind\", \"open\" WITHOUT OVERLAPS)", "ALTER INDEX \"public\".\"rooms_key\" ATTACH PARTITION \"public\".\"rooms_1_id_kind_open_excl\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
