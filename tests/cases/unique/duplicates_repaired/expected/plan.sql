-- Plan: 2 not-nulls, 1 primary key, 1 unique constraint and 1 index to create; 15 steps.
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

-- Check the archive. Stop if another role owns it or may create objects in it (RC003).
SELECT 'DECLARE
    message text;
    hint text;
BEGIN
    IF false THEN
        RETURN;
    END IF;
    EXECUTE ''
    SELECT ''''the archive reconcile_archive'''' || '''' cannot be trusted: '''' || string_agg(problem, ''''; '''') AS message,
           concat_ws(''''; otherwise, '''',
                     ''''if you trust '''' || string_agg(DISTINCT owner, '''', '''') || '''', add --trust-role'''',
                     CASE WHEN bool_and(mend IS NOT NULL)
                          THEN ''''to correct this, run:'''' || string_agg(''''
  '''' || mend || '''';'''', '''''''')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE ''''rename the schema'''' END) AS hint
      FROM (SELECT *, substring(problem FROM ''''belongs to role (.*), which is not trusted'''') AS owner FROM (
    SELECT format(''''it belongs to role %I, which is not trusted'''', pg_get_userbyid(owner.oid)) AS problem,
           format(''''ALTER SCHEMA %I OWNER TO %I'''', n.nspname, current_user) AS mend
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = ''''pg_database_owner'''' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = ''''reconcile_archive'''' AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = owner.oid
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))
     UNION ALL
    SELECT format(''''%s may create objects in it'''', grantee.name),
           format(''''REVOKE CREATE ON SCHEMA %I FROM %s%s'''', n.nspname, grantee.name,
                  CASE WHEN a.is_grantable THEN '''' CASCADE'''' ELSE '''''''' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a, LATERAL (SELECT CASE a.grantee WHEN 0 THEN ''''PUBLIC'''' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                   AS name) grantee
     WHERE n.nspname = ''''reconcile_archive'''' AND a.privilege_type = ''''CREATE'''' AND a.grantee <> n.nspowner AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = a.grantee
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))) said) found
     CROSS JOIN (SELECT EXISTS (SELECT FROM pg_class c
                                 WHERE c.relkind IN (''''r'''', ''''p'''') AND c.relpersistence <> ''''t''''
                                   AND pg_has_role(c.relowner, ''''MEMBER'''')) AS applies) role'' INTO message, hint;
    IF message IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = ''RC003'', MESSAGE = message, HINT = hint;
    END IF;
END' AS check_archive \gset
SELECT message IS NULL AS trusted, regexp_replace(concat_ws(E'\n', message, hint), '[\u0001-\u0009\u000B-\u001F\u007F-\u009F]', '?', 'g') AS message FROM (
    SELECT 'the archive reconcile_archive' || ' cannot be trusted: ' || string_agg(problem, '; ') AS message,
           concat_ws('; otherwise, ',
                     'if you trust ' || string_agg(DISTINCT owner, ', ') || ', add --trust-role',
                     CASE WHEN bool_and(mend IS NOT NULL)
                          THEN 'to correct this, run:' || string_agg('
  ' || mend || ';', '')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE 'rename the schema' END) AS hint
      FROM (SELECT *, substring(problem FROM 'belongs to role (.*), which is not trusted') AS owner FROM (
    SELECT format('it belongs to role %I, which is not trusted', pg_get_userbyid(owner.oid)) AS problem,
           format('ALTER SCHEMA %I OWNER TO %I', n.nspname, current_user) AS mend
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = 'pg_database_owner' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = 'reconcile_archive' AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = owner.oid
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))
     UNION ALL
    SELECT format('%s may create objects in it', grantee.name),
           format('REVOKE CREATE ON SCHEMA %I FROM %s%s', n.nspname, grantee.name,
                  CASE WHEN a.is_grantable THEN ' CASCADE' ELSE '' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a, LATERAL (SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                   AS name) grantee
     WHERE n.nspname = 'reconcile_archive' AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = a.grantee
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))) said) found
     CROSS JOIN (SELECT EXISTS (SELECT FROM pg_class c
                                 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
                                   AND pg_has_role(c.relowner, 'MEMBER')) AS applies) role) found \gset
\if :trusted
\else
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''the archive cannot be trusted''; END';
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 15, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.visits.page (schema.yaml:13:18)

-- Step 1 of 15: add not null of public.visits.page [brief]
--   locks public.visits ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.visits.page', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "not_null", "name": "page"}, "title": "add not null of public.visits.page", "object": "not null of public.visits.page", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_page_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "page"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_page_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_page_not_null\" NOT NULL \"page\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."visits" ADD CONSTRAINT "visits_page_not_null" NOT NULL "page" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.visits.page', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "not_null", "name": "page"}, "title": "add not null of public.visits.page", "object": "not null of public.visits.page", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_page_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "page"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_page_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_page_not_null\" NOT NULL \"page\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 15: validate not null of public.visits.page [scan]
--   locks public.visits SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 2 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.visits.page', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "visits", "kind": "not_null", "name": "page"}, "title": "validate not null of public.visits.page", "object": "not null of public.visits.page", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_page_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "page"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_page_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" VALIDATE CONSTRAINT \"visits_page_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."visits" VALIDATE CONSTRAINT "visits_page_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.visits.page', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "visits", "kind": "not_null", "name": "page"}, "title": "validate not null of public.visits.page", "object": "not null of public.visits.page", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_page_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "page"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_page_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" VALIDATE CONSTRAINT \"visits_page_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.visits.tenant (schema.yaml:13:18)

-- Step 3 of 15: add not null of public.visits.tenant [brief]
--   locks public.visits ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.visits.tenant', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "not_null", "name": "tenant"}, "title": "add not null of public.visits.tenant", "object": "not null of public.visits.tenant", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_tenant_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "tenant"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_tenant_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_tenant_not_null\" NOT NULL \"tenant\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."visits" ADD CONSTRAINT "visits_tenant_not_null" NOT NULL "tenant" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.visits.tenant', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "not_null", "name": "tenant"}, "title": "add not null of public.visits.tenant", "object": "not null of public.visits.tenant", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_tenant_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "tenant"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_tenant_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_tenant_not_null\" NOT NULL \"tenant\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 15: validate not null of public.visits.tenant [scan]
--   locks public.visits SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.visits.tenant', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "visits", "kind": "not_null", "name": "tenant"}, "title": "validate not null of public.visits.tenant", "object": "not null of public.visits.tenant", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_tenant_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "tenant"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_tenant_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" VALIDATE CONSTRAINT \"visits_tenant_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."visits" VALIDATE CONSTRAINT "visits_tenant_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.visits.tenant', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "visits", "kind": "not_null", "name": "tenant"}, "title": "validate not null of public.visits.tenant", "object": "not null of public.visits.tenant", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "NotNull", "name": "visits_tenant_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "not_null", "tenant"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "visits_tenant_not_null"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" VALIDATE CONSTRAINT \"visits_tenant_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create primary key of public.visits (schema.yaml:13:18)
--   hazard repaired-rows: 1 row in public.visits for whose key of visits_pkey another row stays, to move to reconcile_archive.q_visits_303c4ea4a234

