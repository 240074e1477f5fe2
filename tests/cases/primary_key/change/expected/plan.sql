-- Plan: 3 primary keys to alter; 6 steps.
-- From schema.yaml; plan <digest>
-- Made for: Database <database> on <host>, port 0, PostgreSQL <version>, as <user>. The script stops in any other database.
-- Run it with psql, not with --single-transaction, and not through a pooler in transaction mode.
-- Server messages may contain values of rows: psql prints only SQLSTATEs, and messages with -v messages=1.
-- If it stops, do not run it again. Plan again: the new script continues from the current state.
-- Unlike `reconcile apply`, it does not check the catalog between steps, does not wait for builds of other sessions, and retries only the locks that it takes with LOCK TABLE.
-- psql sends one statement at a time: if psql stops within a transaction, its locks are held until idle_in_transaction_session_timeout ends the session, 2 s later.
\set ON_ERROR_STOP on
\set ON_ERROR_ROLLBACK off
\set AUTOCOMMIT on
\set QUIET on
\if :{?messages}
\else
\set VERBOSITY sqlstate
\endif
\encoding UTF8
SELECT pg_catalog.count(pg_catalog.set_config(name, value, false)) AS pinned FROM (VALUES
    ('standard_conforming_strings', 'on', false), ('backslash_quote', 'safe_encoding', false), ('array_nulls', 'on', false),
    ('transform_null_equals', 'off', false), ('xmloption', 'content', false), ('timezone_abbreviations', 'Default', false),
    ('search_path', 'pg_catalog, pg_temp', false), ('TimeZone', 'UTC', false), ('DateStyle', 'ISO, YMD', false),
    ('IntervalStyle', 'postgres', false), ('extra_float_digits', '1', false), ('bytea_output', 'hex', false),
    ('xmlbinary', 'base64', false), ('lc_monetary', 'C', false), ('lc_numeric', 'C', false),
    ('lc_time', 'C', false), ('quote_all_identifiers', 'off', false), ('default_transaction_isolation', 'read committed', false),
    ('default_transaction_deferrable', 'off', false), ('row_security', 'off', false), ('gin_fuzzy_search_limit', '0', false),
    ('restrict_nonsystem_relation_kind', '', false), ('constraint_exclusion', 'partition', false), ('synchronize_seqscans', 'off', false),
    ('default_tablespace', '', false), ('temp_tablespaces', '', false), ('default_table_access_method', 'heap', false),
    ('plan_cache_mode', 'auto', false), ('force_parallel_mode', 'off', false), ('debug_parallel_query', 'off', false),
    ('jit', 'off', false), ('exit_on_error', 'off', false), ('client_min_messages', 'warning', false),
    ('idle_session_timeout', '0', false), ('transaction_timeout', '0', false), ('lock_timeout', '10s', false),
    ('statement_timeout', '120s', false), ('idle_in_transaction_session_timeout', '60s', false), ('tcp_keepalives_idle', '30', false),
    ('tcp_keepalives_interval', '10', false), ('tcp_keepalives_count', '3', false), ('tcp_user_timeout', '60000', false),
    ('session_replication_role', 'origin', true)) AS setting (name, value, privileged)
 WHERE pg_catalog.current_setting(name, true) IS NOT NULL
   AND NOT (privileged AND pg_catalog.texteq(pg_catalog.current_setting(name, true), value)) \gset
SELECT gen_random_uuid() AS run_id \gset

-- Stop if this is another database or server.
SELECT (SELECT system_identifier FROM pg_control_system())::text = '<system identifier>' AND (SELECT oid FROM pg_database WHERE datname = current_database()) = 0 AND current_database() = '<database>' AS right_database \gset
\if :right_database
\else
SELECT 'this script was made for another database: Database <database> on <host>, port 0' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''this script was made for another database: Database <database> on <host>, port 0''; END';
\endif

-- Stop if another run is active.
SELECT pg_try_advisory_lock(8243104023216090213) AS locked \gset
\if :locked
\else
SELECT 'another run of reconcile is active in this database' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''another run of reconcile is active in this database''; END';
\endif

