-- Plan: 1 table to archive; 1 index and 1 check to alter; 1 index to rename; 8 not-nulls, 2 primary keys, 2 unique constraints, 16 indexes, 7 checks and 8 foreign keys to create; 80 steps.
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
SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS run_time \gset

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
                     ''''if you trust '''' || string_agg(DISTINCT owner, '''', '''') || '''', add ''''
                         || string_agg(DISTINCT ''''--trust-role '''' || CASE left(owner, 1) WHEN ''''"''''
                              THEN '''''''''''''''' || replace((parse_ident(owner))[1], '''''''''''''''', ''''''''''''"''''''''"'''''''''''') || '''''''''''''''' ELSE owner END, '''' ''''),
                     CASE WHEN bool_and(fix IS NOT NULL)
                          THEN ''''to correct this, run:'''' || string_agg(''''
  '''' || fix || '''';'''', '''''''')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE ''''rename the schema'''' END) AS hint
      FROM (SELECT *, substring(problem FROM ''''belongs to role (.*), which is not trusted'''') AS owner FROM (
    SELECT format(''''it belongs to role %I, which is not trusted'''', pg_get_userbyid(owner.oid)) AS problem,
           format(''''ALTER SCHEMA %I OWNER TO %I'''', n.nspname, current_user) AS fix
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
                     'if you trust ' || string_agg(DISTINCT owner, ', ') || ', add '
                         || string_agg(DISTINCT '--trust-role ' || CASE left(owner, 1) WHEN '"'
                              THEN '''' || replace((parse_ident(owner))[1], '''', '''"''"''') || '''' ELSE owner END, ' '),
                     CASE WHEN bool_and(fix IS NOT NULL)
                          THEN 'to correct this, run:' || string_agg('
  ' || fix || ';', '')
                                                         FILTER (WHERE owner IS NULL OR applies)
                          ELSE 'rename the schema' END) AS hint
      FROM (SELECT *, substring(problem FROM 'belongs to role (.*), which is not trusted') AS owner FROM (
    SELECT format('it belongs to role %I, which is not trusted', pg_get_userbyid(owner.oid)) AS problem,
           format('ALTER SCHEMA %I OWNER TO %I', n.nspname, current_user) AS fix
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 80, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- rename index idx_loans_reader on public.loans, renamed from idx_loans_open (schema.yaml:75:7)

-- Step 1 of 80: rename index idx_loans_open on public.loans to idx_loans_reader [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'rename index public.loans.idx_loans_open', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "rename", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_open"}, "title": "rename index idx_loans_open on public.loans to idx_loans_reader", "object": "index idx_loans_reader on public.loans", "schema": "public", "table": "loans", "action": "rename", "before": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "back_at IS NULL", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "back_at IS NULL", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:75:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_reader"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "back_at IS NULL", "statistics": [], "elements": [{"column": "reader_id"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "back_at IS NULL", "statistics": [], "elements": [{"column": "reader_id"}], "replica_identity": false}, "place": ["schema.yaml", 75, 7], "renamed_from": "idx_loans_open"}]}, "sql": ["ALTER INDEX \"public\".\"idx_loans_open\" RENAME TO \"idx_loans_reader\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."idx_loans_open" RENAME TO "idx_loans_reader";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'rename index public.loans.idx_loans_open', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "rename", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_open"}, "title": "rename index idx_loans_open on public.loans to idx_loans_reader", "object": "index idx_loans_reader on public.loans", "schema": "public", "table": "loans", "action": "rename", "before": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "back_at IS NULL", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "reader_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "back_at IS NULL", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:75:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_reader"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "back_at IS NULL", "statistics": [], "elements": [{"column": "reader_id"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "back_at IS NULL", "statistics": [], "elements": [{"column": "reader_id"}], "replica_identity": false}, "place": ["schema.yaml", 75, 7], "renamed_from": "idx_loans_open"}]}, "sql": ["ALTER INDEX \"public\".\"idx_loans_open\" RENAME TO \"idx_loans_reader\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.authors.first_name (schema.yaml:26:16)

-- Step 2 of 80: add not-null of public.authors.first_name, NOT VALID [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 2 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.authors.first_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "authors", "kind": "not_null", "name": "first_name"}, "title": "add not-null of public.authors.first_name, NOT VALID", "object": "not-null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_first_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "first_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_first_name_not_null"}, "place": ["schema.yaml", 26, 16]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_first_name_not_null\" NOT NULL \"first_name\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."authors" ADD CONSTRAINT "authors_first_name_not_null" NOT NULL "first_name" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.authors.first_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "authors", "kind": "not_null", "name": "first_name"}, "title": "add not-null of public.authors.first_name, NOT VALID", "object": "not-null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_first_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "first_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_first_name_not_null"}, "place": ["schema.yaml", 26, 16]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_first_name_not_null\" NOT NULL \"first_name\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 3 of 80: validate not-null of public.authors.first_name [scan]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.authors.first_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "authors", "kind": "not_null", "name": "first_name"}, "title": "validate not-null of public.authors.first_name", "object": "not-null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_first_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "first_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_first_name_not_null"}, "place": ["schema.yaml", 26, 16]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_first_name_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."authors" VALIDATE CONSTRAINT "authors_first_name_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.authors.first_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "authors", "kind": "not_null", "name": "first_name"}, "title": "validate not-null of public.authors.first_name", "object": "not-null of public.authors.first_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_first_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:16", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "first_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_first_name_not_null"}, "place": ["schema.yaml", 26, 16]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_first_name_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.authors.last_name (schema.yaml:26:28)

-- Step 4 of 80: add not-null of public.authors.last_name, NOT VALID [brief]
--   locks public.authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 4 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.authors.last_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "authors", "kind": "not_null", "name": "last_name"}, "title": "add not-null of public.authors.last_name, NOT VALID", "object": "not-null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_last_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "last_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_last_name_not_null"}, "place": ["schema.yaml", 26, 28]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_last_name_not_null\" NOT NULL \"last_name\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."authors" ADD CONSTRAINT "authors_last_name_not_null" NOT NULL "last_name" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.authors.last_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "authors", "kind": "not_null", "name": "last_name"}, "title": "add not-null of public.authors.last_name, NOT VALID", "object": "not-null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_last_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "last_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_last_name_not_null"}, "place": ["schema.yaml", 26, 28]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" ADD CONSTRAINT \"authors_last_name_not_null\" NOT NULL \"last_name\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 5 of 80: validate not-null of public.authors.last_name [scan]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.authors.last_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "authors", "kind": "not_null", "name": "last_name"}, "title": "validate not-null of public.authors.last_name", "object": "not-null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_last_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "last_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_last_name_not_null"}, "place": ["schema.yaml", 26, 28]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_last_name_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."authors" VALIDATE CONSTRAINT "authors_last_name_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.authors.last_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "authors", "kind": "not_null", "name": "last_name"}, "title": "validate not-null of public.authors.last_name", "object": "not-null of public.authors.last_name", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "authors_last_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:26:28", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "not_null", "last_name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "authors_last_name_not_null"}, "place": ["schema.yaml", 26, 28]}]}, "sql": ["ALTER TABLE \"public\".\"authors\" VALIDATE CONSTRAINT \"authors_last_name_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.book_authors.author_id (schema.yaml:52:18)

-- Step 6 of 80: add not-null of public.book_authors.author_id, NOT VALID [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.book_authors.author_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "author_id"}, "title": "add not-null of public.book_authors.author_id, NOT VALID", "object": "not-null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_author_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "author_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_author_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_not_null\" NOT NULL \"author_id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_author_id_not_null" NOT NULL "author_id" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.book_authors.author_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "author_id"}, "title": "add not-null of public.book_authors.author_id, NOT VALID", "object": "not-null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_author_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "author_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_author_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_not_null\" NOT NULL \"author_id\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 80: validate not-null of public.book_authors.author_id [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.book_authors.author_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "author_id"}, "title": "validate not-null of public.book_authors.author_id", "object": "not-null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_author_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "author_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_author_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_author_id_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.book_authors.author_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "author_id"}, "title": "validate not-null of public.book_authors.author_id", "object": "not-null of public.book_authors.author_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_author_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "author_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_author_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.book_authors.book_id (schema.yaml:52:18)

-- Step 8 of 80: add not-null of public.book_authors.book_id, NOT VALID [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 8 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.book_authors.book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "book_id"}, "title": "add not-null of public.book_authors.book_id, NOT VALID", "object": "not-null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_book_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_not_null\" NOT NULL \"book_id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_book_id_not_null" NOT NULL "book_id" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.book_authors.book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "book_id"}, "title": "add not-null of public.book_authors.book_id, NOT VALID", "object": "not-null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_book_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_not_null\" NOT NULL \"book_id\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 9 of 80: validate not-null of public.book_authors.book_id [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 9 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.book_authors.book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "book_id"}, "title": "validate not-null of public.book_authors.book_id", "object": "not-null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_book_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_book_id_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.book_authors.book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "not_null", "name": "book_id"}, "title": "validate not-null of public.book_authors.book_id", "object": "not-null of public.book_authors.book_id", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "NotNull", "name": "book_authors_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "book_authors_book_id_not_null"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.books.title (schema.yaml:30:16)

-- Step 10 of 80: add not-null of public.books.title, NOT VALID [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 10 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.books.title', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "not_null", "name": "title"}, "title": "add not-null of public.books.title, NOT VALID", "object": "not-null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": "books_title_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "not_null", "title"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "books_title_not_null"}, "place": ["schema.yaml", 30, 16]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_title_not_null\" NOT NULL \"title\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_title_not_null" NOT NULL "title" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.books.title', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "not_null", "name": "title"}, "title": "add not-null of public.books.title, NOT VALID", "object": "not-null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": "books_title_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "not_null", "title"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "books_title_not_null"}, "place": ["schema.yaml", 30, 16]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_title_not_null\" NOT NULL \"title\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 11 of 80: validate not-null of public.books.title [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 11 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.books.title', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "not_null", "name": "title"}, "title": "validate not-null of public.books.title", "object": "not-null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": "books_title_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "not_null", "title"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "books_title_not_null"}, "place": ["schema.yaml", 30, 16]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_title_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_title_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.books.title', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "not_null", "name": "title"}, "title": "validate not-null of public.books.title", "object": "not-null of public.books.title", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "NotNull", "name": "books_title_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:30:16", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "not_null", "title"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "books_title_not_null"}, "place": ["schema.yaml", 30, 16]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_title_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.loans.book_id (schema.yaml:65:16)

