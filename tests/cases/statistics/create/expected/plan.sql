-- Plan: 6 statistics to create; 6 steps.
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

-- create statistics all_kinds on public.places (schema.yaml:5:7)

-- Step 1 of 6: create statistics all_kinds on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.all_kinds', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "all_kinds"}, "title": "create statistics all_kinds on public.places", "object": "statistics all_kinds on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": "country", "expression": null}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "all_kinds"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"column": "country"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"all_kinds\" ON \"city\", \"country\" FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "public"."all_kinds" ON "city", "country" FROM "public"."places";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.all_kinds', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "all_kinds"}, "title": "create statistics all_kinds on public.places", "object": "statistics all_kinds on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": "country", "expression": null}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "all_kinds"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"column": "country"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"all_kinds\" ON \"city\", \"country\" FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create statistics elsewhere on public.places (schema.yaml:10:7)

-- Step 2 of 6: create statistics elsewhere on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 2 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.elsewhere', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "elsewhere"}, "title": "create statistics elsewhere on public.places", "object": "statistics elsewhere on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": null, "expression": "lower(zip)"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": "stats", "target": 0, "comment": null}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "elsewhere"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"expression": "lower(zip)"}], "schema": "stats", "statistics_target": 0, "comment": null}, "place": ["schema.yaml", 10, 7]}]}, "sql": ["CREATE STATISTICS \"stats\".\"elsewhere\" ON \"city\", (lower(zip)) FROM \"public\".\"places\"", "ALTER STATISTICS \"stats\".\"elsewhere\" SET STATISTICS 0"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "stats"."elsewhere" ON "city", (lower(zip)) FROM "public"."places";
ALTER STATISTICS "stats"."elsewhere" SET STATISTICS 0;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.elsewhere', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "elsewhere"}, "title": "create statistics elsewhere on public.places", "object": "statistics elsewhere on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": null, "expression": "lower(zip)"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": "stats", "target": 0, "comment": null}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "elsewhere"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"expression": "lower(zip)"}], "schema": "stats", "statistics_target": 0, "comment": null}, "place": ["schema.yaml", 10, 7]}]}, "sql": ["CREATE STATISTICS \"stats\".\"elsewhere\" ON \"city\", (lower(zip)) FROM \"public\".\"places\"", "ALTER STATISTICS \"stats\".\"elsewhere\" SET STATISTICS 0"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create statistics mixed on public.places (schema.yaml:7:7)

-- Step 3 of 6: create statistics mixed on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.mixed', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "mixed"}, "title": "create statistics mixed on public.places", "object": "statistics mixed on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "country", "expression": null}, {"column": null, "expression": "lower(city)"}, {"column": null, "expression": "zip || country"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "mixed"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "country"}, {"expression": "lower(city)"}, {"expression": "zip || country"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"mixed\" ON \"country\", (lower(city)), (zip || country) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "public"."mixed" ON "country", (lower(city)), (zip || country) FROM "public"."places";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.mixed', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "mixed"}, "title": "create statistics mixed on public.places", "object": "statistics mixed on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "country", "expression": null}, {"column": null, "expression": "lower(city)"}, {"column": null, "expression": "zip || country"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "mixed"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "country"}, {"expression": "lower(city)"}, {"expression": "zip || country"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"mixed\" ON \"country\", (lower(city)), (zip || country) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create statistics single on public.places (schema.yaml:8:7)