-- Create the journal if it does not exist. Stop if another role owns it or may change it (RC002).
SELECT 'the check' AS check_journal \gset
SELECT message IS NULL AS trusted, regexp_replace(concat_ws(E'\n', message, hint), '[\u0001-\u0009\u000B-\u001F\u007F-\u009F]', '?', 'g') AS message FROM (TABLE problems) found \gset
\if :trusted
\else
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''the journal cannot be trusted''; END';
\endif
SELECT to_regclass('"public"."migration_log"') IS NULL AS first_run \gset
\if :first_run
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
SELECT 'the journal in public';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_journal';
COMMIT;
\endif
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 6, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter primary key of public.items (schema.yaml:8:18)
--   deferrable: true → false

-- Step 1 of 6: build index items_pkey__reconcile_new on public.items [concurrent]
--   locks public.items SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 1 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.items.items_pkey__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "items", "kind": "index", "name": "items_pkey__reconcile_new"}, "title": "build index items_pkey__reconcile_new on public.items", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:18", "definitions": {"format": 1, "objects": [{"key": ["public", "items", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "deferrable": true, "replica_identity": false, "name": "items_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "items_pkey"}, "place": ["schema.yaml", 8, 18]}]}, "builds": "public.items_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"items_pkey__reconcile_new\" ON \"public\".\"items\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "items_pkey__reconcile_new" ON "public"."items" ("id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.items.items_pkey__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "items", "kind": "index", "name": "items_pkey__reconcile_new"}, "title": "build index items_pkey__reconcile_new on public.items", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:18", "definitions": {"format": 1, "objects": [{"key": ["public", "items", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "deferrable": true, "replica_identity": false, "name": "items_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "items_pkey"}, "place": ["schema.yaml", 8, 18]}]}, "builds": "public.items_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"items_pkey__reconcile_new\" ON \"public\".\"items\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 6: replace primary key of public.items, using its new index [brief]
--   locks public.items ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.items', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "items", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.items, using its new index", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:18", "definitions": {"format": 1, "objects": [{"key": ["public", "items", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "deferrable": true, "replica_identity": false, "name": "items_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "items_pkey"}, "place": ["schema.yaml", 8, 18]}]}, "sql": ["ALTER TABLE \"public\".\"items\" DROP CONSTRAINT \"items_pkey\"", "ALTER TABLE \"public\".\"items\" ADD CONSTRAINT \"items_pkey\" PRIMARY KEY USING INDEX \"items_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."items" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."items" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  pause interval;
  tries int := 0;
BEGIN
  LOOP
    BEGIN
      IF tries > 0 THEN
        attempt := clock_timestamp();
        BEGIN
          PERFORM set_config('lock_timeout', ceil(2000 * extract(epoch FROM current_setting('deadlock_timeout')::interval)) || 'ms', true);
          EXECUTE gentle[1 + tries % 1];
          RAISE EXCEPTION USING ERRCODE = 'RC011';
        EXCEPTION WHEN SQLSTATE 'RC011' OR lock_not_available THEN
        END;
      END IF;
      attempt := clock_timestamp();
      latest := attempt + interval '2000ms';
      held := false;
      FOREACH wanted IN ARRAY statements LOOP
        PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true);
        EXECUTE wanted || CASE WHEN clock_timestamp() < latest THEN '' ELSE ' NOWAIT' END;
        IF NOT held THEN
          held := true;
          latest := least(latest, attempt + deadlock, clock_timestamp() + deadlock / 2,
            (SELECT min(waitstart) + deadlock * 0.85 FROM pg_catalog.pg_locks WHERE waitstart > clock_timestamp() - longest_deadlock * 1.25));
        END IF;
      END LOOP;
      PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true),
        set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'off' ELSE 'local' END, true),
        set_config('reconcile.lock_wait', round(extract(epoch FROM clock_timestamp() - began)::numeric, 3)::text, true);
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      pause := greatest(interval '250ms', clock_timestamp() - attempt) * (1 + random());
      IF clock_timestamp() + pause > began + interval '600000ms' THEN RAISE; END IF;
      PERFORM pg_sleep_for(pause);
      tries := tries + 1;
    END;
  END LOOP;