-- Step 12 of 80: add not-null of public.loans.book_id, NOT VALID [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 12 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.loans.book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "not_null", "name": "book_id"}, "title": "add not-null of public.loans.book_id, NOT VALID", "object": "not-null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_book_id_not_null"}, "place": ["schema.yaml", 65, 16]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_not_null\" NOT NULL \"book_id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_book_id_not_null" NOT NULL "book_id" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.loans.book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "not_null", "name": "book_id"}, "title": "add not-null of public.loans.book_id, NOT VALID", "object": "not-null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_book_id_not_null"}, "place": ["schema.yaml", 65, 16]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_not_null\" NOT NULL \"book_id\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 13 of 80: validate not-null of public.loans.book_id [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 13 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.loans.book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "not_null", "name": "book_id"}, "title": "validate not-null of public.loans.book_id", "object": "not-null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_book_id_not_null"}, "place": ["schema.yaml", 65, 16]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_book_id_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.loans.book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "not_null", "name": "book_id"}, "title": "validate not-null of public.loans.book_id", "object": "not-null of public.loans.book_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_book_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:16", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "book_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_book_id_not_null"}, "place": ["schema.yaml", 65, 16]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of public.loans.reader_id (schema.yaml:65:25)

-- Step 14 of 80: add not-null of public.loans.reader_id, NOT VALID [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 14 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.loans.reader_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "not_null", "name": "reader_id"}, "title": "add not-null of public.loans.reader_id, NOT VALID", "object": "not-null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_reader_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "reader_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_reader_id_not_null"}, "place": ["schema.yaml", 65, 25]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_not_null\" NOT NULL \"reader_id\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_reader_id_not_null" NOT NULL "reader_id" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null public.loans.reader_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "not_null", "name": "reader_id"}, "title": "add not-null of public.loans.reader_id, NOT VALID", "object": "not-null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_reader_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "reader_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_reader_id_not_null"}, "place": ["schema.yaml", 65, 25]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_not_null\" NOT NULL \"reader_id\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 15 of 80: validate not-null of public.loans.reader_id [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 15 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.loans.reader_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "not_null", "name": "reader_id"}, "title": "validate not-null of public.loans.reader_id", "object": "not-null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_reader_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "reader_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_reader_id_not_null"}, "place": ["schema.yaml", 65, 25]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_reader_id_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null public.loans.reader_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "not_null", "name": "reader_id"}, "title": "validate not-null of public.loans.reader_id", "object": "not-null of public.loans.reader_id", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "NotNull", "name": "loans_reader_id_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:65:25", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "not_null", "reader_id"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "loans_reader_id_not_null"}, "place": ["schema.yaml", 65, 25]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create not-null of staff.people.name (schema.yaml:12:15)

-- Step 16 of 80: add not-null of staff.people.name, NOT VALID [brief]
--   locks staff.people ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 16 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null staff.people.name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "not_null", "name": "name"}, "title": "add not-null of staff.people.name, NOT VALID", "object": "not-null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": "people_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "not_null", "name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "people_name_not_null"}, "place": ["schema.yaml", 12, 15]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_name_not_null\" NOT NULL \"name\" NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_name_not_null" NOT NULL "name" NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add not_null staff.people.name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "not_null", "name": "name"}, "title": "add not-null of staff.people.name, NOT VALID", "object": "not-null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": "people_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "not_null", "name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "people_name_not_null"}, "place": ["schema.yaml", 12, 15]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_name_not_null\" NOT NULL \"name\" NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 17 of 80: validate not-null of staff.people.name [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 17 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null staff.people.name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "not_null", "name": "name"}, "title": "validate not-null of staff.people.name", "object": "not-null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": "people_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "not_null", "name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "people_name_not_null"}, "place": ["schema.yaml", 12, 15]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_name_not_null\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_name_not_null";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate not_null staff.people.name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "not_null", "name": "name"}, "title": "validate not-null of staff.people.name", "object": "not-null of staff.people.name", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "NotNull", "name": "people_name_not_null", "no_inherit": false, "validated": true, "comment": null}, "place": "schema.yaml:12:15", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "not_null", "name"], "before": null, "after": {"type": "NotNull", "comment": null, "name": "people_name_not_null"}, "place": ["schema.yaml", 12, 15]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_name_not_null\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create primary key of public.book_authors (schema.yaml:52:18)

-- Step 18 of 80: build index book_authors_pkey on public.book_authors [concurrent]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 18 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.book_authors.book_authors_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "book_authors", "kind": "index", "name": "book_authors_pkey"}, "title": "build index book_authors_pkey on public.book_authors", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "book_authors_pkey", "columns": ["book_id", "author_id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["part"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "include": ["part"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["book_id", "author_id"], "replica_identity": false, "name": "book_authors_pkey"}, "place": ["schema.yaml", 52, 18]}]}, "builds": "public.book_authors_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"book_authors_pkey\" ON \"public\".\"book_authors\" (\"book_id\", \"author_id\") INCLUDE (\"part\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "book_authors_pkey" ON "public"."book_authors" ("book_id", "author_id") INCLUDE ("part");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.book_authors.book_authors_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "book_authors", "kind": "index", "name": "book_authors_pkey"}, "title": "build index book_authors_pkey on public.book_authors", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "book_authors_pkey", "columns": ["book_id", "author_id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["part"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "include": ["part"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["book_id", "author_id"], "replica_identity": false, "name": "book_authors_pkey"}, "place": ["schema.yaml", 52, 18]}]}, "builds": "public.book_authors_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"book_authors_pkey\" ON \"public\".\"book_authors\" (\"book_id\", \"author_id\") INCLUDE (\"part\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 19 of 80: add primary key of public.book_authors, using its index [brief]
--   locks public.book_authors ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 19 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.book_authors', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "primary_key", "name": ""}, "title": "add primary key of public.book_authors, using its index", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "book_authors_pkey", "columns": ["book_id", "author_id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["part"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "include": ["part"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["book_id", "author_id"], "replica_identity": false, "name": "book_authors_pkey"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_pkey\" PRIMARY KEY USING INDEX \"book_authors_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_pkey" PRIMARY KEY USING INDEX "book_authors_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.book_authors', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "primary_key", "name": ""}, "title": "add primary key of public.book_authors, using its index", "object": "primary key of public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "book_authors_pkey", "columns": ["book_id", "author_id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["part"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:52:18", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "include": ["part"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["book_id", "author_id"], "replica_identity": false, "name": "book_authors_pkey"}, "place": ["schema.yaml", 52, 18]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_pkey\" PRIMARY KEY USING INDEX \"book_authors_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create primary key of public.shelves (schema.yaml:20:18)

-- Step 20 of 80: build index shelves_pkey on public.shelves [concurrent]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 20 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.shelves.shelves_pkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "shelves", "kind": "index", "name": "shelves_pkey"}, "title": "build index shelves_pkey on public.shelves", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "shelves_pkey", "columns": ["branch_id", "code"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:18", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["branch_id", "code"], "replica_identity": false, "name": "shelves_pkey"}, "place": ["schema.yaml", 20, 18]}]}, "builds": "public.shelves_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"shelves_pkey\" ON \"public\".\"shelves\" (\"branch_id\", \"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "shelves_pkey" ON "public"."shelves" ("branch_id", "code");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.shelves.shelves_pkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "shelves", "kind": "index", "name": "shelves_pkey"}, "title": "build index shelves_pkey on public.shelves", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "shelves_pkey", "columns": ["branch_id", "code"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:18", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["branch_id", "code"], "replica_identity": false, "name": "shelves_pkey"}, "place": ["schema.yaml", 20, 18]}]}, "builds": "public.shelves_pkey", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"shelves_pkey\" ON \"public\".\"shelves\" (\"branch_id\", \"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 21 of 80: add primary key of public.shelves, using its index [brief]
--   locks public.shelves ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 21 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.shelves', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "shelves", "kind": "primary_key", "name": ""}, "title": "add primary key of public.shelves, using its index", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "shelves_pkey", "columns": ["branch_id", "code"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:18", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["branch_id", "code"], "replica_identity": false, "name": "shelves_pkey"}, "place": ["schema.yaml", 20, 18]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_pkey\" PRIMARY KEY USING INDEX \"shelves_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."shelves" ADD CONSTRAINT "shelves_pkey" PRIMARY KEY USING INDEX "shelves_pkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add primary_key public.shelves', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "shelves", "kind": "primary_key", "name": ""}, "title": "add primary key of public.shelves, using its index", "object": "primary key of public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "PrimaryKey", "name": "shelves_pkey", "columns": ["branch_id", "code"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:20:18", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "primary_key", ""], "before": null, "after": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["branch_id", "code"], "replica_identity": false, "name": "shelves_pkey"}, "place": ["schema.yaml", 20, 18]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_pkey\" PRIMARY KEY USING INDEX \"shelves_pkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create unique constraint books_isbn_key on public.books (schema.yaml:32:7)

