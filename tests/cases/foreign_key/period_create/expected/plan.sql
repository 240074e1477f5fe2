-- Plan: 2 not-nulls, 1 primary key and 4 foreign keys to create; 12 steps.
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

-- create not null of public.rooms.id (schema.yaml:4:18)

-- Step 1 of 12: add not null of public.rooms.id [brief]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_id_not_null" NOT NULL "id" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_id_not_null\" NOT NULL \"id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 2 of 12: validate not null of public.rooms.id [scan]
--   locks public.rooms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.id', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" VALIDATE CONSTRAINT "rooms_id_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.id', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.id", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create not null of public.rooms.open (schema.yaml:4:18)

-- Step 3 of 12: add not null of public.rooms.open [brief]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_open_not_null" NOT NULL "open" NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add not null of public.rooms.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_open_not_null\" NOT NULL \"open\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 12: validate not null of public.rooms.open [scan]
--   locks public.rooms SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.open', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" VALIDATE CONSTRAINT "rooms_open_not_null";
SELECT "public".log_migration_step('reconcile <digest>', 'validate not null of public.rooms.open', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "not null of public.rooms.open", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "NotNull", "name": "rooms_open_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" VALIDATE CONSTRAINT \"rooms_open_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create primary key of public.rooms (schema.yaml:4:18)

-- Step 5 of 12: build primary key of public.rooms [scan]
--   locks public.rooms ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."rooms" ADD CONSTRAINT "rooms_pkey" PRIMARY KEY ("id", "open" WITHOUT OVERLAPS);
SELECT "public".log_migration_step('reconcile <digest>', 'build primary key of public.rooms', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.rooms", "schema": "public", "table": "rooms", "action": "create", "before": null, "after": {"type": "PrimaryKey", "columns": ["id", "open"], "without_overlaps": true, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "rooms_pkey"}, "place": "schema.yaml:4:18", "sql": ["ALTER TABLE \"public\".\"rooms\" ADD CONSTRAINT \"rooms_pkey\" PRIMARY KEY (\"id\", \"open\" WITHOUT OVERLAPS)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key open on public.empty (schema.yaml:18:7)

-- Step 6 of 12: add foreign key open on public.empty, not valid yet [brief]
--   locks public.empty SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key open on public.empty', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key open on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"open\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."empty" ADD CONSTRAINT "open" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key open on public.empty', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key open on public.empty", "schema": "public", "table": "empty", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": true, "comment": null}, "place": "schema.yaml:18:7", "sql": ["ALTER TABLE \"public\".\"empty\" ADD CONSTRAINT \"open\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key hint on public.stays (schema.yaml:15:7)

-- Step 7 of 12: add foreign key hint on public.stays, not enforced [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key hint on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key hint on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:15:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"hint\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "hint" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT ENFORCED;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key hint on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key hint on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": false, "enforced": false, "comment": null}, "place": "schema.yaml:15:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"hint\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT ENFORCED"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key long on public.stays (schema.yaml:8:7)

-- Step 8 of 12: add foreign key long on public.stays, not valid yet [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks crm.rates SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 8 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key long on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"long\" FOREIGN KEY (\"rate\", \"kind\", PERIOD \"season\") REFERENCES \"crm\".\"rates\" (\"code\", \"kind\", PERIOD \"Gültig\") MATCH FULL DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "long" FOREIGN KEY ("rate", "kind", PERIOD "season") REFERENCES "crm"."rates" ("code", "kind", PERIOD "Gültig") MATCH FULL DEFERRABLE INITIALLY DEFERRED NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key long on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"long\" FOREIGN KEY (\"rate\", \"kind\", PERIOD \"season\") REFERENCES \"crm\".\"rates\" (\"code\", \"kind\", PERIOD \"Gültig\") MATCH FULL DEFERRABLE INITIALLY DEFERRED NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 9 of 12: validate foreign key long on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks crm.rates ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key long on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"long\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "long";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key long on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"long\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 12: comment on foreign key long on public.stays [brief]
--   locks public.stays ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 10 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key long on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"long\" ON \"public\".\"stays\" IS ''always a rate''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "long" ON "public"."stays" IS 'always a rate';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on foreign key long on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key long on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["rate", "kind", "season"], "ref_table": {"schema": "crm", "name": "rates"}, "ref_columns": ["code", "kind", "Gültig"], "match": "full", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": true, "initially_deferred": true, "validated": true, "enforced": true, "comment": "always a rate"}, "place": "schema.yaml:8:7", "sql": ["COMMENT ON CONSTRAINT \"long\" ON \"public\".\"stays\" IS ''always a rate''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key short on public.stays (schema.yaml:7:7)

-- Step 11 of 12: add foreign key short on public.stays, not valid yet [brief]
--   locks public.stays SHARE ROW EXCLUSIVE: blocks writes
--   locks public.rooms SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 11 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key short on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key short on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"short\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" ADD CONSTRAINT "short" FOREIGN KEY ("room", PERIOD "stay") REFERENCES "public"."rooms" ("id", PERIOD "open") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key short on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key short on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" ADD CONSTRAINT \"short\" FOREIGN KEY (\"room\", PERIOD \"stay\") REFERENCES \"public\".\"rooms\" (\"id\", PERIOD \"open\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 12 of 12: validate foreign key short on public.stays [scan]
--   locks public.stays SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.rooms ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 12'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key short on public.stays', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key short on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"short\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."stays" VALIDATE CONSTRAINT "short";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key short on public.stays', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key short on public.stays", "schema": "public", "table": "stays", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["room", "stay"], "ref_table": {"schema": "public", "name": "rooms"}, "ref_columns": ["id", "open"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": true, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:7:7", "sql": ["ALTER TABLE \"public\".\"stays\" VALIDATE CONSTRAINT \"short\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 12}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 12 steps'