-- Step 5 of 15: create schema reconcile_archive [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 5 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
CREATE SCHEMA "reconcile_archive";
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO $revoke$ DECLARE grantee text; BEGIN
    FOR grantee IN
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
          FROM pg_namespace n, aclexplode(n.nspacl) a
         WHERE n.nspname = 'reconcile_archive' AND a.grantee <> n.nspowner
    LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM ', 'reconcile_archive') || grantee;
    END LOOP;
END $revoke$;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 15: create the quarantine table reconcile_archive.q_visits_303c4ea4a234 [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create quarantine_table reconcile_archive.q_visits_303c4ea4a234', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "q_visits_303c4ea4a234", "kind": "quarantine_table", "name": ""}, "title": "create the quarantine table reconcile_archive.q_visits_303c4ea4a234", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["CREATE TABLE \"reconcile_archive\".\"q_visits_303c4ea4a234\" (\"tenant\" integer, \"page\" text, \"at\" timestamp without time zone, \"reconcile_run\" uuid, \"reconcile_reason\" text, \"reconcile_rule\" text, \"reconcile_at\" timestamp with time zone, \"reconcile_key\" jsonb, \"reconcile_table\" text, \"reconcile_wrote\" jsonb)", "COMMENT ON TABLE \"reconcile_archive\".\"q_visits_303c4ea4a234\" IS ''{\"quarantined_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"visits\", \"kind\": \"primary_key\", \"name\": \"\"}''", "DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN\n    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity\n      INTO STRICT origin FROM pg_class c WHERE c.oid = ''\"public\".\"visits\"''::regclass;\n    IF origin.owner <> current_user THEN\n        lacking := NOT has_schema_privilege(origin.relowner, ''reconcile_archive'', ''CREATE'');\n        IF lacking THEN EXECUTE format(''GRANT CREATE ON SCHEMA %I TO %I'', ''reconcile_archive'', origin.owner); END IF;\n        EXECUTE format(''ALTER TABLE %s OWNER TO %I'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"'', origin.owner);\n        IF lacking THEN EXECUTE format(''REVOKE CREATE ON SCHEMA %I FROM %I'', ''reconcile_archive'', origin.owner); END IF;\n    END IF;\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_class c, aclexplode(c.relacl) a\n         WHERE c.oid = ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''::regclass AND a.grantee <> c.relowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON TABLE %s FROM '', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"'') || grantee;\n    END LOOP;\n    IF origin.relrowsecurity THEN EXECUTE format(''ALTER TABLE %s ENABLE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''); END IF;\n    IF origin.relforcerowsecurity THEN EXECUTE format(''ALTER TABLE %s FORCE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''); END IF;\nEND $owner$"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
CREATE TABLE "reconcile_archive"."q_visits_303c4ea4a234" ("tenant" integer, "page" text, "at" timestamp without time zone, "reconcile_run" uuid, "reconcile_reason" text, "reconcile_rule" text, "reconcile_at" timestamp with time zone, "reconcile_key" jsonb, "reconcile_table" text, "reconcile_wrote" jsonb);
COMMENT ON TABLE "reconcile_archive"."q_visits_303c4ea4a234" IS '{"quarantined_by": "reconcile", "schema": "public", "table": "visits", "kind": "primary_key", "name": ""}';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN
    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity
      INTO STRICT origin FROM pg_class c WHERE c.oid = '"public"."visits"'::regclass;
    IF origin.owner <> current_user THEN
        lacking := NOT has_schema_privilege(origin.relowner, 'reconcile_archive', 'CREATE');
        IF lacking THEN EXECUTE format('GRANT CREATE ON SCHEMA %I TO %I', 'reconcile_archive', origin.owner); END IF;
        EXECUTE format('ALTER TABLE %s OWNER TO %I', '"reconcile_archive"."q_visits_303c4ea4a234"', origin.owner);
        IF lacking THEN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM %I', 'reconcile_archive', origin.owner); END IF;
    END IF;
    FOR grantee IN
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
          FROM pg_class c, aclexplode(c.relacl) a
         WHERE c.oid = '"reconcile_archive"."q_visits_303c4ea4a234"'::regclass AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM ', '"reconcile_archive"."q_visits_303c4ea4a234"') || grantee;
    END LOOP;
    IF origin.relrowsecurity THEN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', '"reconcile_archive"."q_visits_303c4ea4a234"'); END IF;
    IF origin.relforcerowsecurity THEN EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', '"reconcile_archive"."q_visits_303c4ea4a234"'); END IF;
END $owner$;
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create quarantine_table reconcile_archive.q_visits_303c4ea4a234', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "q_visits_303c4ea4a234", "kind": "quarantine_table", "name": ""}, "title": "create the quarantine table reconcile_archive.q_visits_303c4ea4a234", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["CREATE TABLE \"reconcile_archive\".\"q_visits_303c4ea4a234\" (\"tenant\" integer, \"page\" text, \"at\" timestamp without time zone, \"reconcile_run\" uuid, \"reconcile_reason\" text, \"reconcile_rule\" text, \"reconcile_at\" timestamp with time zone, \"reconcile_key\" jsonb, \"reconcile_table\" text, \"reconcile_wrote\" jsonb)", "COMMENT ON TABLE \"reconcile_archive\".\"q_visits_303c4ea4a234\" IS ''{\"quarantined_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"visits\", \"kind\": \"primary_key\", \"name\": \"\"}''", "DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN\n    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity\n      INTO STRICT origin FROM pg_class c WHERE c.oid = ''\"public\".\"visits\"''::regclass;\n    IF origin.owner <> current_user THEN\n        lacking := NOT has_schema_privilege(origin.relowner, ''reconcile_archive'', ''CREATE'');\n        IF lacking THEN EXECUTE format(''GRANT CREATE ON SCHEMA %I TO %I'', ''reconcile_archive'', origin.owner); END IF;\n        EXECUTE format(''ALTER TABLE %s OWNER TO %I'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"'', origin.owner);\n        IF lacking THEN EXECUTE format(''REVOKE CREATE ON SCHEMA %I FROM %I'', ''reconcile_archive'', origin.owner); END IF;\n    END IF;\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_class c, aclexplode(c.relacl) a\n         WHERE c.oid = ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''::regclass AND a.grantee <> c.relowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON TABLE %s FROM '', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"'') || grantee;\n    END LOOP;\n    IF origin.relrowsecurity THEN EXECUTE format(''ALTER TABLE %s ENABLE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''); END IF;\n    IF origin.relforcerowsecurity THEN EXECUTE format(''ALTER TABLE %s FORCE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_visits_303c4ea4a234\"''); END IF;\nEND $owner$"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 15: move rows of public.visits that violate primary key of public.visits to reconcile_archive.q_visits_303c4ea4a234 [batched]
--   locks public.visits ROW EXCLUSIVE: blocks neither reads nor writes
--   locks reconcile_archive.q_visits_303c4ea4a234 ROW EXCLUSIVE: blocks neither reads nor writes
--   if it fails: complete batches: the next run continues with the rows that are left
\echo 'step 7 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair primary_key public.visits', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "visits", "kind": "primary_key", "name": ""}, "title": "move rows of public.visits that violate primary key of public.visits to reconcile_archive.q_visits_303c4ea4a234", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"visits\".tableoid AS reconcile_table, \"visits\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"visits\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"visits\"\n      WHERE (\"tenant\") IS NOT NULL AND (\"page\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"tenant\", \"page\" ORDER BY \"visits\".\"at\" ASC NULLS FIRST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"visits\".tableoid AS reconcile_table, \"visits\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"visits\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"visits\"\n      WHERE \"visits\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (\"tenant\") IS NOT NULL AND (\"page\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"tenant\", \"page\" ORDER BY \"visits\".\"at\" ASC NULLS FIRST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"tenant\", \"r\".\"page\", \"r\".\"at\"\n), kept AS (\n    INSERT INTO \"reconcile_archive\".\"q_visits_303c4ea4a234\" (\"tenant\", \"page\", \"at\", \"reconcile_run\", \"reconcile_reason\", \"reconcile_rule\", \"reconcile_at\", \"reconcile_key\", \"reconcile_table\", \"reconcile_wrote\")\n    SELECT \"changed\".\"tenant\"::integer, CASE WHEN \"changed\".\"page\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"page\") END, \"changed\".\"at\"::timestamp without time zone, :run::uuid, ''duplicates'', ''primary key of public.visits'', pg_catalog.clock_timestamp(), NULL, pg_catalog.format(''%I.%I'', ''public'', ''visits''), NULL\n      FROM \"changed\"\n    RETURNING 1\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM kept) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SELECT set_config('reconcile.run', :'run_id', false) AS run_of_batches \gset
SET statement_timeout = 0;
DO $block$
DECLARE listed record; page record; referring record; done record; planned boolean; others bigint;
  changed bigint; more boolean; finding pg_catalog.text; changes pg_catalog.text[];