-- Step 22 of 80: add unique books_isbn_key on public.books, using its index [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 22 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.books.books_isbn_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "unique", "name": "books_isbn_key"}, "title": "add unique books_isbn_key on public.books, using its index", "object": "unique books_isbn_key on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["isbn"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:32:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "unique", "books_isbn_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["isbn"], "replica_identity": false}, "place": ["schema.yaml", 32, 7]}, {"key": ["public", "books", "index", "books_isbn_key"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "isbn"}], "unique": true, "replica_identity": false}, "after": null, "place": ["schema.yaml", 32, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_isbn_key\" UNIQUE USING INDEX \"books_isbn_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_isbn_key" UNIQUE USING INDEX "books_isbn_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.books.books_isbn_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "unique", "name": "books_isbn_key"}, "title": "add unique books_isbn_key on public.books, using its index", "object": "unique books_isbn_key on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["isbn"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:32:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "unique", "books_isbn_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["isbn"], "replica_identity": false}, "place": ["schema.yaml", 32, 7]}, {"key": ["public", "books", "index", "books_isbn_key"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "isbn"}], "unique": true, "replica_identity": false}, "after": null, "place": ["schema.yaml", 32, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_isbn_key\" UNIQUE USING INDEX \"books_isbn_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create unique constraint branches_name_key on public.branches (schema.yaml:6:7)

-- Step 23 of 80: build index branches_name_key on public.branches [concurrent]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 23 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.branches.branches_name_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "branches", "kind": "index", "name": "branches_name_key"}, "title": "build index branches_name_key on public.branches", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["name"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "unique", "branches_name_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["name"], "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.branches_name_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"branches_name_key\" ON \"public\".\"branches\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "branches_name_key" ON "public"."branches" ("name");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.branches.branches_name_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "branches", "kind": "index", "name": "branches_name_key"}, "title": "build index branches_name_key on public.branches", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["name"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "unique", "branches_name_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["name"], "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "builds": "public.branches_name_key", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"branches_name_key\" ON \"public\".\"branches\" (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 24 of 80: add unique branches_name_key on public.branches, using its index [brief]
--   locks public.branches ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 24 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.branches.branches_name_key', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "branches", "kind": "unique", "name": "branches_name_key"}, "title": "add unique branches_name_key on public.branches, using its index", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["name"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "unique", "branches_name_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["name"], "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_name_key\" UNIQUE USING INDEX \"branches_name_key\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."branches" ADD CONSTRAINT "branches_name_key" UNIQUE USING INDEX "branches_name_key";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add unique public.branches.branches_name_key', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "branches", "kind": "unique", "name": "branches_name_key"}, "title": "add unique branches_name_key on public.branches, using its index", "object": "unique branches_name_key on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Unique", "nulls_distinct": true, "columns": ["name"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:6:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "unique", "branches_name_key"], "before": null, "after": {"type": "Unique", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["name"], "replica_identity": false}, "place": ["schema.yaml", 6, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_name_key\" UNIQUE USING INDEX \"branches_name_key\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_authors_name on public.authors (schema.yaml:28:7)

-- Step 25 of 80: build index idx_authors_name on public.authors [concurrent]
--   locks public.authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 25 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.authors.idx_authors_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "authors", "kind": "index", "name": "idx_authors_name"}, "title": "build index idx_authors_name on public.authors", "object": "index idx_authors_name on public.authors", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(last_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(first_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:28:7", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "index", "idx_authors_name"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"expression": "lower(last_name)", "opclass_params": []}, {"expression": "lower(first_name)", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 28, 7]}]}, "builds": "public.idx_authors_name", "sql": ["CREATE INDEX CONCURRENTLY \"idx_authors_name\" ON \"public\".\"authors\" ((lower(last_name)), (lower(first_name)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_authors_name" ON "public"."authors" ((lower(last_name)), (lower(first_name)));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.authors.idx_authors_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "authors", "kind": "index", "name": "idx_authors_name"}, "title": "build index idx_authors_name on public.authors", "object": "index idx_authors_name on public.authors", "schema": "public", "table": "authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(last_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "lower(first_name)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:28:7", "definitions": {"format": 1, "objects": [{"key": ["public", "authors", "index", "idx_authors_name"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"expression": "lower(last_name)", "opclass_params": []}, {"expression": "lower(first_name)", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 28, 7]}]}, "builds": "public.idx_authors_name", "sql": ["CREATE INDEX CONCURRENTLY \"idx_authors_name\" ON \"public\".\"authors\" ((lower(last_name)), (lower(first_name)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_book_authors_author_id on public.book_authors (schema.yaml:57:7)

-- Step 26 of 80: build index idx_book_authors_author_id on public.book_authors [concurrent]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 26 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.book_authors.idx_book_authors_author_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "book_authors", "kind": "index", "name": "idx_book_authors_author_id"}, "title": "build index idx_book_authors_author_id on public.book_authors", "object": "index idx_book_authors_author_id on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "author_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:57:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "index", "idx_book_authors_author_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "author_id"}], "replica_identity": false}, "place": ["schema.yaml", 57, 7]}]}, "builds": "public.idx_book_authors_author_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_book_authors_author_id\" ON \"public\".\"book_authors\" (\"author_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_book_authors_author_id" ON "public"."book_authors" ("author_id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.book_authors.idx_book_authors_author_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "book_authors", "kind": "index", "name": "idx_book_authors_author_id"}, "title": "build index idx_book_authors_author_id on public.book_authors", "object": "index idx_book_authors_author_id on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "author_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:57:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "index", "idx_book_authors_author_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "author_id"}], "replica_identity": false}, "place": ["schema.yaml", 57, 7]}]}, "builds": "public.idx_book_authors_author_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_book_authors_author_id\" ON \"public\".\"book_authors\" (\"author_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_extra on public.books (schema.yaml:46:7)

-- Step 27 of 80: build index idx_books_extra on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 27 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_extra', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_extra"}, "title": "build index idx_books_extra on public.books", "object": "index idx_books_extra on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "extra", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:46:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_extra"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "extra", "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 46, 7]}]}, "builds": "public.idx_books_extra", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_extra\" ON \"public\".\"books\" USING \"gin\" (\"extra\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_extra" ON "public"."books" USING "gin" ("extra" "pg_catalog"."jsonb_path_ops");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_extra', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_extra"}, "title": "build index idx_books_extra on public.books", "object": "index idx_books_extra on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "extra", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:46:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_extra"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "extra", "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 46, 7]}]}, "builds": "public.idx_books_extra", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_extra\" ON \"public\".\"books\" USING \"gin\" (\"extra\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_printed on public.books (schema.yaml:48:7)

-- Step 28 of 80: build index idx_books_printed on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 28 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_printed', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_printed"}, "title": "build index idx_books_printed on public.books", "object": "index idx_books_printed on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "printed", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gist", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:48:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_printed"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gist", "statistics": [], "elements": [{"column": "printed"}], "replica_identity": false}, "place": ["schema.yaml", 48, 7]}]}, "builds": "public.idx_books_printed", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_printed\" ON \"public\".\"books\" USING \"gist\" (\"printed\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_printed" ON "public"."books" USING "gist" ("printed");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_printed', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_printed"}, "title": "build index idx_books_printed on public.books", "object": "index idx_books_printed on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "printed", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gist", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:48:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_printed"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gist", "statistics": [], "elements": [{"column": "printed"}], "replica_identity": false}, "place": ["schema.yaml", 48, 7]}]}, "builds": "public.idx_books_printed", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_printed\" ON \"public\".\"books\" USING \"gist\" (\"printed\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_shelf on public.books (schema.yaml:50:7)

-- Step 29 of 80: build index idx_books_shelf on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 29 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_shelf', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_shelf"}, "title": "build index idx_books_shelf on public.books", "object": "index idx_books_shelf on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "shelf", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:50:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_shelf"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "branch_id"}, {"column": "shelf"}], "replica_identity": false}, "place": ["schema.yaml", 50, 7]}]}, "builds": "public.idx_books_shelf", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_shelf\" ON \"public\".\"books\" (\"branch_id\", \"shelf\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_shelf" ON "public"."books" ("branch_id", "shelf");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_shelf', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_shelf"}, "title": "build index idx_books_shelf on public.books", "object": "index idx_books_shelf on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "shelf", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:50:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_shelf"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "branch_id"}, {"column": "shelf"}], "replica_identity": false}, "place": ["schema.yaml", 50, 7]}]}, "builds": "public.idx_books_shelf", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_shelf\" ON \"public\".\"books\" (\"branch_id\", \"shelf\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_tags on public.books (schema.yaml:45:7)

-- Step 30 of 80: build index idx_books_tags on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 30 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_tags', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_tags"}, "title": "build index idx_books_tags on public.books", "object": "index idx_books_tags on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:45:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_tags"], "before": null, "after": {"type": "Index", "with_": [["fastupdate", "off"]], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "tags"}], "replica_identity": false}, "place": ["schema.yaml", 45, 7]}]}, "builds": "public.idx_books_tags", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_tags\" ON \"public\".\"books\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_tags" ON "public"."books" USING "gin" ("tags") WITH ("fastupdate" = 'off');
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_tags', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_tags"}, "title": "build index idx_books_tags on public.books", "object": "index idx_books_tags on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:45:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_tags"], "before": null, "after": {"type": "Index", "with_": [["fastupdate", "off"]], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "tags"}], "replica_identity": false}, "place": ["schema.yaml", 45, 7]}]}, "builds": "public.idx_books_tags", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_tags\" ON \"public\".\"books\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_text on public.books (schema.yaml:47:7)

-- Step 31 of 80: build index idx_books_text on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 31 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_text', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_text"}, "title": "build index idx_books_text on public.books", "object": "index idx_books_text on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "to_tsvector(''english''::regconfig, title)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:47:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_text"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"expression": "to_tsvector(''english''::regconfig, title)", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 47, 7]}]}, "builds": "public.idx_books_text", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_text\" ON \"public\".\"books\" USING \"gin\" ((to_tsvector(''english''::regconfig, title)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_text" ON "public"."books" USING "gin" ((to_tsvector('english'::regconfig, title)));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_text', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_text"}, "title": "build index idx_books_text on public.books", "object": "index idx_books_text on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "to_tsvector(''english''::regconfig, title)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:47:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_text"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"expression": "to_tsvector(''english''::regconfig, title)", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 47, 7]}]}, "builds": "public.idx_books_text", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_text\" ON \"public\".\"books\" USING \"gin\" ((to_tsvector(''english''::regconfig, title)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter index idx_books_title on public.books (schema.yaml:49:7)
--   columns[0].opclass: none → {schema: pg_catalog, name: text_pattern_ops}
--   comment: none → for titles that begin with