-- Step 4 of 6: create statistics single on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.single', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "single"}, "title": "create statistics single on public.places", "object": "statistics single on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": null, "expression": "date_trunc(''month''::text, opened)"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "single"], "before": null, "after": {"type": "Statistics", "elements": [{"expression": "date_trunc(''month''::text, opened)"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"single\" ON (date_trunc(''month''::text, opened)) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "public"."single" ON (date_trunc('month'::text, opened)) FROM "public"."places";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.single', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "single"}, "title": "create statistics single on public.places", "object": "statistics single on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": null, "expression": "date_trunc(''month''::text, opened)"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "single"], "before": null, "after": {"type": "Statistics", "elements": [{"expression": "date_trunc(''month''::text, opened)"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"single\" ON (date_trunc(''month''::text, opened)) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create statistics some_kinds on public.places (schema.yaml:6:7)

-- Step 5 of 6: create statistics some_kinds on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 5 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.some_kinds', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "some_kinds"}, "title": "create statistics some_kinds on public.places", "object": "statistics some_kinds on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": "zip", "expression": null}], "kinds": ["mcv", "ndistinct"], "schema": null, "target": 500, "comment": "zip codes are local"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "some_kinds"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"column": "zip"}], "kinds": ["mcv", "ndistinct"], "statistics_target": 500, "comment": "zip codes are local"}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"some_kinds\" (mcv, ndistinct) ON \"city\", \"zip\" FROM \"public\".\"places\"", "ALTER STATISTICS \"public\".\"some_kinds\" SET STATISTICS 500", "COMMENT ON STATISTICS \"public\".\"some_kinds\" IS ''zip codes are local''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "public"."some_kinds" (mcv, ndistinct) ON "city", "zip" FROM "public"."places";
ALTER STATISTICS "public"."some_kinds" SET STATISTICS 500;
COMMENT ON STATISTICS "public"."some_kinds" IS 'zip codes are local';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.some_kinds', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "some_kinds"}, "title": "create statistics some_kinds on public.places", "object": "statistics some_kinds on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "city", "expression": null}, {"column": "zip", "expression": null}], "kinds": ["mcv", "ndistinct"], "schema": null, "target": 500, "comment": "zip codes are local"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "some_kinds"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "city"}, {"column": "zip"}], "kinds": ["mcv", "ndistinct"], "statistics_target": 500, "comment": "zip codes are local"}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"some_kinds\" (mcv, ndistinct) ON \"city\", \"zip\" FROM \"public\".\"places\"", "ALTER STATISTICS \"public\".\"some_kinds\" SET STATISTICS 500", "COMMENT ON STATISTICS \"public\".\"some_kinds\" IS ''zip codes are local''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create statistics volatile on public.places (schema.yaml:9:7)
--   hazard volatile-expression: statistics volatile on public.places calls random()
--   hazard unchecked-data: statistics volatile on public.places was not tried out: it would call random()

-- Step 6 of 6: create statistics volatile on public.places [brief]
--   locks public.places SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.volatile', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "volatile"}, "title": "create statistics volatile on public.places", "object": "statistics volatile on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "id", "expression": null}, {"column": null, "expression": "(id)::double precision + random()"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "volatile"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "id"}, {"expression": "(id)::double precision + random()"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"volatile\" ON \"id\", ((id)::double precision + random()) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."places" IN SHARE UPDATE EXCLUSIVE MODE'
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
      END LOOP;
      PERFORM set_config('lock_timeout', '2000ms', true),
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
CREATE STATISTICS "public"."volatile" ON "id", ((id)::double precision + random()) FROM "public"."places";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create statistics public.places.volatile', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "public", "table": "places", "kind": "statistics", "name": "volatile"}, "title": "create statistics volatile on public.places", "object": "statistics volatile on public.places", "schema": "public", "table": "places", "action": "create", "before": null, "after": {"type": "Statistics", "columns": [{"column": "id", "expression": null}, {"column": null, "expression": "(id)::double precision + random()"}], "kinds": ["dependencies", "mcv", "ndistinct"], "schema": null, "target": null, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "places", "statistics", "volatile"], "before": null, "after": {"type": "Statistics", "elements": [{"column": "id"}, {"expression": "(id)::double precision + random()"}], "statistics_target": null, "comment": null}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["CREATE STATISTICS \"public\".\"volatile\" ON \"id\", ((id)::double precision + random()) FROM \"public\".\"places\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 6 steps'