END
$block$;
SET LOCAL statement_timeout = '30000ms';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."items" DROP CONSTRAINT "items_pkey";
ALTER TABLE "public"."items" ADD CONSTRAINT "items_pkey" PRIMARY KEY USING INDEX "items_pkey__reconcile_new";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.items', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "items", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.items, using its new index", "object": "primary key of public.items", "schema": "public", "table": "items", "action": "alter", "before": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "items_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:8:18", "definitions": {"format": 1, "objects": [{"key": ["public", "items", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "deferrable": true, "replica_identity": false, "name": "items_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "items_pkey"}, "place": ["schema.yaml", 8, 18]}]}, "sql": ["ALTER TABLE \"public\".\"items\" DROP CONSTRAINT \"items_pkey\"", "ALTER TABLE \"public\".\"items\" ADD CONSTRAINT \"items_pkey\" PRIMARY KEY USING INDEX \"items_pkey__reconcile_new\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter primary key of public.orders (schema.yaml:6:18)
--   include[0]: none → note

-- Step 3 of 6: build index orders_pkey__reconcile_new on public.orders [concurrent]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 3 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.orders.orders_pkey__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "orders", "kind": "index", "name": "orders_pkey__reconcile_new"}, "title": "build index orders_pkey__reconcile_new on public.orders", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:6:18", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "include": ["note"], "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "place": ["schema.yaml", 6, 18]}]}, "builds": "public.orders_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"orders_pkey__reconcile_new\" ON \"public\".\"orders\" (\"id\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "orders_pkey__reconcile_new" ON "public"."orders" ("id") INCLUDE ("note");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.orders.orders_pkey__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "orders", "kind": "index", "name": "orders_pkey__reconcile_new"}, "title": "build index orders_pkey__reconcile_new on public.orders", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:6:18", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "include": ["note"], "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "place": ["schema.yaml", 6, 18]}]}, "builds": "public.orders_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"orders_pkey__reconcile_new\" ON \"public\".\"orders\" (\"id\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 6: replace primary key of public.orders, using its new index [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.orders', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "orders", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.orders, using its new index", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:6:18", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "include": ["note"], "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "place": ["schema.yaml", 6, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_pkey\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY USING INDEX \"orders_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"orders_pkey\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."orders" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  pause interval;
  tries int := 0;
BEGIN
  LOOP
    BEGIN
      IF tries > 0 THEN
        attempt := clock_timestamp();
        BEGIN
          PERFORM set_config('lock_timeout', ceil(2000 * extract(epoch FROM current_setting('deadlock_timeout')::interval)) || 'ms', true);
          EXECUTE gentle[1 + tries % 1];
          RAISE EXCEPTION USING ERRCODE = 'RC011';
        EXCEPTION WHEN SQLSTATE 'RC011' OR lock_not_available THEN
        END;
      END IF;
      attempt := clock_timestamp();
      latest := attempt + interval '2000ms';
      held := false;
      FOREACH wanted IN ARRAY statements LOOP
        PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true);
        EXECUTE wanted || CASE WHEN clock_timestamp() < latest THEN '' ELSE ' NOWAIT' END;
        IF NOT held THEN
          held := true;
          latest := least(latest, attempt + deadlock, clock_timestamp() + deadlock / 2,
            (SELECT min(waitstart) + deadlock * 0.85 FROM pg_catalog.pg_locks WHERE waitstart > clock_timestamp() - longest_deadlock * 1.25));
        END IF;
      END LOOP;
      PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true),
        set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'off' ELSE 'local' END, true),
        set_config('reconcile.lock_wait', round(extract(epoch FROM clock_timestamp() - began)::numeric, 3)::text, true);
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      pause := greatest(interval '250ms', clock_timestamp() - attempt) * (1 + random());
      IF clock_timestamp() + pause > began + interval '600000ms' THEN RAISE; END IF;
      PERFORM pg_sleep_for(pause);
      tries := tries + 1;
    END;
  END LOOP;