-- Step 32 of 80: build index idx_books_title__reconcile_new on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 32 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_title__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_new"}, "title": "build index idx_books_title__reconcile_new on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "builds": "public.idx_books_title__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_title__reconcile_new\" ON \"public\".\"books\" (\"title\" \"pg_catalog\".\"text_pattern_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_title__reconcile_new" ON "public"."books" ("title" "pg_catalog"."text_pattern_ops");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_title__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_new"}, "title": "build index idx_books_title__reconcile_new on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "builds": "public.idx_books_title__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_title__reconcile_new\" ON \"public\".\"books\" (\"title\" \"pg_catalog\".\"text_pattern_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 33 of 80: comment on index idx_books_title__reconcile_new on public.books [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 33 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'comment index public.books.idx_books_title__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "comment", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_new"}, "title": "comment on index idx_books_title__reconcile_new on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["COMMENT ON INDEX \"public\".\"idx_books_title__reconcile_new\" IS ''for titles that begin with''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
COMMENT ON INDEX "public"."idx_books_title__reconcile_new" IS 'for titles that begin with';
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'comment index public.books.idx_books_title__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "comment", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_new"}, "title": "comment on index idx_books_title__reconcile_new on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["COMMENT ON INDEX \"public\".\"idx_books_title__reconcile_new\" IS ''for titles that begin with''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 34 of 80: swap in the new index idx_books_title on public.books [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 34 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.books.idx_books_title', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title"}, "title": "swap in the new index idx_books_title on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["ALTER INDEX \"public\".\"idx_books_title\" RENAME TO \"idx_books_title__reconcile_old\"", "ALTER INDEX \"public\".\"idx_books_title__reconcile_new\" RENAME TO \"idx_books_title\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER INDEX "public"."idx_books_title" RENAME TO "idx_books_title__reconcile_old";
ALTER INDEX "public"."idx_books_title__reconcile_new" RENAME TO "idx_books_title";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'swap index public.books.idx_books_title', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "swap", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title"}, "title": "swap in the new index idx_books_title on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["ALTER INDEX \"public\".\"idx_books_title\" RENAME TO \"idx_books_title__reconcile_old\"", "ALTER INDEX \"public\".\"idx_books_title__reconcile_new\" RENAME TO \"idx_books_title\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 35 of 80: drop index idx_books_title__reconcile_old on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly the index, marked invalid, which the next run drops
\echo 'step 35 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.books.idx_books_title__reconcile_old', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_old"}, "title": "drop index idx_books_title__reconcile_old on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_books_title__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
DROP INDEX CONCURRENTLY "public"."idx_books_title__reconcile_old";
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop index public.books.idx_books_title__reconcile_old', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_title__reconcile_old"}, "title": "drop index idx_books_title__reconcile_old on public.books", "object": "index idx_books_title on public.books", "schema": "public", "table": "books", "action": "alter", "before": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "title", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": "for titles that begin with", "clustered": false, "status": "valid"}, "place": "schema.yaml:49:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_title"], "before": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title"}], "replica_identity": false}, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": "for titles that begin with", "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "title", "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops", "unambiguous": true}, "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 49, 7]}]}, "sql": ["DROP INDEX CONCURRENTLY \"public\".\"idx_books_title__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_books_words on public.books (schema.yaml:44:7)

-- Step 36 of 80: build index idx_books_words on public.books [concurrent]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 36 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_words', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_words"}, "title": "build index idx_books_words on public.books", "object": "index idx_books_words on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "words", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:44:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_words"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "words"}], "replica_identity": false}, "place": ["schema.yaml", 44, 7]}]}, "builds": "public.idx_books_words", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_words\" ON \"public\".\"books\" USING \"gin\" (\"words\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_books_words" ON "public"."books" USING "gin" ("words");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.books.idx_books_words', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "books", "kind": "index", "name": "idx_books_words"}, "title": "build index idx_books_words on public.books", "object": "index idx_books_words on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "words", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "gin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:44:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "index", "idx_books_words"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "gin", "statistics": [], "elements": [{"column": "words"}], "replica_identity": false}, "place": ["schema.yaml", 44, 7]}]}, "builds": "public.idx_books_words", "sql": ["CREATE INDEX CONCURRENTLY \"idx_books_words\" ON \"public\".\"books\" USING \"gin\" (\"words\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_branches_town on public.branches (schema.yaml:10:7)

-- Step 37 of 80: build index idx_branches_town on public.branches [concurrent]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 37 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.branches.idx_branches_town', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "branches", "kind": "index", "name": "idx_branches_town"}, "title": "build index idx_branches_town on public.branches", "object": "index idx_branches_town on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "(at).town", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "index", "idx_branches_town"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"expression": "(at).town", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 10, 7]}]}, "builds": "public.idx_branches_town", "sql": ["CREATE INDEX CONCURRENTLY \"idx_branches_town\" ON \"public\".\"branches\" (((at).town))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_branches_town" ON "public"."branches" (((at).town));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.branches.idx_branches_town', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "branches", "kind": "index", "name": "idx_branches_town"}, "title": "build index idx_branches_town on public.branches", "object": "index idx_branches_town on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "(at).town", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "index", "idx_branches_town"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"expression": "(at).town", "opclass_params": []}], "replica_identity": false}, "place": ["schema.yaml", 10, 7]}]}, "builds": "public.idx_branches_town", "sql": ["CREATE INDEX CONCURRENTLY \"idx_branches_town\" ON \"public\".\"branches\" (((at).town))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index lent_by_book_id on public.lent_by_book (schema.yaml:81:7)