BEGIN
  LOOP
    changed := 0;
    PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
    FOR listed IN EXECUTE 'SELECT pg_catalog.array_agg(n.other)::pg_catalog.text AS others, pg_catalog.array_agg(DISTINCT n.kept)::pg_catalog.text AS kept FROM (SELECT l.*, (pg_catalog.row_number() OVER () OPERATOR(pg_catalog.-) 1) OPERATOR(pg_catalog./) 500 AS part FROM (SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,
       reconcile_ranked.reconcile_first::pg_catalog.text AS kept
  FROM (SELECT "visits".tableoid AS reconcile_table, "visits".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("visits".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."visits"
      WHERE ("tenant") IS NOT NULL AND ("page") IS NOT NULL
     WINDOW reconcile_key AS (PARTITION BY "tenant", "page" ORDER BY "visits"."at" ASC NULLS FIRST)) AS reconcile_ranked
 WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1
 ORDER BY reconcile_ranked.reconcile_place) AS l) AS n GROUP BY n.part ORDER BY n.part' LOOP
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
      finding := 'SELECT ARRAY(
    SELECT "r".ctid FROM ONLY "public"."visits" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.others) || '::pg_catalog.tid[])
       FOR UPDATE OF "r" SKIP LOCKED
) OPERATOR(pg_catalog.||) ARRAY(
    SELECT "r".ctid FROM ONLY "public"."visits" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.kept) || '::pg_catalog.tid[])
       FOR SHARE OF "r" SKIP LOCKED
) AS places';
      changes := ARRAY['WITH changed AS (
    DELETE FROM ONLY "public"."visits" AS "r"
     WHERE (("r".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(
         SELECT reconcile_ranked.reconcile_place FROM (SELECT "visits".tableoid AS reconcile_table, "visits".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("visits".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."visits"
      WHERE "visits".ctid OPERATOR(pg_catalog.=) ANY ($1) AND ("tenant") IS NOT NULL AND ("page") IS NOT NULL
     WINDOW reconcile_key AS (PARTITION BY "tenant", "page" ORDER BY "visits"."at" ASC NULLS FIRST)) AS reconcile_ranked
          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))
 RETURNING "r"."tenant", "r"."page", "r"."at"
)' || ', kept AS (
    ' || 'INSERT INTO "reconcile_archive"."q_visits_303c4ea4a234" ("tenant", "page", "at", "reconcile_run", "reconcile_reason", "reconcile_rule", "reconcile_at", "reconcile_key", "reconcile_table", "reconcile_wrote")
    SELECT "changed"."tenant"::integer, CASE WHEN "changed"."page" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', "changed"."page") END, "changed"."at"::timestamp without time zone, ' || quote_literal(current_setting('reconcile.run')) || '::uuid, ''duplicates'', ''primary key of public.visits'', pg_catalog.clock_timestamp(), NULL, pg_catalog.format(''%I.%I'', ''public'', ''visits''), NULL
      FROM "changed"' || '
    RETURNING 1
)' || '
SELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,
       (SELECT pg_catalog.count(*) FROM kept) AS kept'];
      LOOP
        more := false;
        LOCK TABLE ONLY "public"."visits" IN ROW EXCLUSIVE MODE;
        LOCK TABLE ONLY "reconcile_archive"."q_visits_303c4ea4a234" IN ROW EXCLUSIVE MODE;
        EXECUTE 'SELECT ARRAY[''at'', ''timestamp without time zone'', ''page'', ''text'', ''tenant'', ''integer'']::text[] = ARRAY(
    SELECT pair.one FROM pg_catalog.pg_attribute AS a,
           LATERAL (VALUES (1, a.attname::text), (2, pg_catalog.format_type(a.atttypid, a.atttypmod))) AS pair (n, one)
     WHERE a.attrelid = ''"public"."visits"''::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attname::text COLLATE "C", pair.n)' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c
    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
   WHERE c.contype = ''f'' AND c.conparentid = 0 AND c.confdeltype IN (''c'', ''n'', ''d'')
     AND c.confrelid = ANY (ARRAY[''"public"."visits"'']::pg_catalog.regclass[]))' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT t.relkind = ''r'' AND t.relpersistence = ''p'' AND NOT t.relispartition
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w WHERE w.ev_class = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g WHERE g.tgrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy AS p WHERE p.polrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS h WHERE t.oid IN (h.inhrelid, h.inhparent))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = t.oid
                      AND (i.indisunique OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.oid AND a.attnum > 0
                      AND (a.attnotnull OR a.attgenerated <> '''' OR a.attidentity <> ''''))
   AND t.relowner = o.relowner
   AND t.relrowsecurity = o.relrowsecurity AND t.relforcerowsecurity = o.relforcerowsecurity
   AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(t.relacl) AS x WHERE x.grantee <> t.relowner)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a, pg_catalog.aclexplode(a.attacl) AS x
                    WHERE a.attrelid = t.oid AND x.grantee <> t.relowner)
   AND ARRAY(
    SELECT ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)] FROM pg_catalog.pg_attribute AS a
     WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname::text COLLATE "C") = ARRAY(
    SELECT ARRAY[w.name, w.type] FROM (VALUES (''at''::text, ''timestamp without time zone''::text), (''page''::text, ''text''::text), (''reconcile_at''::text, ''timestamp with time zone''::text), (''reconcile_key''::text, ''jsonb''::text), (''reconcile_reason''::text, ''text''::text), (''reconcile_rule''::text, ''text''::text), (''reconcile_run''::text, ''uuid''::text), (''reconcile_table''::text, ''text''::text), (''reconcile_wrote''::text, ''jsonb''::text), (''tenant''::text, ''integer''::text)) AS w (name, type)
     ORDER BY w.name COLLATE "C")
  FROM pg_catalog.pg_class AS t, pg_catalog.pg_class AS o
 WHERE t.oid = ''"reconcile_archive"."q_visits_303c4ea4a234"''::pg_catalog.regclass AND o.oid = ''"public"."visits"''::pg_catalog.regclass' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g
   WHERE g.tgrelid = ''"public"."visits"''::pg_catalog.regclass AND NOT g.tgisinternal AND g.tgenabled IN (''O'', ''A'')
     AND g.tgtype & 8 <> 0
     AND (g.tgname::text, g.tgfoid::pg_catalog.regprocedure::text) NOT IN (VALUES ('''', '''')))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w
   WHERE w.ev_class = ''"public"."visits"''::pg_catalog.regclass AND w.ev_type::text = ''4'')' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
        EXECUTE finding INTO page;
        IF pg_catalog.cardinality(page.places) OPERATOR(pg_catalog.>) 0 THEN
          others := (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."visits"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."visits"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."visits"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t);
          EXECUTE changes[1] INTO done USING page.places;
          IF done.changed OPERATOR(pg_catalog.<>) done.kept THEN
            RAISE EXCEPTION USING ERRCODE = 'RC013', MESSAGE = 'not every row reached the quarantine';
          END IF;
          changed := changed OPERATOR(pg_catalog.+) done.changed;
          IF others OPERATOR(pg_catalog.<>) (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."visits"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."visits"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."visits"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t) THEN
            RAISE EXCEPTION USING ERRCODE = 'RC014',
              MESSAGE = 'a foreign key would delete or change rows of another table';
          END IF;
        END IF;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        EXECUTE 'DO ''DECLARE
    message text;
    hint text;
BEGIN
    IF false THEN
        RETURN;
    END IF;
    EXECUTE ''''
    SELECT ''''''''the archive reconcile_archive'''''''' || '''''''' cannot be trusted: '''''''' || string_agg(problem, ''''''''; '''''''') AS message,
           concat_ws(''''''''; otherwise, '''''''',
                     ''''''''if you trust '''''''' || string_agg(DISTINCT owner, '''''''', '''''''') || '''''''', add --trust-role'''''''',
                     CASE WHEN bool_and(mend IS NOT NULL)
                          THEN ''''''''to correct this, run:'''''''' || string_agg(''''''''
  '''''''' || mend || '''''''';'''''''', '''''''''''''''')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE ''''''''rename the schema'''''''' END) AS hint
      FROM (SELECT *, substring(problem FROM ''''''''belongs to role (.*), which is not trusted'''''''') AS owner FROM (
    SELECT format(''''''''it belongs to role %I, which is not trusted'''''''', pg_get_userbyid(owner.oid)) AS problem,
           format(''''''''ALTER SCHEMA %I OWNER TO %I'''''''', n.nspname, current_user) AS mend
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = ''''''''pg_database_owner'''''''' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = ''''''''reconcile_archive'''''''' AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = owner.oid
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))
     UNION ALL
    SELECT format(''''''''%s may create objects in it'''''''', grantee.name),
           format(''''''''REVOKE CREATE ON SCHEMA %I FROM %s%s'''''''', n.nspname, grantee.name,
                  CASE WHEN a.is_grantable THEN '''''''' CASCADE'''''''' ELSE '''''''''''''''' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a, LATERAL (SELECT CASE a.grantee WHEN 0 THEN ''''''''PUBLIC'''''''' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                   AS name) grantee
     WHERE n.nspname = ''''''''reconcile_archive'''''''' AND a.privilege_type = ''''''''CREATE'''''''' AND a.grantee <> n.nspowner AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = a.grantee
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))) said) found
     CROSS JOIN (SELECT EXISTS (SELECT FROM pg_class c
                                 WHERE c.relkind IN (''''''''r'''''''', ''''''''p'''''''') AND c.relpersistence <> ''''''''t''''''''
                                   AND pg_has_role(c.relowner, ''''''''MEMBER'''''''')) AS applies) role'''' INTO message, hint;
    IF message IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = ''''RC003'''', MESSAGE = message, HINT = hint;
    END IF;
END''';
        COMMIT;
        EXIT WHEN NOT more;
      END LOOP;
    END LOOP;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    EXIT WHEN changed = 0;
  END LOOP;
END
$block$;
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair primary_key public.visits', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "visits", "kind": "primary_key", "name": ""}, "title": "move rows of public.visits that violate primary key of public.visits to reconcile_archive.q_visits_303c4ea4a234", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"visits\".tableoid AS reconcile_table, \"visits\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"visits\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"visits\"\n      WHERE (\"tenant\") IS NOT NULL AND (\"page\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"tenant\", \"page\" ORDER BY \"visits\".\"at\" ASC NULLS FIRST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"visits\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"visits\".tableoid AS reconcile_table, \"visits\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"visits\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"visits\"\n      WHERE \"visits\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (\"tenant\") IS NOT NULL AND (\"page\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"tenant\", \"page\" ORDER BY \"visits\".\"at\" ASC NULLS FIRST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"tenant\", \"r\".\"page\", \"r\".\"at\"\n), kept AS (\n    INSERT INTO \"reconcile_archive\".\"q_visits_303c4ea4a234\" (\"tenant\", \"page\", \"at\", \"reconcile_run\", \"reconcile_reason\", \"reconcile_rule\", \"reconcile_at\", \"reconcile_key\", \"reconcile_table\", \"reconcile_wrote\")\n    SELECT \"changed\".\"tenant\"::integer, CASE WHEN \"changed\".\"page\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"page\") END, \"changed\".\"at\"::timestamp without time zone, :run::uuid, ''duplicates'', ''primary key of public.visits'', pg_catalog.clock_timestamp(), NULL, pg_catalog.format(''%I.%I'', ''public'', ''visits''), NULL\n      FROM \"changed\"\n    RETURNING 1\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM kept) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 8 of 15: build index visits_pkey on public.visits [concurrent]
--   locks public.visits SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 8 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.visits.visits_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "visits", "kind": "index", "name": "visits_pkey"}, "title": "build index visits_pkey on public.visits", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "builds": "public.visits_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"visits_pkey\" ON \"public\".\"visits\" (\"tenant\", \"page\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "visits_pkey" ON "public"."visits" ("tenant", "page");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.visits.visits_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "visits", "kind": "index", "name": "visits_pkey"}, "title": "build index visits_pkey on public.visits", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "builds": "public.visits_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"visits_pkey\" ON \"public\".\"visits\" (\"tenant\", \"page\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 9 of 15: add primary key of public.visits, using its index [brief]
--   locks public.visits ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 9 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.visits', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "primary_key", "name": ""}, "title": "add primary key of public.visits, using its index", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_pkey\" PRIMARY KEY USING INDEX \"visits_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."visits" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."visits" ADD CONSTRAINT "visits_pkey" PRIMARY KEY USING INDEX "visits_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.visits', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "visits", "kind": "primary_key", "name": ""}, "title": "add primary key of public.visits, using its index", "object": "primary key of public.visits", "schema": "public", "table": "visits", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "visits_pkey", "columns": ["tenant", "page"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:13:18", "definitions": {"format": 1, "objects": [{"key": ["public", "visits", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["tenant", "page"], "replica_identity": false, "name": "visits_pkey"}, "place": ["schema.yaml", 13, 18]}]}, "sql": ["ALTER TABLE \"public\".\"visits\" ADD CONSTRAINT \"visits_pkey\" PRIMARY KEY USING INDEX \"visits_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create unique constraint users_email_key on public.users (schema.yaml:5:7)
--   hazard repaired-rows: 12 rows in public.users for whose key of users_email_key another row stays, to move to reconcile_archive.q_users_e50b676dd1ab

-- Step 10 of 15: create the quarantine table reconcile_archive.q_users_e50b676dd1ab [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 10 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create quarantine_table reconcile_archive.q_users_e50b676dd1ab', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "q_users_e50b676dd1ab", "kind": "quarantine_table", "name": ""}, "title": "create the quarantine table reconcile_archive.q_users_e50b676dd1ab", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["CREATE TABLE \"reconcile_archive\".\"q_users_e50b676dd1ab\" (\"id\" bigint, \"email\" text, \"login\" text, \"seen\" date, \"gone\" boolean, \"reconcile_run\" uuid, \"reconcile_reason\" text, \"reconcile_rule\" text, \"reconcile_at\" timestamp with time zone, \"reconcile_key\" jsonb, \"reconcile_table\" text, \"reconcile_wrote\" jsonb)", "COMMENT ON TABLE \"reconcile_archive\".\"q_users_e50b676dd1ab\" IS ''{\"quarantined_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"users\", \"kind\": \"unique\", \"name\": \"users_email_key\"}''", "DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN\n    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity\n      INTO STRICT origin FROM pg_class c WHERE c.oid = ''\"public\".\"users\"''::regclass;\n    IF origin.owner <> current_user THEN\n        lacking := NOT has_schema_privilege(origin.relowner, ''reconcile_archive'', ''CREATE'');\n        IF lacking THEN EXECUTE format(''GRANT CREATE ON SCHEMA %I TO %I'', ''reconcile_archive'', origin.owner); END IF;\n        EXECUTE format(''ALTER TABLE %s OWNER TO %I'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"'', origin.owner);\n        IF lacking THEN EXECUTE format(''REVOKE CREATE ON SCHEMA %I FROM %I'', ''reconcile_archive'', origin.owner); END IF;\n    END IF;\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_class c, aclexplode(c.relacl) a\n         WHERE c.oid = ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''::regclass AND a.grantee <> c.relowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON TABLE %s FROM '', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"'') || grantee;\n    END LOOP;\n    IF origin.relrowsecurity THEN EXECUTE format(''ALTER TABLE %s ENABLE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''); END IF;\n    IF origin.relforcerowsecurity THEN EXECUTE format(''ALTER TABLE %s FORCE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''); END IF;\nEND $owner$"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
CREATE TABLE "reconcile_archive"."q_users_e50b676dd1ab" ("id" bigint, "email" text, "login" text, "seen" date, "gone" boolean, "reconcile_run" uuid, "reconcile_reason" text, "reconcile_rule" text, "reconcile_at" timestamp with time zone, "reconcile_key" jsonb, "reconcile_table" text, "reconcile_wrote" jsonb);
COMMENT ON TABLE "reconcile_archive"."q_users_e50b676dd1ab" IS '{"quarantined_by": "reconcile", "schema": "public", "table": "users", "kind": "unique", "name": "users_email_key"}';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN
    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity
      INTO STRICT origin FROM pg_class c WHERE c.oid = '"public"."users"'::regclass;
    IF origin.owner <> current_user THEN
        lacking := NOT has_schema_privilege(origin.relowner, 'reconcile_archive', 'CREATE');
        IF lacking THEN EXECUTE format('GRANT CREATE ON SCHEMA %I TO %I', 'reconcile_archive', origin.owner); END IF;
        EXECUTE format('ALTER TABLE %s OWNER TO %I', '"reconcile_archive"."q_users_e50b676dd1ab"', origin.owner);
        IF lacking THEN EXECUTE format('REVOKE CREATE ON SCHEMA %I FROM %I', 'reconcile_archive', origin.owner); END IF;
    END IF;
    FOR grantee IN
        SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
          FROM pg_class c, aclexplode(c.relacl) a
         WHERE c.oid = '"reconcile_archive"."q_users_e50b676dd1ab"'::regclass AND a.grantee <> c.relowner
    LOOP
        EXECUTE format('REVOKE ALL ON TABLE %s FROM ', '"reconcile_archive"."q_users_e50b676dd1ab"') || grantee;
    END LOOP;
    IF origin.relrowsecurity THEN EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', '"reconcile_archive"."q_users_e50b676dd1ab"'); END IF;
    IF origin.relforcerowsecurity THEN EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', '"reconcile_archive"."q_users_e50b676dd1ab"'); END IF;
END $owner$;
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create quarantine_table reconcile_archive.q_users_e50b676dd1ab', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "q_users_e50b676dd1ab", "kind": "quarantine_table", "name": ""}, "title": "create the quarantine table reconcile_archive.q_users_e50b676dd1ab", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["CREATE TABLE \"reconcile_archive\".\"q_users_e50b676dd1ab\" (\"id\" bigint, \"email\" text, \"login\" text, \"seen\" date, \"gone\" boolean, \"reconcile_run\" uuid, \"reconcile_reason\" text, \"reconcile_rule\" text, \"reconcile_at\" timestamp with time zone, \"reconcile_key\" jsonb, \"reconcile_table\" text, \"reconcile_wrote\" jsonb)", "COMMENT ON TABLE \"reconcile_archive\".\"q_users_e50b676dd1ab\" IS ''{\"quarantined_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"users\", \"kind\": \"unique\", \"name\": \"users_email_key\"}''", "DO $owner$ DECLARE origin record; grantee text; lacking bool; BEGIN\n    SELECT pg_get_userbyid(c.relowner) AS owner, c.relowner, c.relrowsecurity, c.relforcerowsecurity\n      INTO STRICT origin FROM pg_class c WHERE c.oid = ''\"public\".\"users\"''::regclass;\n    IF origin.owner <> current_user THEN\n        lacking := NOT has_schema_privilege(origin.relowner, ''reconcile_archive'', ''CREATE'');\n        IF lacking THEN EXECUTE format(''GRANT CREATE ON SCHEMA %I TO %I'', ''reconcile_archive'', origin.owner); END IF;\n        EXECUTE format(''ALTER TABLE %s OWNER TO %I'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"'', origin.owner);\n        IF lacking THEN EXECUTE format(''REVOKE CREATE ON SCHEMA %I FROM %I'', ''reconcile_archive'', origin.owner); END IF;\n    END IF;\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_class c, aclexplode(c.relacl) a\n         WHERE c.oid = ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''::regclass AND a.grantee <> c.relowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON TABLE %s FROM '', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"'') || grantee;\n    END LOOP;\n    IF origin.relrowsecurity THEN EXECUTE format(''ALTER TABLE %s ENABLE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''); END IF;\n    IF origin.relforcerowsecurity THEN EXECUTE format(''ALTER TABLE %s FORCE ROW LEVEL SECURITY'', ''\"reconcile_archive\".\"q_users_e50b676dd1ab\"''); END IF;\nEND $owner$"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 11 of 15: move rows of public.users that violate unique users_email_key on public.users to reconcile_archive.q_users_e50b676dd1ab [batched]
--   locks public.users ROW EXCLUSIVE: blocks neither reads nor writes
--   locks reconcile_archive.q_users_e50b676dd1ab ROW EXCLUSIVE: blocks neither reads nor writes
--   if it fails: complete batches: the next run continues with the rows that are left
\echo 'step 11 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair unique public.users.users_email_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "users", "kind": "unique", "name": "users_email_key"}, "title": "move rows of public.users that violate unique users_email_key on public.users to reconcile_archive.q_users_e50b676dd1ab", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE (\"email\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"email\" ORDER BY \"users\".\"seen\" DESC NULLS LAST, \"users\".\"id\" DESC NULLS LAST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE \"users\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (\"email\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"email\" ORDER BY \"users\".\"seen\" DESC NULLS LAST, \"users\".\"id\" DESC NULLS LAST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"id\", \"r\".\"email\", \"r\".\"login\", \"r\".\"seen\", \"r\".\"gone\"\n), kept AS (\n    INSERT INTO \"reconcile_archive\".\"q_users_e50b676dd1ab\" (\"id\", \"email\", \"login\", \"seen\", \"gone\", \"reconcile_run\", \"reconcile_reason\", \"reconcile_rule\", \"reconcile_at\", \"reconcile_key\", \"reconcile_table\", \"reconcile_wrote\")\n    SELECT \"changed\".\"id\"::bigint, CASE WHEN \"changed\".\"email\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"email\") END, CASE WHEN \"changed\".\"login\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"login\") END, \"changed\".\"seen\"::date, \"changed\".\"gone\"::boolean, :run::uuid, ''duplicates'', ''unique users_email_key on public.users'', pg_catalog.clock_timestamp(), pg_catalog.jsonb_build_object(''id'', CASE WHEN \"changed\".\"id\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"id\") END), pg_catalog.format(''%I.%I'', ''public'', ''users''), NULL\n      FROM \"changed\"\n    RETURNING 1\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM kept) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SELECT set_config('reconcile.run', :'run_id', false) AS run_of_batches \gset
SET statement_timeout = 0;
DO $block$
DECLARE listed record; page record; referring record; done record; planned boolean; others bigint;
  changed bigint; more boolean; finding pg_catalog.text; changes pg_catalog.text[];
BEGIN
  LOOP
    changed := 0;
    PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
    FOR listed IN EXECUTE 'SELECT pg_catalog.array_agg(n.other)::pg_catalog.text AS others, pg_catalog.array_agg(DISTINCT n.kept)::pg_catalog.text AS kept FROM (SELECT l.*, (pg_catalog.row_number() OVER () OPERATOR(pg_catalog.-) 1) OPERATOR(pg_catalog./) 500 AS part FROM (SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,
       reconcile_ranked.reconcile_first::pg_catalog.text AS kept
  FROM (SELECT "users".tableoid AS reconcile_table, "users".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("users".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."users"
      WHERE ("email") IS NOT NULL
     WINDOW reconcile_key AS (PARTITION BY "email" ORDER BY "users"."seen" DESC NULLS LAST, "users"."id" DESC NULLS LAST)) AS reconcile_ranked
 WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1
 ORDER BY reconcile_ranked.reconcile_place) AS l) AS n GROUP BY n.part ORDER BY n.part' LOOP
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
      finding := 'SELECT ARRAY(
    SELECT "r".ctid FROM ONLY "public"."users" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.others) || '::pg_catalog.tid[])
       FOR UPDATE OF "r" SKIP LOCKED
) OPERATOR(pg_catalog.||) ARRAY(
    SELECT "r".ctid FROM ONLY "public"."users" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.kept) || '::pg_catalog.tid[])
       FOR SHARE OF "r" SKIP LOCKED
) AS places';
      changes := ARRAY['WITH changed AS (
    DELETE FROM ONLY "public"."users" AS "r"
     WHERE (("r".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(
         SELECT reconcile_ranked.reconcile_place FROM (SELECT "users".tableoid AS reconcile_table, "users".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("users".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."users"
      WHERE "users".ctid OPERATOR(pg_catalog.=) ANY ($1) AND ("email") IS NOT NULL
     WINDOW reconcile_key AS (PARTITION BY "email" ORDER BY "users"."seen" DESC NULLS LAST, "users"."id" DESC NULLS LAST)) AS reconcile_ranked
          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))
 RETURNING "r"."id", "r"."email", "r"."login", "r"."seen", "r"."gone"
)' || ', kept AS (
    ' || 'INSERT INTO "reconcile_archive"."q_users_e50b676dd1ab" ("id", "email", "login", "seen", "gone", "reconcile_run", "reconcile_reason", "reconcile_rule", "reconcile_at", "reconcile_key", "reconcile_table", "reconcile_wrote")
    SELECT "changed"."id"::bigint, CASE WHEN "changed"."email" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', "changed"."email") END, CASE WHEN "changed"."login" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', "changed"."login") END, "changed"."seen"::date, "changed"."gone"::boolean, ' || quote_literal(current_setting('reconcile.run')) || '::uuid, ''duplicates'', ''unique users_email_key on public.users'', pg_catalog.clock_timestamp(), pg_catalog.jsonb_build_object(''id'', CASE WHEN "changed"."id" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', "changed"."id") END), pg_catalog.format(''%I.%I'', ''public'', ''users''), NULL
      FROM "changed"' || '
    RETURNING 1
)' || '
SELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,
       (SELECT pg_catalog.count(*) FROM kept) AS kept'];
      LOOP
        more := false;
        LOCK TABLE ONLY "public"."users" IN ROW EXCLUSIVE MODE;
        LOCK TABLE ONLY "reconcile_archive"."q_users_e50b676dd1ab" IN ROW EXCLUSIVE MODE;
        EXECUTE 'SELECT ARRAY[''email'', ''text'', ''gone'', ''boolean'', ''id'', ''bigint'', ''login'', ''text'', ''seen'', ''date'']::text[] = ARRAY(
    SELECT pair.one FROM pg_catalog.pg_attribute AS a,
           LATERAL (VALUES (1, a.attname::text), (2, pg_catalog.format_type(a.atttypid, a.atttypmod))) AS pair (n, one)
     WHERE a.attrelid = ''"public"."users"''::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attname::text COLLATE "C", pair.n)' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c
    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
   WHERE c.contype = ''f'' AND c.conparentid = 0 AND c.confdeltype IN (''c'', ''n'', ''d'')
     AND c.confrelid = ANY (ARRAY[''"public"."users"'']::pg_catalog.regclass[]))' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT t.relkind = ''r'' AND t.relpersistence = ''p'' AND NOT t.relispartition
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w WHERE w.ev_class = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g WHERE g.tgrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c WHERE c.conrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy AS p WHERE p.polrelid = t.oid)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits AS h WHERE t.oid IN (h.inhrelid, h.inhparent))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_index AS i WHERE i.indrelid = t.oid
                      AND (i.indisunique OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.oid AND a.attnum > 0
                      AND (a.attnotnull OR a.attgenerated <> '''' OR a.attidentity <> ''''))
   AND t.relowner = o.relowner
   AND t.relrowsecurity = o.relrowsecurity AND t.relforcerowsecurity = o.relforcerowsecurity
   AND NOT EXISTS (SELECT FROM pg_catalog.aclexplode(t.relacl) AS x WHERE x.grantee <> t.relowner)
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_attribute AS a, pg_catalog.aclexplode(a.attacl) AS x
                    WHERE a.attrelid = t.oid AND x.grantee <> t.relowner)
   AND ARRAY(
    SELECT ARRAY[a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)] FROM pg_catalog.pg_attribute AS a
     WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname::text COLLATE "C") = ARRAY(
    SELECT ARRAY[w.name, w.type] FROM (VALUES (''email''::text, ''text''::text), (''gone''::text, ''boolean''::text), (''id''::text, ''bigint''::text), (''login''::text, ''text''::text), (''reconcile_at''::text, ''timestamp with time zone''::text), (''reconcile_key''::text, ''jsonb''::text), (''reconcile_reason''::text, ''text''::text), (''reconcile_rule''::text, ''text''::text), (''reconcile_run''::text, ''uuid''::text), (''reconcile_table''::text, ''text''::text), (''reconcile_wrote''::text, ''jsonb''::text), (''seen''::text, ''date''::text)) AS w (name, type)
     ORDER BY w.name COLLATE "C")
  FROM pg_catalog.pg_class AS t, pg_catalog.pg_class AS o
 WHERE t.oid = ''"reconcile_archive"."q_users_e50b676dd1ab"''::pg_catalog.regclass AND o.oid = ''"public"."users"''::pg_catalog.regclass' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g
   WHERE g.tgrelid = ''"public"."users"''::pg_catalog.regclass AND NOT g.tgisinternal AND g.tgenabled IN (''O'', ''A'')
     AND g.tgtype & 8 <> 0
     AND (g.tgname::text, g.tgfoid::pg_catalog.regprocedure::text) NOT IN (VALUES ('''', '''')))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w
   WHERE w.ev_class = ''"public"."users"''::pg_catalog.regclass AND w.ev_type::text = ''4'')' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
        EXECUTE finding INTO page;
        IF pg_catalog.cardinality(page.places) OPERATOR(pg_catalog.>) 0 THEN
          others := (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."users"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."users"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."users"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t);
          EXECUTE changes[1] INTO done USING page.places;
          IF done.changed OPERATOR(pg_catalog.<>) done.kept THEN
            RAISE EXCEPTION USING ERRCODE = 'RC013', MESSAGE = 'not every row reached the quarantine';
          END IF;
          changed := changed OPERATOR(pg_catalog.+) done.changed;
          IF others OPERATOR(pg_catalog.<>) (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."users"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."users"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."users"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t) THEN
            RAISE EXCEPTION USING ERRCODE = 'RC014',
              MESSAGE = 'a foreign key would delete or change rows of another table';
          END IF;
        END IF;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        EXECUTE 'DO ''DECLARE
    message text;
    hint text;
BEGIN
    IF false THEN
        RETURN;
    END IF;
    EXECUTE ''''
    SELECT ''''''''the archive reconcile_archive'''''''' || '''''''' cannot be trusted: '''''''' || string_agg(problem, ''''''''; '''''''') AS message,
           concat_ws(''''''''; otherwise, '''''''',
                     ''''''''if you trust '''''''' || string_agg(DISTINCT owner, '''''''', '''''''') || '''''''', add --trust-role'''''''',
                     CASE WHEN bool_and(mend IS NOT NULL)
                          THEN ''''''''to correct this, run:'''''''' || string_agg(''''''''
  '''''''' || mend || '''''''';'''''''', '''''''''''''''')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE ''''''''rename the schema'''''''' END) AS hint
      FROM (SELECT *, substring(problem FROM ''''''''belongs to role (.*), which is not trusted'''''''') AS owner FROM (
    SELECT format(''''''''it belongs to role %I, which is not trusted'''''''', pg_get_userbyid(owner.oid)) AS problem,
           format(''''''''ALTER SCHEMA %I OWNER TO %I'''''''', n.nspname, current_user) AS mend
      FROM pg_namespace n
      JOIN pg_database d ON d.datname = current_database()
     CROSS JOIN LATERAL (SELECT CASE WHEN pg_get_userbyid(n.nspowner) = ''''''''pg_database_owner'''''''' THEN d.datdba
                                     ELSE n.nspowner END AS oid) owner
     WHERE n.nspname = ''''''''reconcile_archive'''''''' AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = owner.oid
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))
     UNION ALL
    SELECT format(''''''''%s may create objects in it'''''''', grantee.name),
           format(''''''''REVOKE CREATE ON SCHEMA %I FROM %s%s'''''''', n.nspname, grantee.name,
                  CASE WHEN a.is_grantable THEN '''''''' CASCADE'''''''' ELSE '''''''''''''''' END)
      FROM pg_namespace n, aclexplode(n.nspacl) a, LATERAL (SELECT CASE a.grantee WHEN 0 THEN ''''''''PUBLIC'''''''' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
                                   AS name) grantee
     WHERE n.nspname = ''''''''reconcile_archive'''''''' AND a.privilege_type = ''''''''CREATE'''''''' AND a.grantee <> n.nspowner AND NOT EXISTS (SELECT FROM pg_roles trusted WHERE trusted.oid = a.grantee
                 AND (trusted.rolsuper OR trusted.rolname = current_user OR trusted.rolname = ANY (ARRAY[]::text[])))) said) found
     CROSS JOIN (SELECT EXISTS (SELECT FROM pg_class c
                                 WHERE c.relkind IN (''''''''r'''''''', ''''''''p'''''''') AND c.relpersistence <> ''''''''t''''''''
                                   AND pg_has_role(c.relowner, ''''''''MEMBER'''''''')) AS applies) role'''' INTO message, hint;
    IF message IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = ''''RC003'''', MESSAGE = message, HINT = hint;
    END IF;
END''';
        COMMIT;
        EXIT WHEN NOT more;
      END LOOP;
    END LOOP;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    EXIT WHEN changed = 0;
  END LOOP;
END
$block$;
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair unique public.users.users_email_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "users", "kind": "unique", "name": "users_email_key"}, "title": "move rows of public.users that violate unique users_email_key on public.users to reconcile_archive.q_users_e50b676dd1ab", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE (\"email\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"email\" ORDER BY \"users\".\"seen\" DESC NULLS LAST, \"users\".\"id\" DESC NULLS LAST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE \"users\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (\"email\") IS NOT NULL\n     WINDOW reconcile_key AS (PARTITION BY \"email\" ORDER BY \"users\".\"seen\" DESC NULLS LAST, \"users\".\"id\" DESC NULLS LAST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"id\", \"r\".\"email\", \"r\".\"login\", \"r\".\"seen\", \"r\".\"gone\"\n), kept AS (\n    INSERT INTO \"reconcile_archive\".\"q_users_e50b676dd1ab\" (\"id\", \"email\", \"login\", \"seen\", \"gone\", \"reconcile_run\", \"reconcile_reason\", \"reconcile_rule\", \"reconcile_at\", \"reconcile_key\", \"reconcile_table\", \"reconcile_wrote\")\n    SELECT \"changed\".\"id\"::bigint, CASE WHEN \"changed\".\"email\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"email\") END, CASE WHEN \"changed\".\"login\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"login\") END, \"changed\".\"seen\"::date, \"changed\".\"gone\"::boolean, :run::uuid, ''duplicates'', ''unique users_email_key on public.users'', pg_catalog.clock_timestamp(), pg_catalog.jsonb_build_object(''id'', CASE WHEN \"changed\".\"id\" IS DISTINCT FROM NULL THEN pg_catalog.format(''%s'', \"changed\".\"id\") END), pg_catalog.format(''%I.%I'', ''public'', ''users''), NULL\n      FROM \"changed\"\n    RETURNING 1\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM kept) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 12 of 15: build index users_email_key on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 12 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_email_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_email_key"}, "title": "build index users_email_key on public.users", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "builds": "public.users_email_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "public"."users" ("email");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_email_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_email_key"}, "title": "build index users_email_key on public.users", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "builds": "public.users_email_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 13 of 15: add unique users_email_key on public.users, using its index [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 13 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.users.users_email_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "unique", "name": "users_email_key"}, "title": "add unique users_email_key on public.users, using its index", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "public"."users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.users.users_email_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "users", "kind": "unique", "name": "users_email_key"}, "title": "add unique users_email_key on public.users, using its index", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["email"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:5:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "unique", "users_email_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["email"], "replica_identity": false}, "place": ["schema.yaml", 5, 7]}]}, "sql": ["ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index users_login_key on public.users (schema.yaml:7:7)
--   hazard repaired-rows: 7 rows in public.users for whose key of users_login_key another row stays, to delete

-- Step 14 of 15: delete rows of public.users that violate index users_login_key on public.users [batched]
--   locks public.users ROW EXCLUSIVE: blocks neither reads nor writes
--   hazard data-loss: rows that violate index users_login_key on public.users are deleted without a copy
--   if it fails: complete batches: the next run continues with the rows that are left
\echo 'step 14 of 15'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair index public.users.users_login_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "users", "kind": "index", "name": "users_login_key"}, "title": "delete rows of public.users that violate index users_login_key on public.users", "object": "index users_login_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(login)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "NOT gone", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "index", "users_login_key"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "NOT gone", "statistics": [], "elements": [{"expression": "lower(login)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)\n     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY \"users\".\"seen\" ASC NULLS FIRST, \"users\".\"id\" ASC NULLS FIRST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE \"users\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)\n     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY \"users\".\"seen\" ASC NULLS FIRST, \"users\".\"id\" ASC NULLS FIRST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"id\", \"r\".\"email\", \"r\".\"login\", \"r\".\"seen\", \"r\".\"gone\"\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM changed) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SELECT set_config('reconcile.run', :'run_id', false) AS run_of_batches \gset
SET statement_timeout = 0;
DO $block$
DECLARE listed record; page record; referring record; done record; planned boolean; others bigint;
  changed bigint; more boolean; finding pg_catalog.text; changes pg_catalog.text[];