END
$block$;
SET LOCAL statement_timeout = '30000ms';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."orders" DROP CONSTRAINT "orders_pkey";
ALTER TABLE "public"."orders" ADD CONSTRAINT "orders_pkey" PRIMARY KEY USING INDEX "orders_pkey__reconcile_new";
COMMENT ON CONSTRAINT "orders_pkey" ON "public"."orders" IS 'kept, as the file does not mention it';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.orders', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "orders", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.orders, using its new index", "object": "primary key of public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "orders_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "status": "valid"}, "place": "schema.yaml:6:18", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "after": {"type": "PrimaryKey", "include": ["note"], "with_": [], "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "orders_pkey"}, "place": ["schema.yaml", 6, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"orders_pkey\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"orders_pkey\" PRIMARY KEY USING INDEX \"orders_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"orders_pkey\" ON \"public\".\"orders\" IS ''kept, as the file does not mention it''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter primary key of public.users (schema.yaml:4:18)
--   columns[0]: none → tenant
--   comment: none → by tenant

-- Step 5 of 6: build index users_pkey__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 5 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_pkey__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_pkey__reconcile_new"}, "title": "build index users_pkey__reconcile_new on public.users", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["tenant", "id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "by tenant", "clustered": false, "partitions": [], "key": ["tenant", "id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey__reconcile_new" ON "public"."users" ("tenant", "id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_pkey__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_pkey__reconcile_new"}, "title": "build index users_pkey__reconcile_new on public.users", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["tenant", "id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "by tenant", "clustered": false, "partitions": [], "key": ["tenant", "id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"tenant\", \"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 6: replace primary key of public.users, using its new index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "users", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.users, using its new index", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["tenant", "id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "by tenant", "clustered": false, "partitions": [], "key": ["tenant", "id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''by tenant''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  pause interval;
  tries int := 0;
BEGIN
  LOOP
    BEGIN
      IF tries > 0 THEN
        attempt := clock_timestamp();
        BEGIN
          PERFORM set_config('lock_timeout', ceil(2000 * extract(epoch FROM current_setting('deadlock_timeout')::interval)) || 'ms', true);
          EXECUTE gentle[1 + tries % 1];
          RAISE EXCEPTION USING ERRCODE = 'RC011';
        EXCEPTION WHEN SQLSTATE 'RC011' OR lock_not_available THEN
        END;
      END IF;
      attempt := clock_timestamp();
      latest := attempt + interval '2000ms';
      held := false;
      FOREACH wanted IN ARRAY statements LOOP
        PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true);
        EXECUTE wanted || CASE WHEN clock_timestamp() < latest THEN '' ELSE ' NOWAIT' END;
        IF NOT held THEN
          held := true;
          latest := least(latest, attempt + deadlock, clock_timestamp() + deadlock / 2,
            (SELECT min(waitstart) + deadlock * 0.85 FROM pg_catalog.pg_locks WHERE waitstart > clock_timestamp() - longest_deadlock * 1.25));
        END IF;
      END LOOP;
      PERFORM set_config('lock_timeout', greatest(1, ceil(1000 * extract(epoch FROM latest - clock_timestamp())))::bigint || 'ms', true),
        set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'off' ELSE 'local' END, true),
        set_config('reconcile.lock_wait', round(extract(epoch FROM clock_timestamp() - began)::numeric, 3)::text, true);
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      pause := greatest(interval '250ms', clock_timestamp() - attempt) * (1 + random());
      IF clock_timestamp() + pause > began + interval '600000ms' THEN RAISE; END IF;
      PERFORM pg_sleep_for(pause);
      tries := tries + 1;
    END;
  END LOOP;
END
$block$;
SET LOCAL statement_timeout = '30000ms';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey__reconcile_new";
COMMENT ON CONSTRAINT "users_pkey" ON "public"."users" IS 'by tenant';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "users", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.users, using its new index", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["tenant", "id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "by tenant", "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "by tenant", "clustered": false, "partitions": [], "key": ["tenant", "id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "COMMENT ON CONSTRAINT \"users_pkey\" ON \"public\".\"users\" IS ''by tenant''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 6 steps'
