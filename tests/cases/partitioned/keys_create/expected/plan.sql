-- Plan: 1 primary key and 1 unique constraint to create; 14 steps.
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 14, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create primary key of public.readings (schema.yaml:4:18)

-- Step 1 of 14: create primary key of public.readings on the partitioned table only; new partitions get it too [brief]
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'begin primary_key public.readings', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "begin", "schema": "public", "table": "readings", "kind": "primary_key", "name": ""}, "title": "create primary key of public.readings on the partitioned table only; new partitions get it too", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_south_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN SHARE UPDATE EXCLUSIVE MODE'
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
          EXECUTE gentle[1 + tries % 2];
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
ALTER TABLE ONLY "public"."readings" ADD CONSTRAINT "readings_pkey" PRIMARY KEY ("region", "at", "sensor");
ALTER TABLE ONLY "public"."readings_south" ADD CONSTRAINT "readings_south_pkey" PRIMARY KEY ("region", "at", "sensor");
ALTER INDEX "public"."readings_pkey" ATTACH PARTITION "public"."readings_south_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'begin primary_key public.readings', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "begin", "schema": "public", "table": "readings", "kind": "primary_key", "name": ""}, "title": "create primary key of public.readings on the partitioned table only; new partitions get it too", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_pkey\" PRIMARY KEY (\"region\", \"at\", \"sensor\")", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_south_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 14: build index readings_north_pkey on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 2 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_north.readings_north_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_north", "kind": "index", "name": "readings_north_pkey"}, "title": "build index readings_north_pkey on public.readings_north", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.readings_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_pkey\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "readings_north_pkey" ON "public"."readings_north" ("region", "at", "sensor");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_north.readings_north_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_north", "kind": "index", "name": "readings_north_pkey"}, "title": "build index readings_north_pkey on public.readings_north", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.readings_north_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_north_pkey\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 3 of 14: attach index public.readings_north_pkey to primary key of public.readings [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_north_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_north.readings_north_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_north", "kind": "primary_key", "name": "readings_north_pkey"}, "title": "attach index public.readings_north_pkey to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_pkey\" PRIMARY KEY USING INDEX \"readings_north_pkey\"", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_north" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_north" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "readings_north_pkey" PRIMARY KEY USING INDEX "readings_north_pkey";
ALTER INDEX "public"."readings_pkey" ATTACH PARTITION "public"."readings_north_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_north.readings_north_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_north", "kind": "primary_key", "name": "readings_north_pkey"}, "title": "attach index public.readings_north_pkey to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"readings_north_pkey\" PRIMARY KEY USING INDEX \"readings_north_pkey\"", "ALTER INDEX \"public\".\"readings_pkey\" ATTACH PARTITION \"public\".\"readings_north_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 14: build index readings_south_2025_pkey on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 4 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2025.readings_south_2025_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2025", "kind": "index", "name": "readings_south_2025_pkey"}, "title": "build index readings_south_2025_pkey on public.readings_south_2025", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.readings_south_2025_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_pkey\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2025_pkey" ON "public"."readings_south_2025" ("region", "at", "sensor");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2025.readings_south_2025_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2025", "kind": "index", "name": "readings_south_2025_pkey"}, "title": "build index readings_south_2025_pkey on public.readings_south_2025", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.readings_south_2025_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_pkey\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"sensor\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 5 of 14: attach index public.readings_south_2025_pkey to primary key of public.readings [brief]
--   locks public.readings_south_2025 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2025_pkey ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 5 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_south_2025.readings_south_2025_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2025", "kind": "primary_key", "name": "readings_south_2025_pkey"}, "title": "attach index public.readings_south_2025_pkey to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_pkey\" PRIMARY KEY USING INDEX \"readings_south_2025_pkey\"", "ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"readings_south_2025_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_south_2025" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_south_2025" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readings_south_2025" ADD CONSTRAINT "readings_south_2025_pkey" PRIMARY KEY USING INDEX "readings_south_2025_pkey";
ALTER INDEX "public"."readings_south_pkey" ATTACH PARTITION "public"."readings_south_2025_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_south_2025.readings_south_2025_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2025", "kind": "primary_key", "name": "readings_south_2025_pkey"}, "title": "attach index public.readings_south_2025_pkey to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_pkey\" PRIMARY KEY USING INDEX \"readings_south_2025_pkey\"", "ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"readings_south_2025_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 14: attach index public.its_own_key to primary key of public.readings [brief]
--   locks public.readings_south_2026 ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.its_own_key ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_south_2026.its_own_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2026", "kind": "primary_key", "name": "its_own_key"}, "title": "attach index public.its_own_key to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"its_own_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS SHARE MODE',
    'LOCK TABLE ONLY "public"."readings_south_2026" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER INDEX "public"."readings_south_pkey" ATTACH PARTITION "public"."its_own_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach primary_key public.readings_south_2026.its_own_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2026", "kind": "primary_key", "name": "its_own_key"}, "title": "attach index public.its_own_key to primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER INDEX \"public\".\"readings_south_pkey\" ATTACH PARTITION \"public\".\"its_own_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 14: alter primary key of public.readings [brief]
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 7 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'alter primary_key public.readings', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "alter", "schema": "public", "table": "readings", "kind": "primary_key", "name": ""}, "title": "alter primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["COMMENT ON CONSTRAINT \"readings_pkey\" ON \"public\".\"readings\" IS ''how readings are told apart''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
COMMENT ON CONSTRAINT "readings_pkey" ON "public"."readings" IS 'how readings are told apart';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'alter primary_key public.readings', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "alter", "schema": "public", "table": "readings", "kind": "primary_key", "name": ""}, "title": "alter primary key of public.readings", "object": "primary key of public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "readings_pkey", "columns": ["region", "at", "sensor"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": {"public.readings_north": "readings_north_pkey", "public.readings_south": "readings_south_pkey", "public.readings_south_2025": "readings_south_2025_pkey", "public.readings_south_2026": "its_own_key"}, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": "how readings are told apart", "clustered": false, "partitions": [[["public", "readings_north"], "readings_north_pkey"], [["public", "readings_south"], "readings_south_pkey"], [["public", "readings_south_2025"], "readings_south_2025_pkey"], [["public", "readings_south_2026"], "its_own_key"]], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "readings_pkey"}, "place": ["schema.yaml", 4, 18]}, {"key": ["public", "readings_south_2026", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["region", "at", "sensor"], "replica_identity": false, "name": "its_own_key"}, "after": null, "place": ["schema.yaml", 4, 18]}]}, "sql": ["COMMENT ON CONSTRAINT \"readings_pkey\" ON \"public\".\"readings\" IS ''how readings are told apart''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create unique constraint readings_value_key on public.readings (schema.yaml:6:7)