-- Step 38 of 80: build index lent_by_book_id on public.lent_by_book [concurrent]
--   locks public.lent_by_book SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 38 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.lent_by_book.lent_by_book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "lent_by_book", "kind": "index", "name": "lent_by_book_id"}, "title": "build index lent_by_book_id on public.lent_by_book", "object": "index lent_by_book_id on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:81:7", "definitions": {"format": 1, "objects": [{"key": ["public", "lent_by_book", "index", "lent_by_book_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "id"}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 81, 7]}]}, "builds": "public.lent_by_book_id", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lent_by_book_id\" ON \"public\".\"lent_by_book\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "lent_by_book_id" ON "public"."lent_by_book" ("id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.lent_by_book.lent_by_book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "lent_by_book", "kind": "index", "name": "lent_by_book_id"}, "title": "build index lent_by_book_id on public.lent_by_book", "object": "index lent_by_book_id on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:81:7", "definitions": {"format": 1, "objects": [{"key": ["public", "lent_by_book", "index", "lent_by_book_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "id"}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 81, 7]}]}, "builds": "public.lent_by_book_id", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"lent_by_book_id\" ON \"public\".\"lent_by_book\" (\"id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index lent_by_book_times on public.lent_by_book (schema.yaml:82:7)

-- Step 39 of 80: build index lent_by_book_times on public.lent_by_book [concurrent]
--   locks public.lent_by_book SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 39 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.lent_by_book.lent_by_book_times', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "lent_by_book", "kind": "index", "name": "lent_by_book_times"}, "title": "build index lent_by_book_times on public.lent_by_book", "object": "index lent_by_book_times on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "times", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:82:7", "definitions": {"format": 1, "objects": [{"key": ["public", "lent_by_book", "index", "lent_by_book_times"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "times", "descending": true}], "replica_identity": false}, "place": ["schema.yaml", 82, 7]}]}, "builds": "public.lent_by_book_times", "sql": ["CREATE INDEX CONCURRENTLY \"lent_by_book_times\" ON \"public\".\"lent_by_book\" (\"times\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "lent_by_book_times" ON "public"."lent_by_book" ("times" DESC);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.lent_by_book.lent_by_book_times', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "lent_by_book", "kind": "index", "name": "lent_by_book_times"}, "title": "build index lent_by_book_times on public.lent_by_book", "object": "index lent_by_book_times on public.lent_by_book", "schema": "public", "table": "lent_by_book", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "times", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:82:7", "definitions": {"format": 1, "objects": [{"key": ["public", "lent_by_book", "index", "lent_by_book_times"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "times", "descending": true}], "replica_identity": false}, "place": ["schema.yaml", 82, 7]}]}, "builds": "public.lent_by_book_times", "sql": ["CREATE INDEX CONCURRENTLY \"lent_by_book_times\" ON \"public\".\"lent_by_book\" (\"times\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_loans_book_id on public.loans (schema.yaml:73:7)

-- Step 40 of 80: build index idx_loans_book_id on public.loans [concurrent]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 40 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.loans.idx_loans_book_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_book_id"}, "title": "build index idx_loans_book_id on public.loans", "object": "index idx_loans_book_id on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "book_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:73:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_book_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "book_id"}, {"column": "lent_at", "descending": true}], "replica_identity": false}, "place": ["schema.yaml", 73, 7]}]}, "builds": "public.idx_loans_book_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_book_id\" ON \"public\".\"loans\" (\"book_id\", \"lent_at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_loans_book_id" ON "public"."loans" ("book_id", "lent_at" DESC);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.loans.idx_loans_book_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_book_id"}, "title": "build index idx_loans_book_id on public.loans", "object": "index idx_loans_book_id on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "book_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:73:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_book_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "book_id"}, {"column": "lent_at", "descending": true}], "replica_identity": false}, "place": ["schema.yaml", 73, 7]}]}, "builds": "public.idx_loans_book_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_book_id\" ON \"public\".\"loans\" (\"book_id\", \"lent_at\" DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_loans_lent_at on public.loans (schema.yaml:74:7)

-- Step 41 of 80: build index idx_loans_lent_at on public.loans [concurrent]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 41 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.loans.idx_loans_lent_at', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_lent_at"}, "title": "build index idx_loans_lent_at on public.loans", "object": "index idx_loans_lent_at on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "brin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:74:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_lent_at"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "brin", "statistics": [], "elements": [{"column": "lent_at"}], "replica_identity": false}, "place": ["schema.yaml", 74, 7]}]}, "builds": "public.idx_loans_lent_at", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_lent_at\" ON \"public\".\"loans\" USING \"brin\" (\"lent_at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_loans_lent_at" ON "public"."loans" USING "brin" ("lent_at");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.loans.idx_loans_lent_at', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "loans", "kind": "index", "name": "idx_loans_lent_at"}, "title": "build index idx_loans_lent_at on public.loans", "object": "index idx_loans_lent_at on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "lent_at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "brin", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:74:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "index", "idx_loans_lent_at"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "method": "brin", "statistics": [], "elements": [{"column": "lent_at"}], "replica_identity": false}, "place": ["schema.yaml", 74, 7]}]}, "builds": "public.idx_loans_lent_at", "sql": ["CREATE INDEX CONCURRENTLY \"idx_loans_lent_at\" ON \"public\".\"loans\" USING \"brin\" (\"lent_at\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_readers_email on public.readers (schema.yaml:63:7)

-- Step 42 of 80: build index idx_readers_email on public.readers [concurrent]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 42 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readers.idx_readers_email', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readers", "kind": "index", "name": "idx_readers_email"}, "title": "build index idx_readers_email on public.readers", "object": "index idx_readers_email on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((email)::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "active", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:63:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "index", "idx_readers_email"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "active", "statistics": [], "elements": [{"expression": "lower((email)::text)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 63, 7]}]}, "builds": "public.idx_readers_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"idx_readers_email\" ON \"public\".\"readers\" ((lower((email)::text))) WHERE (active)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "idx_readers_email" ON "public"."readers" ((lower((email)::text))) WHERE (active);
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.readers.idx_readers_email', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "readers", "kind": "index", "name": "idx_readers_email"}, "title": "build index idx_readers_email on public.readers", "object": "index idx_readers_email on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower((email)::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": true, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "active", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:63:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "index", "idx_readers_email"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "active", "statistics": [], "elements": [{"expression": "lower((email)::text)", "opclass_params": []}], "unique": true, "replica_identity": false}, "place": ["schema.yaml", 63, 7]}]}, "builds": "public.idx_readers_email", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"idx_readers_email\" ON \"public\".\"readers\" ((lower((email)::text))) WHERE (active)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_shelves_open on public.shelves (schema.yaml:24:7)
--   hazard unchecked-data: index idx_shelves_open on public.shelves was not tried out: it would call public.is_open(public.shelf_state); PostgreSQL 17 and later build indexes with search_path pg_catalog, pg_temp
--   hazard unchecked-data: keys of idx_shelves_open on public.shelves that cannot be computed or are too large, not checked because it would call public.is_open(public.shelf_state)

-- Step 43 of 80: build index idx_shelves_open on public.shelves [concurrent]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 43 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.shelves.idx_shelves_open', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "shelves", "kind": "index", "name": "idx_shelves_open"}, "title": "build index idx_shelves_open on public.shelves", "object": "index idx_shelves_open on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "public.is_open(state)", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:24:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "index", "idx_shelves_open"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "public.is_open(state)", "statistics": [], "elements": [{"column": "branch_id"}], "replica_identity": false}, "place": ["schema.yaml", 24, 7]}]}, "builds": "public.idx_shelves_open", "sql": ["CREATE INDEX CONCURRENTLY \"idx_shelves_open\" ON \"public\".\"shelves\" (\"branch_id\") WHERE (public.is_open(state))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_shelves_open" ON "public"."shelves" ("branch_id") WHERE (public.is_open(state));
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.shelves.idx_shelves_open', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "shelves", "kind": "index", "name": "idx_shelves_open"}, "title": "build index idx_shelves_open on public.shelves", "object": "index idx_shelves_open on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "branch_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": "public.is_open(state)", "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:24:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "index", "idx_shelves_open"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "where": "public.is_open(state)", "statistics": [], "elements": [{"column": "branch_id"}], "replica_identity": false}, "place": ["schema.yaml", 24, 7]}]}, "builds": "public.idx_shelves_open", "sql": ["CREATE INDEX CONCURRENTLY \"idx_shelves_open\" ON \"public\".\"shelves\" (\"branch_id\") WHERE (public.is_open(state))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create index idx_people_boss_id on staff.people (schema.yaml:18:7)

-- Step 44 of 80: build index idx_people_boss_id on staff.people [concurrent]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 44 of 80'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index staff.people.idx_people_boss_id', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "staff", "table": "people", "kind": "index", "name": "idx_people_boss_id"}, "title": "build index idx_people_boss_id on staff.people", "object": "index idx_people_boss_id on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "boss_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:18:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "index", "idx_people_boss_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "boss_id"}], "replica_identity": false}, "place": ["schema.yaml", 18, 7]}]}, "builds": "staff.idx_people_boss_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_people_boss_id\" ON \"staff\".\"people\" (\"boss_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "staff", "public", "pg_temp";
CREATE INDEX CONCURRENTLY "idx_people_boss_id" ON "staff"."people" ("boss_id");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index staff.people.idx_people_boss_id', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "staff", "table": "people", "kind": "index", "name": "idx_people_boss_id"}, "title": "build index idx_people_boss_id on staff.people", "object": "index idx_people_boss_id on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "boss_id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "unique": false, "nulls_distinct": true, "replica_identity": false, "using": "btree", "where": null, "statistics": {}, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:18:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "index", "idx_people_boss_id"], "before": null, "after": {"type": "Index", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "statistics": [], "elements": [{"column": "boss_id"}], "replica_identity": false}, "place": ["schema.yaml", 18, 7]}]}, "builds": "staff.idx_people_boss_id", "sql": ["CREATE INDEX CONCURRENTLY \"idx_people_boss_id\" ON \"staff\".\"people\" (\"boss_id\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check books_pages_check on public.books (schema.yaml:34:7)

-- Step 45 of 80: add check books_pages_check on public.books, NOT VALID [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 45 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_pages_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_pages_check"}, "title": "add check books_pages_check on public.books, NOT VALID", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:34:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_pages_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "pages > 0"}, "place": ["schema.yaml", 34, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_pages_check\" CHECK (pages > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_pages_check" CHECK (pages > 0) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_pages_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_pages_check"}, "title": "add check books_pages_check on public.books, NOT VALID", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:34:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_pages_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "pages > 0"}, "place": ["schema.yaml", 34, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_pages_check\" CHECK (pages > 0) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 46 of 80: validate check books_pages_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 46 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_pages_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_pages_check"}, "title": "validate check books_pages_check on public.books", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:34:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_pages_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "pages > 0"}, "place": ["schema.yaml", 34, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_pages_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_pages_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_pages_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_pages_check"}, "title": "validate check books_pages_check on public.books", "object": "check books_pages_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "pages > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:34:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_pages_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "pages > 0"}, "place": ["schema.yaml", 34, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_pages_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check books_printed_check on public.books (schema.yaml:36:7)

-- Step 47 of 80: add check books_printed_check on public.books, NOT VALID [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 47 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_printed_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_printed_check"}, "title": "add check books_printed_check on public.books, NOT VALID", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:36:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_printed_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(lower(printed) > 1400) OR isempty(printed)"}, "place": ["schema.yaml", 36, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_printed_check\" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_printed_check" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_printed_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_printed_check"}, "title": "add check books_printed_check on public.books, NOT VALID", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:36:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_printed_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(lower(printed) > 1400) OR isempty(printed)"}, "place": ["schema.yaml", 36, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_printed_check\" CHECK ((lower(printed) > 1400) OR isempty(printed)) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 48 of 80: validate check books_printed_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 48 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_printed_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_printed_check"}, "title": "validate check books_printed_check on public.books", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:36:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_printed_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(lower(printed) > 1400) OR isempty(printed)"}, "place": ["schema.yaml", 36, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_printed_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_printed_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_printed_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_printed_check"}, "title": "validate check books_printed_check on public.books", "object": "check books_printed_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "(lower(printed) > 1400) OR isempty(printed)", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:36:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_printed_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(lower(printed) > 1400) OR isempty(printed)"}, "place": ["schema.yaml", 36, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_printed_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check books_tags_check on public.books (schema.yaml:35:7)

-- Step 49 of 80: add check books_tags_check on public.books, NOT VALID [brief]
--   locks public.books ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 49 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_tags_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_tags_check"}, "title": "add check books_tags_check on public.books, NOT VALID", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:35:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_tags_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "array_position(tags, NULL::text) IS NULL"}, "place": ["schema.yaml", 35, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_tags_check\" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_tags_check" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.books.books_tags_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "check", "name": "books_tags_check"}, "title": "add check books_tags_check on public.books, NOT VALID", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:35:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_tags_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "array_position(tags, NULL::text) IS NULL"}, "place": ["schema.yaml", 35, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_tags_check\" CHECK (array_position(tags, NULL::text) IS NULL) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 50 of 80: validate check books_tags_check on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 50 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_tags_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_tags_check"}, "title": "validate check books_tags_check on public.books", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:35:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_tags_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "array_position(tags, NULL::text) IS NULL"}, "place": ["schema.yaml", 35, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_tags_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_tags_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.books.books_tags_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "check", "name": "books_tags_check"}, "title": "validate check books_tags_check on public.books", "object": "check books_tags_check on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "Check", "expression": "array_position(tags, NULL::text) IS NULL", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:35:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "check", "books_tags_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "array_position(tags, NULL::text) IS NULL"}, "place": ["schema.yaml", 35, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_tags_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter check loans_back_check on public.loans (schema.yaml:67:7)
--   expression: back_at > lent_at → lent_at < back_at
--   validated: false → true

-- Step 51 of 80: add check loans_back_check__reconcile_new on public.loans, NOT VALID [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 51 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.loans.loans_back_check__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check__reconcile_new"}, "title": "add check loans_back_check__reconcile_new on public.loans, NOT VALID", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_back_check__reconcile_new\" CHECK (lent_at < back_at) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_back_check__reconcile_new" CHECK (lent_at < back_at) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.loans.loans_back_check__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check__reconcile_new"}, "title": "add check loans_back_check__reconcile_new on public.loans, NOT VALID", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_back_check__reconcile_new\" CHECK (lent_at < back_at) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 52 of 80: validate check loans_back_check__reconcile_new on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 52 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.loans.loans_back_check__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check__reconcile_new"}, "title": "validate check loans_back_check__reconcile_new on public.loans", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_back_check__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_back_check__reconcile_new";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.loans.loans_back_check__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check__reconcile_new"}, "title": "validate check loans_back_check__reconcile_new on public.loans", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_back_check__reconcile_new\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 53 of 80: swap in the new check loans_back_check on public.loans [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 53 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace check public.loans.loans_back_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check"}, "title": "swap in the new check loans_back_check on public.loans", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_back_check\"", "ALTER TABLE \"public\".\"loans\" RENAME CONSTRAINT \"loans_back_check__reconcile_new\" TO \"loans_back_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" DROP CONSTRAINT "loans_back_check";
ALTER TABLE "public"."loans" RENAME CONSTRAINT "loans_back_check__reconcile_new" TO "loans_back_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace check public.loans.loans_back_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "loans", "kind": "check", "name": "loans_back_check"}, "title": "swap in the new check loans_back_check on public.loans", "object": "check loans_back_check on public.loans", "schema": "public", "table": "loans", "action": "alter", "before": {"type": "Check", "expression": "back_at > lent_at", "no_inherit": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "Check", "expression": "lent_at < back_at", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:67:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_back_check"], "before": {"type": "Check", "validated": false, "comment": null, "expression": "back_at > lent_at"}, "after": {"type": "Check", "comment": null, "expression": "lent_at < back_at"}, "place": ["schema.yaml", 67, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" DROP CONSTRAINT \"loans_back_check\"", "ALTER TABLE \"public\".\"loans\" RENAME CONSTRAINT \"loans_back_check__reconcile_new\" TO \"loans_back_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check loans_fee_check on public.loans (schema.yaml:68:7)

-- Step 54 of 80: add check loans_fee_check on public.loans, NOT VALID [brief]
--   locks public.loans ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 54 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.loans.loans_fee_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "check", "name": "loans_fee_check"}, "title": "add check loans_fee_check on public.loans, NOT VALID", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:68:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_fee_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(fee)::numeric <= (100)::numeric"}, "place": ["schema.yaml", 68, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_fee_check\" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_fee_check" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.loans.loans_fee_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "check", "name": "loans_fee_check"}, "title": "add check loans_fee_check on public.loans, NOT VALID", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:68:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_fee_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(fee)::numeric <= (100)::numeric"}, "place": ["schema.yaml", 68, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_fee_check\" CHECK ((fee)::numeric <= (100)::numeric) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 55 of 80: validate check loans_fee_check on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 55 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.loans.loans_fee_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "check", "name": "loans_fee_check"}, "title": "validate check loans_fee_check on public.loans", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:68:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_fee_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(fee)::numeric <= (100)::numeric"}, "place": ["schema.yaml", 68, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_fee_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_fee_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.loans.loans_fee_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "check", "name": "loans_fee_check"}, "title": "validate check loans_fee_check on public.loans", "object": "check loans_fee_check on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "Check", "expression": "(fee)::numeric <= (100)::numeric", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:68:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "check", "loans_fee_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(fee)::numeric <= (100)::numeric"}, "place": ["schema.yaml", 68, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_fee_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check readers_contact_check on public.readers (schema.yaml:60:7)

