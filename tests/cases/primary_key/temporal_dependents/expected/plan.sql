-- Plan: 1 primary key to alter; 2 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 2, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.rooms (schema.yaml:4:18)
--   include[0]: none → note

-- Step 1 of 2: build primary key of public.rooms anew, in place of what is there, and add 3 foreign keys again, not valid yet [scan]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.stays ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key later on public.stays hangs on primary key of public.rooms
--   hazard foreign-key-readded: foreign key loose on public.stays hangs on primary key of public.rooms
--   hazard foreign-key-readded: foreign key plain on public.stays hangs on primary key of public.rooms
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"later\"", "ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"loose\"", "ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"plain\"", "ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"rooms_pkey\"", "ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS) INCLUDE (\"note\")", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"later\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") DEFERRABLE INITIALLY IMMEDIATE NOT VALID", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"loose\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") MATCH FULL NOT ENFORCED", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"plain\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID", "COMMENT ON CONSTRAINT \"plain\" ON \"public\".\"stays\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" DROP CONSTRAINT "later";
ALTER TABLE "public"."stays" DROP CONSTRAINT "loose";
ALTER TABLE "public"."stays" DROP CONSTRAINT "plain";
ALTER TABLE "public"."rooms" DROP CONSTRAINT "rooms_pkey";
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_pkey" PRIMARY KEY ("id", "open" WITHOUT OVERLAPS) INCLUDE ("note");
ALTER TABLE "public"."stays" ADD CONSTRAINT "later" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") DEFERRABLE INITIALLY IMMEDIATE NOT VALID;
ALTER TABLE "public"."stays" ADD CONSTRAINT "loose" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") MATCH FULL NOT ENFORCED;
ALTER TABLE "public"."stays" ADD CONSTRAINT "plain" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT VALID;
COMMENT ON CONSTRAINT "plain" ON "public"."stays" IS 'kept';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"later\"", "ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"loose\"", "ALTER TABLE \"public\".\"stays\" DROP CONSTRAINT \"plain\"", "ALTER TABLE \"public\".\"rooms\" DROP CONSTRAINT \"rooms_pkey\"", "ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS) INCLUDE (\"note\")", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"later\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") DEFERRABLE INITIALLY IMMEDIATE NOT VALID", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"loose\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") MATCH FULL NOT ENFORCED", "ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"plain\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID", "COMMENT ON CONSTRAINT \"plain\" ON \"public\".\"stays\" IS ''kept''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 2: validate foreign key plain on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 2'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key plain on public.stays again, after primary key of public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"plain\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "plain";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key plain on public.stays again, after primary key of public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": ["note"], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"plain\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 2}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 2 steps'