BEGIN
  LOOP
    changed := 0;
    PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
    FOR listed IN EXECUTE 'SELECT pg_catalog.array_agg(n.other)::pg_catalog.text AS others, pg_catalog.array_agg(DISTINCT n.kept)::pg_catalog.text AS kept FROM (SELECT l.*, (pg_catalog.row_number() OVER () OPERATOR(pg_catalog.-) 1) OPERATOR(pg_catalog./) 500 AS part FROM (SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,
       reconcile_ranked.reconcile_first::pg_catalog.text AS kept
  FROM (SELECT "users".tableoid AS reconcile_table, "users".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("users".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."users"
      WHERE (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)
     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY "users"."seen" ASC NULLS FIRST, "users"."id" ASC NULLS FIRST)) AS reconcile_ranked
 WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1
 ORDER BY reconcile_ranked.reconcile_place) AS l) AS n GROUP BY n.part ORDER BY n.part' LOOP
      PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
      finding := 'SELECT ARRAY(
    SELECT "r".ctid FROM ONLY "public"."users" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.others) || '::pg_catalog.tid[])
       FOR UPDATE OF "r" SKIP LOCKED
) OPERATOR(pg_catalog.||) ARRAY(
    SELECT "r".ctid FROM ONLY "public"."users" AS "r"
     WHERE "r".ctid OPERATOR(pg_catalog.=) ANY (' || quote_literal(listed.kept) || '::pg_catalog.tid[])
       FOR SHARE OF "r" SKIP LOCKED
) AS places';
      changes := ARRAY['WITH changed AS (
    DELETE FROM ONLY "public"."users" AS "r"
     WHERE (("r".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(
         SELECT reconcile_ranked.reconcile_place FROM (SELECT "users".tableoid AS reconcile_table, "users".ctid AS reconcile_place,
            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,
            pg_catalog.first_value("users".ctid) OVER reconcile_key AS reconcile_first
       FROM ONLY "public"."users"
      WHERE "users".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)
     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY "users"."seen" ASC NULLS FIRST, "users"."id" ASC NULLS FIRST)) AS reconcile_ranked
          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))
 RETURNING "r"."id", "r"."email", "r"."login", "r"."seen", "r"."gone"
)' || '
SELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,
       (SELECT pg_catalog.count(*) FROM changed) AS kept'];
      LOOP
        more := false;
        LOCK TABLE ONLY "public"."users" IN ROW EXCLUSIVE MODE;
        EXECUTE 'SELECT ARRAY[''email'', ''text'', ''gone'', ''boolean'', ''id'', ''bigint'', ''login'', ''text'', ''seen'', ''date'']::text[] = ARRAY(
    SELECT pair.one FROM pg_catalog.pg_attribute AS a,
           LATERAL (VALUES (1, a.attname::text), (2, pg_catalog.format_type(a.atttypid, a.atttypmod))) AS pair (n, one)
     WHERE a.attrelid = ''"public"."users"''::pg_catalog.regclass AND a.attnum > 0 AND NOT a.attisdropped
     ORDER BY a.attname::text COLLATE "C", pair.n)' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_constraint AS c
    JOIN pg_catalog.pg_class AS t ON t.oid = c.conrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
   WHERE c.contype = ''f'' AND c.conparentid = 0 AND c.confdeltype IN (''c'', ''n'', ''d'')
     AND c.confrelid = ANY (ARRAY[''"public"."users"'']::pg_catalog.regclass[]))' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        EXECUTE 'SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g
   WHERE g.tgrelid = ''"public"."users"''::pg_catalog.regclass AND NOT g.tgisinternal AND g.tgenabled IN (''O'', ''A'')
     AND g.tgtype & 8 <> 0
     AND (g.tgname::text, g.tgfoid::pg_catalog.regprocedure::text) NOT IN (VALUES ('''', '''')))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w
   WHERE w.ev_class = ''"public"."users"''::pg_catalog.regclass AND w.ev_type::text = ''4'')' INTO planned;
        IF planned IS NOT TRUE THEN
          RAISE EXCEPTION USING ERRCODE = 'RC012', MESSAGE = 'a table has changed';
        END IF;
        PERFORM pg_catalog.set_config('search_path', '"public", "pg_temp"', true);
        EXECUTE finding INTO page;
        IF pg_catalog.cardinality(page.places) OPERATOR(pg_catalog.>) 0 THEN
          others := (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."users"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."users"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."users"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t);
          EXECUTE changes[1] INTO done USING page.places;
          IF done.changed OPERATOR(pg_catalog.<>) done.kept THEN
            RAISE EXCEPTION USING ERRCODE = 'RC013', MESSAGE = 'not every row reached the quarantine';
          END IF;
          changed := changed OPERATOR(pg_catalog.+) done.changed;
          IF others OPERATOR(pg_catalog.<>) (
    SELECT coalesce(pg_catalog.sum(pg_catalog.pg_stat_get_xact_tuples_deleted(t.oid)
             OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(t.oid)), 0)::bigint
      FROM (SELECT c.conrelid AS oid FROM pg_catalog.pg_constraint AS c
             WHERE c.contype OPERATOR(pg_catalog.=) 'f'
               AND (c.confrelid OPERATOR(pg_catalog.=) '"public"."users"'::pg_catalog.regclass
                    OR c.confrelid OPERATOR(pg_catalog.=) ANY (ARRAY(
                         SELECT a.relid::pg_catalog.oid FROM pg_catalog.pg_partition_ancestors('"public"."users"') AS a)))
               AND (c.confdeltype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[])
                    OR c.confupdtype OPERATOR(pg_catalog.=) ANY ('{c,n,d}'::"char"[]))
               AND c.conrelid OPERATOR(pg_catalog.<>) '"public"."users"'::pg_catalog.regclass
             GROUP BY c.conrelid) AS t) THEN
            RAISE EXCEPTION USING ERRCODE = 'RC014',
              MESSAGE = 'a foreign key would delete or change rows of another table';
          END IF;
        END IF;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        COMMIT;
        EXIT WHEN NOT more;
      END LOOP;
    END LOOP;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    EXIT WHEN changed = 0;
  END LOOP;