-- Step 56 of 80: add check readers_contact_check on public.readers, NOT VALID [brief]
--   locks public.readers ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 56 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.readers.readers_contact_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "readers", "kind": "check", "name": "readers_contact_check"}, "title": "add check readers_contact_check on public.readers, NOT VALID", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_contact_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "num_nonnulls(email, phone) > 0"}, "place": ["schema.yaml", 60, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_contact_check\" CHECK (num_nonnulls(email, phone) > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readers" ADD CONSTRAINT "readers_contact_check" CHECK (num_nonnulls(email, phone) > 0) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.readers.readers_contact_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "readers", "kind": "check", "name": "readers_contact_check"}, "title": "add check readers_contact_check on public.readers, NOT VALID", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_contact_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "num_nonnulls(email, phone) > 0"}, "place": ["schema.yaml", 60, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_contact_check\" CHECK (num_nonnulls(email, phone) > 0) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 57 of 80: validate check readers_contact_check on public.readers [scan]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 57 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.readers.readers_contact_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "readers", "kind": "check", "name": "readers_contact_check"}, "title": "validate check readers_contact_check on public.readers", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_contact_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "num_nonnulls(email, phone) > 0"}, "place": ["schema.yaml", 60, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_contact_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readers" VALIDATE CONSTRAINT "readers_contact_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.readers.readers_contact_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "readers", "kind": "check", "name": "readers_contact_check"}, "title": "validate check readers_contact_check on public.readers", "object": "check readers_contact_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "num_nonnulls(email, phone) > 0", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:60:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_contact_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "num_nonnulls(email, phone) > 0"}, "place": ["schema.yaml", 60, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_contact_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check readers_email_check on public.readers (schema.yaml:61:7)

-- Step 58 of 80: add check readers_email_check on public.readers, NOT VALID [brief]
--   locks public.readers ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 58 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.readers.readers_email_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "readers", "kind": "check", "name": "readers_email_check"}, "title": "add check readers_email_check on public.readers, NOT VALID", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:61:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_email_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(email)::text ~~ ''%_@_%''::text"}, "place": ["schema.yaml", 61, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_email_check\" CHECK ((email)::text ~~ ''%_@_%''::text) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readers" ADD CONSTRAINT "readers_email_check" CHECK ((email)::text ~~ '%_@_%'::text) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check public.readers.readers_email_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "readers", "kind": "check", "name": "readers_email_check"}, "title": "add check readers_email_check on public.readers, NOT VALID", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:61:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_email_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(email)::text ~~ ''%_@_%''::text"}, "place": ["schema.yaml", 61, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" ADD CONSTRAINT \"readers_email_check\" CHECK ((email)::text ~~ ''%_@_%''::text) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 59 of 80: validate check readers_email_check on public.readers [scan]
--   locks public.readers SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 59 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.readers.readers_email_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "readers", "kind": "check", "name": "readers_email_check"}, "title": "validate check readers_email_check on public.readers", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:61:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_email_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(email)::text ~~ ''%_@_%''::text"}, "place": ["schema.yaml", 61, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_email_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."readers" VALIDATE CONSTRAINT "readers_email_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check public.readers.readers_email_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "readers", "kind": "check", "name": "readers_email_check"}, "title": "validate check readers_email_check on public.readers", "object": "check readers_email_check on public.readers", "schema": "public", "table": "readers", "action": "create", "before": null, "after": {"type": "Check", "expression": "(email)::text ~~ ''%_@_%''::text", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:61:7", "definitions": {"format": 1, "objects": [{"key": ["public", "readers", "check", "readers_email_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "(email)::text ~~ ''%_@_%''::text"}, "place": ["schema.yaml", 61, 7]}]}, "sql": ["ALTER TABLE \"public\".\"readers\" VALIDATE CONSTRAINT \"readers_email_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create check people_boss_check on staff.people (schema.yaml:14:7)

-- Step 60 of 80: add check people_boss_check on staff.people, NOT VALID [brief]
--   locks staff.people ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 60 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check staff.people.people_boss_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "check", "name": "people_boss_check"}, "title": "add check people_boss_check on staff.people, NOT VALID", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:14:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "check", "people_boss_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "boss_id <> id"}, "place": ["schema.yaml", 14, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_check\" CHECK (boss_id <> id) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_boss_check" CHECK (boss_id <> id) NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add check staff.people.people_boss_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "check", "name": "people_boss_check"}, "title": "add check people_boss_check on staff.people, NOT VALID", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:14:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "check", "people_boss_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "boss_id <> id"}, "place": ["schema.yaml", 14, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_check\" CHECK (boss_id <> id) NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 61 of 80: validate check people_boss_check on staff.people [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 61 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check staff.people.people_boss_check', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "check", "name": "people_boss_check"}, "title": "validate check people_boss_check on staff.people", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:14:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "check", "people_boss_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "boss_id <> id"}, "place": ["schema.yaml", 14, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_boss_check";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate check staff.people.people_boss_check', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "check", "name": "people_boss_check"}, "title": "validate check people_boss_check on staff.people", "object": "check people_boss_check on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "Check", "expression": "boss_id <> id", "no_inherit": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:14:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "check", "people_boss_check"], "before": null, "after": {"type": "Check", "comment": null, "expression": "boss_id <> id"}, "place": ["schema.yaml", 14, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_check\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key book_authors_author_id_fkey on public.book_authors (schema.yaml:55:7)

-- Step 62 of 80: add foreign key book_authors_author_id_fkey on public.book_authors, NOT VALID [brief]
--   locks public.book_authors SHARE ROW EXCLUSIVE: blocks writes
--   locks public.authors SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 62 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.book_authors.book_authors_author_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_author_id_fkey"}, "title": "add foreign key book_authors_author_id_fkey on public.book_authors, NOT VALID", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:55:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_author_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["author_id"], "ref_table": ["public", "authors"], "ref_columns": ["id"], "on_delete": "restrict"}, "place": ["schema.yaml", 55, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_fkey\" FOREIGN KEY (\"author_id\") REFERENCES \"public\".\"authors\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "public"."authors" ("id") ON DELETE RESTRICT NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.book_authors.book_authors_author_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_author_id_fkey"}, "title": "add foreign key book_authors_author_id_fkey on public.book_authors, NOT VALID", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:55:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_author_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["author_id"], "ref_table": ["public", "authors"], "ref_columns": ["id"], "on_delete": "restrict"}, "place": ["schema.yaml", 55, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_author_id_fkey\" FOREIGN KEY (\"author_id\") REFERENCES \"public\".\"authors\" (\"id\") ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 63 of 80: validate foreign key book_authors_author_id_fkey on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.authors ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 63 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.book_authors.book_authors_author_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_author_id_fkey"}, "title": "validate foreign key book_authors_author_id_fkey on public.book_authors", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:55:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_author_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["author_id"], "ref_table": ["public", "authors"], "ref_columns": ["id"], "on_delete": "restrict"}, "place": ["schema.yaml", 55, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."authors" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_author_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.book_authors.book_authors_author_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_author_id_fkey"}, "title": "validate foreign key book_authors_author_id_fkey on public.book_authors", "object": "foreign key book_authors_author_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["author_id"], "ref_table": {"schema": "public", "name": "authors"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:55:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_author_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["author_id"], "ref_table": ["public", "authors"], "ref_columns": ["id"], "on_delete": "restrict"}, "place": ["schema.yaml", 55, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_author_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key book_authors_book_id_fkey on public.book_authors (schema.yaml:54:7)

-- Step 64 of 80: add foreign key book_authors_book_id_fkey on public.book_authors, NOT VALID [brief]
--   locks public.book_authors SHARE ROW EXCLUSIVE: blocks writes
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 64 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.book_authors.book_authors_book_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_book_id_fkey"}, "title": "add foreign key book_authors_book_id_fkey on public.book_authors, NOT VALID", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:54:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 54, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" ADD CONSTRAINT "book_authors_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "public"."books" ("id") ON DELETE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.book_authors.book_authors_book_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_book_id_fkey"}, "title": "add foreign key book_authors_book_id_fkey on public.book_authors, NOT VALID", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:54:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 54, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" ADD CONSTRAINT \"book_authors_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 65 of 80: validate foreign key book_authors_book_id_fkey on public.book_authors [scan]
--   locks public.book_authors SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.books ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 65 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.book_authors.book_authors_book_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_book_id_fkey"}, "title": "validate foreign key book_authors_book_id_fkey on public.book_authors", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:54:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 54, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."book_authors" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."book_authors" VALIDATE CONSTRAINT "book_authors_book_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.book_authors.book_authors_book_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "book_authors", "kind": "foreign_key", "name": "book_authors_book_id_fkey"}, "title": "validate foreign key book_authors_book_id_fkey on public.book_authors", "object": "foreign key book_authors_book_id_fkey on public.book_authors", "schema": "public", "table": "book_authors", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:54:7", "definitions": {"format": 1, "objects": [{"key": ["public", "book_authors", "foreign_key", "book_authors_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 54, 7]}]}, "sql": ["ALTER TABLE \"public\".\"book_authors\" VALIDATE CONSTRAINT \"book_authors_book_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key books_shelf_fkey on public.books (schema.yaml:38:7)

-- Step 66 of 80: add foreign key books_shelf_fkey on public.books, NOT VALID [brief]
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   locks public.shelves SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 66 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.books.books_shelf_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "foreign_key", "name": "books_shelf_fkey"}, "title": "add foreign key books_shelf_fkey on public.books, NOT VALID", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:38:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "foreign_key", "books_shelf_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id", "shelf"], "ref_table": ["public", "shelves"], "ref_columns": ["branch_id", "code"], "on_delete": "set null", "deferrable": true}, "place": ["schema.yaml", 38, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_shelf_fkey\" FOREIGN KEY (\"branch_id\", \"shelf\") REFERENCES \"public\".\"shelves\" (\"branch_id\", \"code\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."books" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" ADD CONSTRAINT "books_shelf_fkey" FOREIGN KEY ("branch_id", "shelf") REFERENCES "public"."shelves" ("branch_id", "code") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.books.books_shelf_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "books", "kind": "foreign_key", "name": "books_shelf_fkey"}, "title": "add foreign key books_shelf_fkey on public.books, NOT VALID", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:38:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "foreign_key", "books_shelf_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id", "shelf"], "ref_table": ["public", "shelves"], "ref_columns": ["branch_id", "code"], "on_delete": "set null", "deferrable": true}, "place": ["schema.yaml", 38, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" ADD CONSTRAINT \"books_shelf_fkey\" FOREIGN KEY (\"branch_id\", \"shelf\") REFERENCES \"public\".\"shelves\" (\"branch_id\", \"code\") ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 67 of 80: validate foreign key books_shelf_fkey on public.books [scan]
--   locks public.books SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.shelves ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 67 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.books.books_shelf_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "foreign_key", "name": "books_shelf_fkey"}, "title": "validate foreign key books_shelf_fkey on public.books", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:38:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "foreign_key", "books_shelf_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id", "shelf"], "ref_table": ["public", "shelves"], "ref_columns": ["branch_id", "code"], "on_delete": "set null", "deferrable": true}, "place": ["schema.yaml", 38, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_shelf_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."books" VALIDATE CONSTRAINT "books_shelf_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.books.books_shelf_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "books", "kind": "foreign_key", "name": "books_shelf_fkey"}, "title": "validate foreign key books_shelf_fkey on public.books", "object": "foreign key books_shelf_fkey on public.books", "schema": "public", "table": "books", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id", "shelf"], "ref_table": {"schema": "public", "name": "shelves"}, "ref_columns": ["branch_id", "code"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:38:7", "definitions": {"format": 1, "objects": [{"key": ["public", "books", "foreign_key", "books_shelf_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id", "shelf"], "ref_table": ["public", "shelves"], "ref_columns": ["branch_id", "code"], "on_delete": "set null", "deferrable": true}, "place": ["schema.yaml", 38, 7]}]}, "sql": ["ALTER TABLE \"public\".\"books\" VALIDATE CONSTRAINT \"books_shelf_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key branches_manager_id_fkey on public.branches (schema.yaml:8:7)

-- Step 68 of 80: add foreign key branches_manager_id_fkey on public.branches, NOT VALID [brief]
--   locks public.branches SHARE ROW EXCLUSIVE: blocks writes
--   locks staff.people SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 68 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.branches.branches_manager_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "branches", "kind": "foreign_key", "name": "branches_manager_id_fkey"}, "title": "add foreign key branches_manager_id_fkey on public.branches, NOT VALID", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "foreign_key", "branches_manager_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["manager_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"], "on_delete": "set null"}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_manager_id_fkey\" FOREIGN KEY (\"manager_id\") REFERENCES \"staff\".\"people\" (\"id\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "staff"."people" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."branches" ADD CONSTRAINT "branches_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "staff"."people" ("id") ON DELETE SET NULL NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.branches.branches_manager_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "branches", "kind": "foreign_key", "name": "branches_manager_id_fkey"}, "title": "add foreign key branches_manager_id_fkey on public.branches, NOT VALID", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "foreign_key", "branches_manager_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["manager_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"], "on_delete": "set null"}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" ADD CONSTRAINT \"branches_manager_id_fkey\" FOREIGN KEY (\"manager_id\") REFERENCES \"staff\".\"people\" (\"id\") ON DELETE SET NULL NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 69 of 80: validate foreign key branches_manager_id_fkey on public.branches [scan]
--   locks public.branches SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks staff.people ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 69 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.branches.branches_manager_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "branches", "kind": "foreign_key", "name": "branches_manager_id_fkey"}, "title": "validate foreign key branches_manager_id_fkey on public.branches", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "foreign_key", "branches_manager_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["manager_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"], "on_delete": "set null"}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" VALIDATE CONSTRAINT \"branches_manager_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "staff"."people" IN ROW SHARE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."branches" VALIDATE CONSTRAINT "branches_manager_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.branches.branches_manager_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "branches", "kind": "foreign_key", "name": "branches_manager_id_fkey"}, "title": "validate foreign key branches_manager_id_fkey on public.branches", "object": "foreign key branches_manager_id_fkey on public.branches", "schema": "public", "table": "branches", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["manager_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "set null", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "branches", "foreign_key", "branches_manager_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["manager_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"], "on_delete": "set null"}, "place": ["schema.yaml", 8, 7]}]}, "sql": ["ALTER TABLE \"public\".\"branches\" VALIDATE CONSTRAINT \"branches_manager_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key loans_book_id_fkey on public.loans (schema.yaml:70:7)

-- Step 70 of 80: add foreign key loans_book_id_fkey on public.loans, NOT VALID [brief]
--   locks public.loans SHARE ROW EXCLUSIVE: blocks writes
--   locks public.books SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 70 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.loans.loans_book_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_book_id_fkey"}, "title": "add foreign key loans_book_id_fkey on public.loans, NOT VALID", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:70:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_update": "cascade", "on_delete": "restrict"}, "place": ["schema.yaml", 70, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_book_id_fkey" FOREIGN KEY ("book_id") REFERENCES "public"."books" ("id") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.loans.loans_book_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_book_id_fkey"}, "title": "add foreign key loans_book_id_fkey on public.loans, NOT VALID", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:70:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_update": "cascade", "on_delete": "restrict"}, "place": ["schema.yaml", 70, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_book_id_fkey\" FOREIGN KEY (\"book_id\") REFERENCES \"public\".\"books\" (\"id\") ON UPDATE CASCADE ON DELETE RESTRICT NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 71 of 80: validate foreign key loans_book_id_fkey on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.books ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 71 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.loans.loans_book_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_book_id_fkey"}, "title": "validate foreign key loans_book_id_fkey on public.loans", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:70:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_update": "cascade", "on_delete": "restrict"}, "place": ["schema.yaml", 70, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."books" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_book_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.loans.loans_book_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_book_id_fkey"}, "title": "validate foreign key loans_book_id_fkey on public.loans", "object": "foreign key loans_book_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["book_id"], "ref_table": {"schema": "public", "name": "books"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "restrict", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:70:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_book_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["book_id"], "ref_table": ["public", "books"], "ref_columns": ["id"], "on_update": "cascade", "on_delete": "restrict"}, "place": ["schema.yaml", 70, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_book_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key loans_reader_id_fkey on public.loans (schema.yaml:71:7)

