-- Plan: 2 not-nulls to create; 4 steps.
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 4, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.users."Nick Name" (schema.yaml:4:23)

-- Step 1 of 4: add not-null of public.users."Nick Name", NOT VALID [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.users."Nick Name"', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "not_null", "name": "Nick Name"}, "title": "add not-null of public.users.\"Nick Name\", NOT VALID", "object": "not-null of public.users.\"Nick Name\"", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_Nick Name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:23", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "Nick Name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_Nick Name_not_null"}, "place": ["schema.yaml", 4, 23]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_Nick Name_not_null\" NOT NULL \"Nick Name\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "public"."users" ADD CONSTRAINT "users_Nick Name_not_null" NOT NULL "Nick Name" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.users."Nick Name"', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "not_null", "name": "Nick Name"}, "title": "add not-null of public.users.\"Nick Name\", NOT VALID", "object": "not-null of public.users.\"Nick Name\"", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_Nick Name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:23", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "Nick Name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_Nick Name_not_null"}, "place": ["schema.yaml", 4, 23]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_Nick Name_not_null\" NOT NULL \"Nick Name\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 4: validate not-null of public.users."Nick Name" [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.users."Nick Name"', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "users", "kind": "not_null", "name": "Nick Name"}, "title": "validate not-null of public.users.\"Nick Name\"", "object": "not-null of public.users.\"Nick Name\"", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_Nick Name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:23", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "Nick Name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_Nick Name_not_null"}, "place": ["schema.yaml", 4, 23]}]}, "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_Nick Name_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL statement_timeout = '86400000ms';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_Nick Name_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.users."Nick Name"', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "users", "kind": "not_null", "name": "Nick Name"}, "title": "validate not-null of public.users.\"Nick Name\"", "object": "not-null of public.users.\"Nick Name\"", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_Nick Name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:23", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "Nick Name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_Nick Name_not_null"}, "place": ["schema.yaml", 4, 23]}]}, "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_Nick Name_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.users.email (schema.yaml:4:16)

-- Step 3 of 4: add not-null of public.users.email, NOT VALID [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.users.email', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "not_null", "name": "email"}, "title": "add not-null of public.users.email, NOT VALID", "object": "not-null of public.users.email", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "email"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_email_not_null"}, "place": ["schema.yaml", 4, 16]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_not_null\" NOT NULL \"email\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "public"."users" ADD CONSTRAINT "users_email_not_null" NOT NULL "email" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.users.email', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "not_null", "name": "email"}, "title": "add not-null of public.users.email, NOT VALID", "object": "not-null of public.users.email", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "email"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_email_not_null"}, "place": ["schema.yaml", 4, 16]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_not_null\" NOT NULL \"email\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 4: validate not-null of public.users.email [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.users.email', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "users", "kind": "not_null", "name": "email"}, "title": "validate not-null of public.users.email", "object": "not-null of public.users.email", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "email"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_email_not_null"}, "place": ["schema.yaml", 4, 16]}]}, "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_email_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL statement_timeout = '86400000ms';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_email_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.users.email', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "users", "kind": "not_null", "name": "email"}, "title": "validate not-null of public.users.email", "object": "not-null of public.users.email", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "NotNull", "name": "users_email_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:4:16", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "not_null", "email"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "users_email_not_null"}, "place": ["schema.yaml", 4, 16]}]}, "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_email_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 4 steps'