END
$block$;
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'repair index public.users.users_login_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "repair", "schema": "public", "table": "users", "kind": "index", "name": "users_login_key"}, "title": "delete rows of public.users that violate index users_login_key on public.users", "object": "index users_login_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(login)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "NOT gone", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "index", "users_login_key"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "NOT gone", "statistics": [], "elements": [{"expression": "lower(login)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["SELECT reconcile_ranked.reconcile_place::pg_catalog.text AS other,\n       reconcile_ranked.reconcile_first::pg_catalog.text AS kept\n  FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)\n     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY \"users\".\"seen\" ASC NULLS FIRST, \"users\".\"id\" ASC NULLS FIRST)) AS reconcile_ranked\n WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1\n ORDER BY reconcile_ranked.reconcile_place", "SELECT ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:others::pg_catalog.tid[])\n       FOR UPDATE OF \"r\" SKIP LOCKED\n) OPERATOR(pg_catalog.||) ARRAY(\n    SELECT \"r\".ctid FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE \"r\".ctid OPERATOR(pg_catalog.=) ANY (:kept::pg_catalog.tid[])\n       FOR SHARE OF \"r\" SKIP LOCKED\n) AS places", "WITH changed AS (\n    DELETE FROM ONLY \"public\".\"users\" AS \"r\"\n     WHERE ((\"r\".ctid OPERATOR(pg_catalog.=) ANY (ARRAY(\n         SELECT reconcile_ranked.reconcile_place FROM (SELECT \"users\".tableoid AS reconcile_table, \"users\".ctid AS reconcile_place,\n            pg_catalog.rank() OVER reconcile_key AS reconcile_rank,\n            pg_catalog.first_value(\"users\".ctid) OVER reconcile_key AS reconcile_first\n       FROM ONLY \"public\".\"users\"\n      WHERE \"users\".ctid OPERATOR(pg_catalog.=) ANY ($1) AND (CASE WHEN (NOT gone) THEN (lower(login)) END) IS DISTINCT FROM NULL AND (NOT gone)\n     WINDOW reconcile_key AS (PARTITION BY CASE WHEN (NOT gone) THEN (lower(login)) END ORDER BY \"users\".\"seen\" ASC NULLS FIRST, \"users\".\"id\" ASC NULLS FIRST)) AS reconcile_ranked\n          WHERE reconcile_ranked.reconcile_rank OPERATOR(pg_catalog.>) 1))))\n RETURNING \"r\".\"id\", \"r\".\"email\", \"r\".\"login\", \"r\".\"seen\", \"r\".\"gone\"\n)\nSELECT (SELECT pg_catalog.count(*) FROM changed) AS changed,\n       (SELECT pg_catalog.count(*) FROM changed) AS kept"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 15 of 15: build index users_login_key on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 15 of 15'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_login_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_login_key"}, "title": "build index users_login_key on public.users", "object": "index users_login_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(login)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "NOT gone", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "index", "users_login_key"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "NOT gone", "statistics": [], "elements": [{"expression": "lower(login)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 7, 7]}]}, "builds": "public.users_login_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_login_key\" ON \"public\".\"users\" ((lower(login))) WHERE (NOT gone)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "users_login_key" ON "public"."users" ((lower(login))) WHERE (NOT gone);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_login_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_login_key"}, "title": "build index users_login_key on public.users", "object": "index users_login_key on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(login)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "NOT gone", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "index", "users_login_key"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "NOT gone", "statistics": [], "elements": [{"expression": "lower(login)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 7, 7]}]}, "builds": "public.users_login_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_login_key\" ON \"public\".\"users\" ((lower(login))) WHERE (NOT gone)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 15}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 15 steps'