-- Step 72 of 80: add foreign key loans_reader_id_fkey on public.loans, NOT VALID [brief]
--   locks public.loans SHARE ROW EXCLUSIVE: blocks writes
--   locks public.readers SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 72 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.loans.loans_reader_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_reader_id_fkey"}, "title": "add foreign key loans_reader_id_fkey on public.loans, NOT VALID", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:71:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_reader_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["reader_id"], "ref_table": ["public", "readers"], "ref_columns": ["id"]}, "place": ["schema.yaml", 71, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_fkey\" FOREIGN KEY (\"reader_id\") REFERENCES \"public\".\"readers\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" ADD CONSTRAINT "loans_reader_id_fkey" FOREIGN KEY ("reader_id") REFERENCES "public"."readers" ("id") NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.loans.loans_reader_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_reader_id_fkey"}, "title": "add foreign key loans_reader_id_fkey on public.loans, NOT VALID", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:71:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_reader_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["reader_id"], "ref_table": ["public", "readers"], "ref_columns": ["id"]}, "place": ["schema.yaml", 71, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" ADD CONSTRAINT \"loans_reader_id_fkey\" FOREIGN KEY (\"reader_id\") REFERENCES \"public\".\"readers\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 73 of 80: validate foreign key loans_reader_id_fkey on public.loans [scan]
--   locks public.loans SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.readers ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 73 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.loans.loans_reader_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_reader_id_fkey"}, "title": "validate foreign key loans_reader_id_fkey on public.loans", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:71:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_reader_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["reader_id"], "ref_table": ["public", "readers"], "ref_columns": ["id"]}, "place": ["schema.yaml", 71, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."readers" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."loans" VALIDATE CONSTRAINT "loans_reader_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.loans.loans_reader_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "loans", "kind": "foreign_key", "name": "loans_reader_id_fkey"}, "title": "validate foreign key loans_reader_id_fkey on public.loans", "object": "foreign key loans_reader_id_fkey on public.loans", "schema": "public", "table": "loans", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["reader_id"], "ref_table": {"schema": "public", "name": "readers"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:71:7", "definitions": {"format": 1, "objects": [{"key": ["public", "loans", "foreign_key", "loans_reader_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["reader_id"], "ref_table": ["public", "readers"], "ref_columns": ["id"]}, "place": ["schema.yaml", 71, 7]}]}, "sql": ["ALTER TABLE \"public\".\"loans\" VALIDATE CONSTRAINT \"loans_reader_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key shelves_branch_id_fkey on public.shelves (schema.yaml:22:7)

-- Step 74 of 80: add foreign key shelves_branch_id_fkey on public.shelves, NOT VALID [brief]
--   locks public.shelves SHARE ROW EXCLUSIVE: blocks writes
--   locks public.branches SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 74 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.shelves.shelves_branch_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "shelves", "kind": "foreign_key", "name": "shelves_branch_id_fkey"}, "title": "add foreign key shelves_branch_id_fkey on public.shelves, NOT VALID", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:22:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "foreign_key", "shelves_branch_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id"], "ref_table": ["public", "branches"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 22, 7]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_branch_id_fkey\" FOREIGN KEY (\"branch_id\") REFERENCES \"public\".\"branches\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."shelves" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."shelves" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."shelves" ADD CONSTRAINT "shelves_branch_id_fkey" FOREIGN KEY ("branch_id") REFERENCES "public"."branches" ("id") ON DELETE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.shelves.shelves_branch_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "shelves", "kind": "foreign_key", "name": "shelves_branch_id_fkey"}, "title": "add foreign key shelves_branch_id_fkey on public.shelves, NOT VALID", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:22:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "foreign_key", "shelves_branch_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id"], "ref_table": ["public", "branches"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 22, 7]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" ADD CONSTRAINT \"shelves_branch_id_fkey\" FOREIGN KEY (\"branch_id\") REFERENCES \"public\".\"branches\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 75 of 80: validate foreign key shelves_branch_id_fkey on public.shelves [scan]
--   locks public.shelves SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.branches ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 75 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.shelves.shelves_branch_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "shelves", "kind": "foreign_key", "name": "shelves_branch_id_fkey"}, "title": "validate foreign key shelves_branch_id_fkey on public.shelves", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:22:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "foreign_key", "shelves_branch_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id"], "ref_table": ["public", "branches"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 22, 7]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" VALIDATE CONSTRAINT \"shelves_branch_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."branches" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."shelves" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."shelves" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."shelves" VALIDATE CONSTRAINT "shelves_branch_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.shelves.shelves_branch_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "shelves", "kind": "foreign_key", "name": "shelves_branch_id_fkey"}, "title": "validate foreign key shelves_branch_id_fkey on public.shelves", "object": "foreign key shelves_branch_id_fkey on public.shelves", "schema": "public", "table": "shelves", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["branch_id"], "ref_table": {"schema": "public", "name": "branches"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:22:7", "definitions": {"format": 1, "objects": [{"key": ["public", "shelves", "foreign_key", "shelves_branch_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["branch_id"], "ref_table": ["public", "branches"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 22, 7]}]}, "sql": ["ALTER TABLE \"public\".\"shelves\" VALIDATE CONSTRAINT \"shelves_branch_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key people_boss_id_fkey on staff.people (schema.yaml:16:7)

-- Step 76 of 80: add foreign key people_boss_id_fkey on staff.people, NOT VALID [brief]
--   locks staff.people SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 76 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key staff.people.people_boss_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "foreign_key", "name": "people_boss_id_fkey"}, "title": "add foreign key people_boss_id_fkey on staff.people, NOT VALID", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:16:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "foreign_key", "people_boss_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["boss_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"]}, "place": ["schema.yaml", 16, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_id_fkey\" FOREIGN KEY (\"boss_id\") REFERENCES \"staff\".\"people\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE ROW EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" ADD CONSTRAINT "people_boss_id_fkey" FOREIGN KEY ("boss_id") REFERENCES "staff"."people" ("id") NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key staff.people.people_boss_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "staff", "table": "people", "kind": "foreign_key", "name": "people_boss_id_fkey"}, "title": "add foreign key people_boss_id_fkey on staff.people, NOT VALID", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:16:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "foreign_key", "people_boss_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["boss_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"]}, "place": ["schema.yaml", 16, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" ADD CONSTRAINT \"people_boss_id_fkey\" FOREIGN KEY (\"boss_id\") REFERENCES \"staff\".\"people\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 77 of 80: validate foreign key people_boss_id_fkey on staff.people [scan]
--   locks staff.people SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks staff.people ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 77 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key staff.people.people_boss_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "foreign_key", "name": "people_boss_id_fkey"}, "title": "validate foreign key people_boss_id_fkey on staff.people", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:16:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "foreign_key", "people_boss_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["boss_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"]}, "place": ["schema.yaml", 16, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "staff"."people" IN SHARE UPDATE EXCLUSIVE MODE'
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
SET LOCAL search_path = "staff", "public", "pg_temp";
ALTER TABLE "staff"."people" VALIDATE CONSTRAINT "people_boss_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key staff.people.people_boss_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "staff", "table": "people", "kind": "foreign_key", "name": "people_boss_id_fkey"}, "title": "validate foreign key people_boss_id_fkey on staff.people", "object": "foreign key people_boss_id_fkey on staff.people", "schema": "staff", "table": "people", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["boss_id"], "ref_table": {"schema": "staff", "name": "people"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:16:7", "definitions": {"format": 1, "objects": [{"key": ["staff", "people", "foreign_key", "people_boss_id_fkey"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["boss_id"], "ref_table": ["staff", "people"], "ref_columns": ["id"]}, "place": ["schema.yaml", 16, 7]}]}, "sql": ["ALTER TABLE \"staff\".\"people\" VALIDATE CONSTRAINT \"people_boss_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- archive table public.loans_copy (schema.yaml:84:3)

-- Step 78 of 80: create schema reconcile_archive [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 78 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 79 of 80: move table public.loans_copy to reconcile_archive, to count its rows there [brief]
--   locks public.loans_copy ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 79 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move dropped_table public.loans_copy', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "move table public.loans_copy to reconcile_archive, to count its rows there", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["ALTER TABLE \"public\".\"loans_copy\" RENAME TO \"loans_copy__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": {}, \"unfinished\": true}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans_copy" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."loans_copy" IN SHARE UPDATE EXCLUSIVE MODE'
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
--   guard: nothing depends on public.loans_copy
SELECT (SELECT count(*) FROM pg_catalog.pg_class t CROSS JOIN LATERAL (SELECT DISTINCT jsonb_build_object( 'description', CASE WHEN r.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0) ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END, 'schema', coalesce(cn.nspname, hn.nspname, fn.nspname), 'table', coalesce(ct.relname, ht.relname, ft.relname), 'default', f.oid IS NOT NULL) AS found FROM pg_depend d LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid LEFT JOIN pg_class ct ON ct.oid = c.conrelid LEFT JOIN pg_namespace cn ON cn.oid = ct.relnamespace LEFT JOIN pg_inherits h ON d.classid = 'pg_class'::regclass AND h.inhrelid = d.objid AND h.inhparent = t.oid LEFT JOIN pg_class ht ON ht.oid = h.inhrelid LEFT JOIN pg_namespace hn ON hn.oid = ht.relnamespace LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid LEFT JOIN pg_class ft ON ft.oid = f.adrelid LEFT JOIN pg_namespace fn ON fn.oid = ft.relnamespace WHERE d.deptype IN ('n', 'a') AND ((d.refclassid = 'pg_class'::regclass AND (d.refobjid = t.oid OR d.refobjid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) OR (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT y.oid FROM pg_type y WHERE y.oid = t.reltype OR y.typelem = t.reltype))) AND r.ev_class IS DISTINCT FROM t.oid AND c.conrelid IS DISTINCT FROM t.oid AND cn.nspname IS DISTINCT FROM 'reconcile_archive' AND f.adrelid IS DISTINCT FROM t.oid AND NOT EXISTS (SELECT FROM pg_trigger g WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid AND g.tgrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_policy p WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_statistic_ext e WHERE d.classid = 'pg_statistic_ext'::regclass AND e.oid = d.objid AND e.stxrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_index x WHERE d.classid = 'pg_class'::regclass AND x.indexrelid = d.objid AND x.indrelid = t.oid) AND NOT (d.classid = 'pg_class'::regclass AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) UNION SELECT jsonb_build_object('description', 'extension ' || quote_ident(e.extname), 'schema', NULL, 'table', NULL) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q)) UNION SELECT jsonb_build_object('description', 'subscription ' || quote_ident(s.subname), 'schema', NULL, 'table', NULL) FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE r.srrelid = t.oid) AS edge WHERE t.oid = '"public"."loans_copy"'::pg_catalog.regclass AND found ->> 'schema' IS DISTINCT FROM 'reconcile_archive') = 0 AS passed \gset
\if :passed
\else
SELECT 'step 79: guard has-dependents failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 79: guard has-dependents failed; plan again to see why''; END';
\endif
SELECT (SELECT candidate FROM generate_series(1, 9999) AS n CROSS JOIN LATERAL (SELECT 'loans_copy' || CASE WHEN n > 1 THEN '_' || n ELSE '' END || '__' || :'run_time') AS t (candidate) WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.relname IN (candidate, '_' || candidate)) AND NOT EXISTS (SELECT FROM pg_type c JOIN pg_namespace s ON s.oid = c.typnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.typname IN (candidate, '_' || candidate)) ORDER BY n LIMIT 1) AS archive_1 \gset
SELECT '{"archived_by": "reconcile", "schema": "public", "table": "loans_copy", "comment": null' || ', "renamed": {' || '}' || ', "unfinished": true' || '}' AS origin_1 \gset
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."loans_copy" RENAME TO :"archive_1";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS :'origin_1';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move dropped_table public.loans_copy', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "move table public.loans_copy to reconcile_archive, to count its rows there", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["ALTER TABLE \"public\".\"loans_copy\" RENAME TO \"loans_copy__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": {}, \"unfinished\": true}''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['ALTER TABLE "public"."loans_copy" RENAME TO ' || concat('"', replace(:'archive_1', '"', '""'), '"'), 'ALTER TABLE "public".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' SET SCHEMA "reconcile_archive"', 'COMMENT ON TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' IS ' || quote_literal(:'origin_1')]::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 80 of 80: keep table public.loans_copy in reconcile_archive [brief]
--   locks reconcile_archive."loans_copy__<YYYYMMDDTHHMMSSZ>" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the table in reconcile_archive: the next run counts its rows again
\echo 'step 80 of 80'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN READ ONLY;
--   guard: public.loans holds at least as many rows as public.loans_copy
SELECT (SELECT greatest((SELECT count(*) FROM "reconcile_archive".:"archive_1") - (SELECT count(*) FROM "public"."loans"), 0)) = 0 AS passed \gset
COMMIT;
\if :passed
\else
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move-back dropped_table public.loans_copy', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move-back", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "move table public.loans_copy back", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["ALTER TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"public\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" RENAME TO \"loans_copy\"", "COMMENT ON TABLE \"public\".\"loans_copy\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "reconcile_archive".:"archive_1" SET SCHEMA "public";
ALTER TABLE "public".:"archive_1" RENAME TO "loans_copy";
COMMENT ON TABLE "public"."loans_copy" IS NULL;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move-back dropped_table public.loans_copy', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move-back", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "move table public.loans_copy back", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["ALTER TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"public\"", "ALTER TABLE \"public\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" RENAME TO \"loans_copy\"", "COMMENT ON TABLE \"public\".\"loans_copy\" IS NULL"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['ALTER TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' SET SCHEMA "public"', 'ALTER TABLE "public".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' RENAME TO "loans_copy"', 'COMMENT ON TABLE "public"."loans_copy" IS NULL']::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\endif
\if :passed
\else
SELECT 'step 80: guard fewer-rows failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 80: guard fewer-rows failed; plan again to see why''; END';
\endif
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'archive dropped_table public.loans_copy', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "keep table public.loans_copy in reconcile_archive", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": {}}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SELECT '{"archived_by": "reconcile", "schema": "public", "table": "loans_copy", "comment": null' || ', "renamed": {' || '}' || '}' AS origin_2 \gset
SET LOCAL search_path = "public", "pg_temp";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS :'origin_2';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'archive dropped_table public.loans_copy', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "loans_copy", "kind": "dropped_table", "name": ""}, "title": "keep table public.loans_copy in reconcile_archive", "object": "dropped table public.loans_copy", "schema": "public", "table": "loans_copy", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": [], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "oid": 1}, "after": {"type": "DroppedTable", "replaced_by": {"schema": "public", "name": "loans"}, "backup": "archive"}, "place": "schema.yaml:84:3", "definitions": {"format": 1, "objects": [{"key": ["public", "loans_copy", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "replaced_by": ["public", "loans"]}, "place": ["schema.yaml", 84, 3]}]}, "sql": ["COMMENT ON TABLE \"reconcile_archive\".\"loans_copy__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"loans_copy\", \"comment\": null, \"renamed\": {}}''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['COMMENT ON TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' IS ' || quote_literal(:'origin_2')]::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 80}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 80 steps'