-- Step 8 of 14: create unique readings_value_key on public.readings on the partitioned table only; new partitions get it too [brief]
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 8 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'begin unique public.readings.readings_value_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "begin", "schema": "public", "table": "readings", "kind": "unique", "name": "readings_value_key"}, "title": "create unique readings_value_key on public.readings on the partitioned table only; new partitions get it too", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_value_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_region_at_value_note_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"readings_south_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN SHARE UPDATE EXCLUSIVE MODE'
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
          EXECUTE gentle[1 + tries % 2];
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
ALTER TABLE ONLY "public"."readings" ADD CONSTRAINT "readings_value_key" UNIQUE ("region", "at", "value") INCLUDE ("note") DEFERRABLE;
ALTER TABLE ONLY "public"."readings_south" ADD CONSTRAINT "readings_south_region_at_value_note_key" UNIQUE ("region", "at", "value") INCLUDE ("note") DEFERRABLE;
ALTER INDEX "public"."readings_value_key" ATTACH PARTITION "public"."readings_south_region_at_value_note_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'begin unique public.readings.readings_value_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "begin", "schema": "public", "table": "readings", "kind": "unique", "name": "readings_value_key"}, "title": "create unique readings_value_key on public.readings on the partitioned table only; new partitions get it too", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE ONLY \"public\".\"readings\" ADD CONSTRAINT \"readings_value_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER TABLE ONLY \"public\".\"readings_south\" ADD CONSTRAINT \"readings_south_region_at_value_note_key\" UNIQUE (\"region\", \"at\", \"value\") INCLUDE (\"note\") DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"readings_south_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 9 of 14: build index north_value on public.readings_north [concurrent]
--   locks public.readings_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 9 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_north.north_value', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_north", "kind": "index", "name": "north_value"}, "title": "build index north_value on public.readings_north", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.north_value", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"north_value\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "north_value" ON "public"."readings_north" ("region", "at", "value") INCLUDE ("note");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_north.north_value', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_north", "kind": "index", "name": "north_value"}, "title": "build index north_value on public.readings_north", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.north_value", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"north_value\" ON \"public\".\"readings_north\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 10 of 14: attach index public.north_value to unique readings_value_key on public.readings [brief]
--   locks public.readings_north ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.north_value ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 10 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_north.north_value', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_north", "kind": "unique", "name": "north_value"}, "title": "attach index public.north_value to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"north_value\" UNIQUE USING INDEX \"north_value\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"north_value\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_north" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_north" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readings_north" ADD CONSTRAINT "north_value" UNIQUE USING INDEX "north_value" DEFERRABLE;
ALTER INDEX "public"."readings_value_key" ATTACH PARTITION "public"."north_value";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_north.north_value', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_north", "kind": "unique", "name": "north_value"}, "title": "attach index public.north_value to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_north\" ADD CONSTRAINT \"north_value\" UNIQUE USING INDEX \"north_value\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_value_key\" ATTACH PARTITION \"public\".\"north_value\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 11 of 14: build index readings_south_2025_region_at_value_note_key on public.readings_south_2025 [concurrent]
--   locks public.readings_south_2025 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 11 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2025.readings_south_2025_region_at_value_note_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2025", "kind": "index", "name": "readings_south_2025_region_at_value_note_key"}, "title": "build index readings_south_2025_region_at_value_note_key on public.readings_south_2025", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.readings_south_2025_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_region_at_value_note_key\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2025_region_at_value_note_key" ON "public"."readings_south_2025" ("region", "at", "value") INCLUDE ("note");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2025.readings_south_2025_region_at_value_note_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2025", "kind": "index", "name": "readings_south_2025_region_at_value_note_key"}, "title": "build index readings_south_2025_region_at_value_note_key on public.readings_south_2025", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.readings_south_2025_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2025_region_at_value_note_key\" ON \"public\".\"readings_south_2025\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 12 of 14: attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings [brief]
--   locks public.readings_south_2025 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2025_region_at_value_note_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 12 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_south_2025.readings_south_2025_region_at_value_note_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2025", "kind": "unique", "name": "readings_south_2025_region_at_value_note_key"}, "title": "attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2025_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2025_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_south_2025" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings_south_2025" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readings_south_2025" ADD CONSTRAINT "readings_south_2025_region_at_value_note_key" UNIQUE USING INDEX "readings_south_2025_region_at_value_note_key" DEFERRABLE;
ALTER INDEX "public"."readings_south_region_at_value_note_key" ATTACH PARTITION "public"."readings_south_2025_region_at_value_note_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_south_2025.readings_south_2025_region_at_value_note_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2025", "kind": "unique", "name": "readings_south_2025_region_at_value_note_key"}, "title": "attach index public.readings_south_2025_region_at_value_note_key to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2025\" ADD CONSTRAINT \"readings_south_2025_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2025_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2025_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 13 of 14: build index readings_south_2026_region_at_value_note_key on public.readings_south_2026 [concurrent]
--   locks public.readings_south_2026 SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 13 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2026.readings_south_2026_region_at_value_note_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2026", "kind": "index", "name": "readings_south_2026_region_at_value_note_key"}, "title": "build index readings_south_2026_region_at_value_note_key on public.readings_south_2026", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.readings_south_2026_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2026_region_at_value_note_key\" ON \"public\".\"readings_south_2026\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "readings_south_2026_region_at_value_note_key" ON "public"."readings_south_2026" ("region", "at", "value") INCLUDE ("note");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readings_south_2026.readings_south_2026_region_at_value_note_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readings_south_2026", "kind": "index", "name": "readings_south_2026_region_at_value_note_key"}, "title": "build index readings_south_2026_region_at_value_note_key on public.readings_south_2026", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.readings_south_2026_region_at_value_note_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"readings_south_2026_region_at_value_note_key\" ON \"public\".\"readings_south_2026\" (\"region\", \"at\", \"value\") INCLUDE (\"note\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 14 of 14: attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings [brief]
--   locks public.readings_south_2026 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south_2026_region_at_value_note_key ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.readings_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 14 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_south_2026.readings_south_2026_region_at_value_note_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2026", "kind": "unique", "name": "readings_south_2026_region_at_value_note_key"}, "title": "attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"readings_south_2026_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2026_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2026_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south_2026" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south" IN ACCESS SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readings" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."readings_south_2026" IN SHARE UPDATE EXCLUSIVE MODE'
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
          EXECUTE gentle[1 + tries % 2];
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
ALTER TABLE "public"."readings_south_2026" ADD CONSTRAINT "readings_south_2026_region_at_value_note_key" UNIQUE USING INDEX "readings_south_2026_region_at_value_note_key" DEFERRABLE;
ALTER INDEX "public"."readings_south_region_at_value_note_key" ATTACH PARTITION "public"."readings_south_2026_region_at_value_note_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'attach unique public.readings_south_2026.readings_south_2026_region_at_value_note_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "attach", "schema": "public", "table": "readings_south_2026", "kind": "unique", "name": "readings_south_2026_region_at_value_note_key"}, "title": "attach index public.readings_south_2026_region_at_value_note_key to unique readings_value_key on public.readings", "object": "unique readings_value_key on public.readings", "schema": "public", "table": "readings", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["region", "at", "value"], "without_overlaps": false, "deferrable": true, "initially_deferred": false, "replica_identity": false, "include": ["note"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "partitions": {"public.readings_north": "north_value", "public.readings_south": "readings_south_region_at_value_note_key", "public.readings_south_2025": "readings_south_2025_region_at_value_note_key", "public.readings_south_2026": "readings_south_2026_region_at_value_note_key"}, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readings", "unique", "readings_value_key"], "before": null, "after": {"type": "Unique", "include": ["note"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [[["public", "readings_north"], "north_value"], [["public", "readings_south"], "readings_south_region_at_value_note_key"], [["public", "readings_south_2025"], "readings_south_2025_region_at_value_note_key"], [["public", "readings_south_2026"], "readings_south_2026_region_at_value_note_key"]], "key": ["region", "at", "value"], "deferrable": true, "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readings_south_2026\" ADD CONSTRAINT \"readings_south_2026_region_at_value_note_key\" UNIQUE USING INDEX \"readings_south_2026_region_at_value_note_key\" DEFERRABLE", "ALTER INDEX \"public\".\"readings_south_region_at_value_note_key\" ATTACH PARTITION \"public\".\"readings_south_2026_region_at_value_note_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 14}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 14 steps'
