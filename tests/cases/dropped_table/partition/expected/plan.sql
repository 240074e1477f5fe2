-- Plan: 1 table to drop; 1 table to archive; 7 steps.
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 7, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- drop table public.events_2019 (schema.yaml:3:3)
--   hazard drop-table: public.events_2019 is dropped

-- Step 1 of 7: detach partition public.events_2019 from public.events concurrently [staged]
--   locks public.events SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.events_2019 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: the partition attached, being detached, or detached under its own name, with a mark that says how it comes back: the next run continues
\echo 'step 1 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'detach dropped_table public.events_2019', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "detach", "schema": "public", "table": "events_2019", "kind": "dropped_table", "name": ""}, "title": "detach partition public.events_2019 from public.events concurrently", "object": "dropped table public.events_2019", "schema": "public", "table": "events_2019", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": ["events_2019_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2019-01-01'') TO (''2020-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "place": "schema.yaml:3:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2019", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "backup": "none"}, "place": ["schema.yaml", 3, 3]}]}, "sql": ["DO ''DECLARE mark text; BEGIN FOR mark IN SELECT concat(''''{\"detached_by\": \"reconcile\", \"parent\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''''''2019-01-01'''''''') TO (''''''''2020-01-01'''''''')\"'''', '''', \"condition\": '''', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''''null''''), '''', \"checks\": '''', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''''c'''' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''''}'''') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''''\"public\".\"events_2019\"''''::regclass LOOP EXECUTE ''''COMMENT ON TYPE \"public\".\"events_2019\" IS '''' || quote_literal(mark); END LOOP; END''", "ALTER TABLE \"public\".\"events\" DETACH PARTITION \"public\".\"events_2019\" CONCURRENTLY"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SELECT coalesce((SELECT i.inhdetachpending AS pending FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class t ON t.oid = i.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND t.relname = 'events_2019'), false) AS pending \gset
DO 'DECLARE mark text; BEGIN FOR mark IN SELECT concat(''{"detached_by": "reconcile", "parent": ["public", "events"], "bound": "FOR VALUES FROM (''''2019-01-01'''') TO (''''2020-01-01'''')"'', '', "condition": '', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''null''), '', "checks": '', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''c'' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''}'') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''"public"."events_2019"''::regclass LOOP EXECUTE ''COMMENT ON TYPE "public"."events_2019" IS '' || quote_literal(mark); END LOOP; END';
SET search_path = "public", "pg_temp";
\if :pending
ALTER TABLE "public"."events" DETACH PARTITION "public"."events_2019" FINALIZE;
\else
ALTER TABLE "public"."events" DETACH PARTITION "public"."events_2019" CONCURRENTLY;
\endif
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'detach dropped_table public.events_2019', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "detach", "schema": "public", "table": "events_2019", "kind": "dropped_table", "name": ""}, "title": "detach partition public.events_2019 from public.events concurrently", "object": "dropped table public.events_2019", "schema": "public", "table": "events_2019", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": ["events_2019_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2019-01-01'') TO (''2020-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "place": "schema.yaml:3:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2019", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "backup": "none"}, "place": ["schema.yaml", 3, 3]}]}, "sql": ["DO ''DECLARE mark text; BEGIN FOR mark IN SELECT concat(''''{\"detached_by\": \"reconcile\", \"parent\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''''''2019-01-01'''''''') TO (''''''''2020-01-01'''''''')\"'''', '''', \"condition\": '''', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''''null''''), '''', \"checks\": '''', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''''c'''' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''''}'''') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''''\"public\".\"events_2019\"''''::regclass LOOP EXECUTE ''''COMMENT ON TYPE \"public\".\"events_2019\" IS '''' || quote_literal(mark); END LOOP; END''", "ALTER TABLE \"public\".\"events\" DETACH PARTITION \"public\".\"events_2019\" CONCURRENTLY"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 2 of 7: drop table public.events_2019 [brief]
--   locks public.events_2019 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: public.events_2019 detached from public.events, with a mark that says how it comes back: the next run continues, `reconcile restore public.events_2019` attaches it again
\echo 'step 2 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop dropped_table public.events_2019', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "events_2019", "kind": "dropped_table", "name": ""}, "title": "drop table public.events_2019", "object": "dropped table public.events_2019", "schema": "public", "table": "events_2019", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": ["events_2019_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2019-01-01'') TO (''2020-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "place": "schema.yaml:3:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2019", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "backup": "none"}, "place": ["schema.yaml", 3, 3]}]}, "sql": ["DROP TABLE \"public\".\"events_2019\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."events_2019" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."events_2019" IN SHARE UPDATE EXCLUSIVE MODE'
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
--   guard: nothing depends on public.events_2019
SELECT (SELECT count(*) FROM pg_catalog.pg_class t CROSS JOIN LATERAL (SELECT DISTINCT jsonb_build_object( 'description', CASE WHEN r.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0) ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END, 'schema', coalesce(cn.nspname, hn.nspname, fn.nspname), 'table', coalesce(ct.relname, ht.relname, ft.relname), 'default', f.oid IS NOT NULL) AS found FROM pg_depend d LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid LEFT JOIN pg_class ct ON ct.oid = c.conrelid LEFT JOIN pg_namespace cn ON cn.oid = ct.relnamespace LEFT JOIN pg_inherits h ON d.classid = 'pg_class'::regclass AND h.inhrelid = d.objid AND h.inhparent = t.oid LEFT JOIN pg_class ht ON ht.oid = h.inhrelid LEFT JOIN pg_namespace hn ON hn.oid = ht.relnamespace LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid LEFT JOIN pg_class ft ON ft.oid = f.adrelid LEFT JOIN pg_namespace fn ON fn.oid = ft.relnamespace WHERE d.deptype IN ('n', 'a') AND ((d.refclassid = 'pg_class'::regclass AND (d.refobjid = t.oid OR d.refobjid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) OR (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT y.oid FROM pg_type y WHERE y.oid = t.reltype OR y.typelem = t.reltype))) AND r.ev_class IS DISTINCT FROM t.oid AND c.conrelid IS DISTINCT FROM t.oid AND cn.nspname IS DISTINCT FROM 'reconcile_archive' AND f.adrelid IS DISTINCT FROM t.oid AND NOT EXISTS (SELECT FROM pg_trigger g WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid AND g.tgrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_policy p WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_statistic_ext e WHERE d.classid = 'pg_statistic_ext'::regclass AND e.oid = d.objid AND e.stxrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_index x WHERE d.classid = 'pg_class'::regclass AND x.indexrelid = d.objid AND x.indrelid = t.oid) AND NOT (d.classid = 'pg_class'::regclass AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) UNION SELECT jsonb_build_object('description', 'extension ' || quote_ident(e.extname), 'schema', NULL, 'table', NULL) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q)) UNION SELECT jsonb_build_object('description', 'subscription ' || quote_ident(s.subname), 'schema', NULL, 'table', NULL) FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE r.srrelid = t.oid) AS edge WHERE t.oid = '"public"."events_2019"'::pg_catalog.regclass) = 0 AS passed \gset
\if :passed
\else
SELECT 'step 2: guard has-dependents failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 2: guard has-dependents failed; plan again to see why''; END';
\endif
SET LOCAL search_path = "public", "pg_temp";
DROP TABLE "public"."events_2019";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop dropped_table public.events_2019', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "events_2019", "kind": "dropped_table", "name": ""}, "title": "drop table public.events_2019", "object": "dropped table public.events_2019", "schema": "public", "table": "events_2019", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": null, "indexes": ["events_2019_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2019-01-01'') TO (''2020-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "none"}, "place": "schema.yaml:3:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2019", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable", "backup": "none"}, "place": ["schema.yaml", 3, 3]}]}, "sql": ["DROP TABLE \"public\".\"events_2019\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- archive table public.events_2020 (schema.yaml:4:3)

-- Step 3 of 7: create schema reconcile_archive [brief]
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'create archive_schema reconcile_archive', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "create", "schema": "reconcile_archive", "table": "", "kind": "archive_schema", "name": ""}, "title": "create schema reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["CREATE SCHEMA \"reconcile_archive\"", "DO $revoke$ DECLARE grantee text; BEGIN\n    FOR grantee IN\n        SELECT CASE a.grantee WHEN 0 THEN ''PUBLIC'' ELSE quote_ident(pg_get_userbyid(a.grantee)) END\n          FROM pg_namespace n, aclexplode(n.nspacl) a\n         WHERE n.nspname = ''reconcile_archive'' AND a.grantee <> n.nspowner\n    LOOP\n        EXECUTE format(''REVOKE ALL ON SCHEMA %I FROM '', ''reconcile_archive'') || grantee;\n    END LOOP;\nEND $revoke$"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 7: detach partition public.events_2020 from public.events concurrently [staged]
--   locks public.events SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.events_2020 ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: the partition attached, being detached, or detached under its own name, with a mark that says how it comes back: the next run continues
\echo 'step 4 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'detach dropped_table public.events_2020', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "detach", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "detach partition public.events_2020 from public.events concurrently", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["DO ''DECLARE mark text; BEGIN FOR mark IN SELECT concat(''''{\"detached_by\": \"reconcile\", \"parent\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''''''2020-01-01'''''''') TO (''''''''2021-01-01'''''''')\"'''', '''', \"condition\": '''', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''''null''''), '''', \"checks\": '''', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''''c'''' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''''}'''') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''''\"public\".\"events_2020\"''''::regclass LOOP EXECUTE ''''COMMENT ON TYPE \"public\".\"events_2020\" IS '''' || quote_literal(mark); END LOOP; END''", "ALTER TABLE \"public\".\"events\" DETACH PARTITION \"public\".\"events_2020\" CONCURRENTLY"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SELECT coalesce((SELECT i.inhdetachpending AS pending FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class t ON t.oid = i.inhrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND t.relname = 'events_2020'), false) AS pending \gset
DO 'DECLARE mark text; BEGIN FOR mark IN SELECT concat(''{"detached_by": "reconcile", "parent": ["public", "events"], "bound": "FOR VALUES FROM (''''2020-01-01'''') TO (''''2021-01-01'''')"'', '', "condition": '', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''null''), '', "checks": '', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''c'' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''}'') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''"public"."events_2020"''::regclass LOOP EXECUTE ''COMMENT ON TYPE "public"."events_2020" IS '' || quote_literal(mark); END LOOP; END';
SET search_path = "public", "pg_temp";
\if :pending
ALTER TABLE "public"."events" DETACH PARTITION "public"."events_2020" FINALIZE;
\else
ALTER TABLE "public"."events" DETACH PARTITION "public"."events_2020" CONCURRENTLY;
\endif
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'detach dropped_table public.events_2020', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "detach", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "detach partition public.events_2020 from public.events concurrently", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["DO ''DECLARE mark text; BEGIN FOR mark IN SELECT concat(''''{\"detached_by\": \"reconcile\", \"parent\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''''''2020-01-01'''''''') TO (''''''''2021-01-01'''''''')\"'''', '''', \"condition\": '''', coalesce(to_json(pg_get_partition_constraintdef(t.oid)), ''''null''''), '''', \"checks\": '''', array_to_json(ARRAY( SELECT c.oid::int8 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = ''''c'''' AND NOT (h.inhdetachpending AND c.xmin = h.xmin) ORDER BY 1)), ''''}'''') FROM pg_class t JOIN pg_inherits h ON h.inhrelid = t.oid WHERE t.oid = ''''\"public\".\"events_2020\"''''::regclass LOOP EXECUTE ''''COMMENT ON TYPE \"public\".\"events_2020\" IS '''' || quote_literal(mark); END LOOP; END''", "ALTER TABLE \"public\".\"events\" DETACH PARTITION \"public\".\"events_2020\" CONCURRENTLY"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 5 of 7: move table public.events_2020 to reconcile_archive [brief]
--   locks public.events_2020 ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: public.events_2020 detached from public.events, with a mark that says how it comes back: the next run continues, `reconcile restore public.events_2020` attaches it again
\echo 'step 5 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move dropped_table public.events_2020', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "move table public.events_2020 to reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["DO ''DECLARE mark jsonb; added name; BEGIN SELECT pg_catalog.obj_description(t.reltype, ''''pg_type'''') INTO mark FROM pg_class t WHERE t.oid = ''''\"public\".\"events_2020\"''''::regclass; SELECT c.conname INTO added FROM pg_constraint c WHERE c.conrelid = ''''\"public\".\"events_2020\"''''::regclass AND c.contype = ''''c'''' AND c.convalidated AND c.conislocal AND c.coninhcount = 0 AND NOT mark -> ''''checks'''' @> to_jsonb(c.oid::int8) AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), '''' = ANY [(].*'''', '''''''') = regexp_replace(mark ->> ''''condition'''', '''' = ANY [(].*'''', '''''''') ORDER BY c.oid LIMIT 1; IF FOUND THEN EXECUTE ''''ALTER TABLE \"public\".\"events_2020\" DROP '''' || format(''''CONSTRAINT %I'''', added); END IF; COMMENT ON TYPE \"public\".\"events_2020\" IS NULL; END''", "ALTER TABLE \"public\".\"events_2020\" RENAME TO \"events_2020__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"events_2020_pkey\" RENAME TO \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"events_2020\", \"comment\": \"the past\", \"renamed\": {\"events_2020_pkey\": \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"}, \"foreign_keys\": [{\"name\": \"events_user_id_fkey\", \"definition\": {\"type\": \"ForeignKey\", \"comment\": null, \"key\": [\"user_id\"], \"ref_table\": [\"public\", \"users\"], \"ref_columns\": [\"id\"]}}], \"parents\": [{\"table\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''2020-01-01'''') TO (''''2021-01-01'''')\"}], \"unfinished\": true}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."events_2020" IN ACCESS EXCLUSIVE MODE'
  ]::text[];
  wanted text;
  deadlock interval := least(current_setting('deadlock_timeout')::interval, '1s', (SELECT min(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  longest_deadlock interval := greatest(current_setting('deadlock_timeout')::interval, '1s', (SELECT max(CASE WHEN setting ~ '[a-z]$' THEN setting ELSE setting || 'ms' END::interval) FROM pg_catalog.pg_db_role_setting, unnest(setconfig) AS one, substring(one FROM '^deadlock_timeout=([0-9.]+ *[a-z]*)$') AS setting));
  began timestamptz := clock_timestamp();
  attempt timestamptz;
  latest timestamptz;
  held bool;
  gentle text[] := ARRAY[
    'LOCK TABLE ONLY "public"."events_2020" IN SHARE UPDATE EXCLUSIVE MODE'
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
--   guard: nothing depends on public.events_2020
SELECT (SELECT count(*) FROM pg_catalog.pg_class t CROSS JOIN LATERAL (SELECT DISTINCT jsonb_build_object( 'description', CASE WHEN r.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0) ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END, 'schema', coalesce(cn.nspname, hn.nspname, fn.nspname), 'table', coalesce(ct.relname, ht.relname, ft.relname), 'default', f.oid IS NOT NULL) AS found FROM pg_depend d LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid LEFT JOIN pg_class ct ON ct.oid = c.conrelid LEFT JOIN pg_namespace cn ON cn.oid = ct.relnamespace LEFT JOIN pg_inherits h ON d.classid = 'pg_class'::regclass AND h.inhrelid = d.objid AND h.inhparent = t.oid LEFT JOIN pg_class ht ON ht.oid = h.inhrelid LEFT JOIN pg_namespace hn ON hn.oid = ht.relnamespace LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid LEFT JOIN pg_class ft ON ft.oid = f.adrelid LEFT JOIN pg_namespace fn ON fn.oid = ft.relnamespace WHERE d.deptype IN ('n', 'a') AND ((d.refclassid = 'pg_class'::regclass AND (d.refobjid = t.oid OR d.refobjid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) OR (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT y.oid FROM pg_type y WHERE y.oid = t.reltype OR y.typelem = t.reltype))) AND r.ev_class IS DISTINCT FROM t.oid AND c.conrelid IS DISTINCT FROM t.oid AND cn.nspname IS DISTINCT FROM 'reconcile_archive' AND f.adrelid IS DISTINCT FROM t.oid AND NOT EXISTS (SELECT FROM pg_trigger g WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid AND g.tgrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_policy p WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_statistic_ext e WHERE d.classid = 'pg_statistic_ext'::regclass AND e.oid = d.objid AND e.stxrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_index x WHERE d.classid = 'pg_class'::regclass AND x.indexrelid = d.objid AND x.indrelid = t.oid) AND NOT (d.classid = 'pg_class'::regclass AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) UNION SELECT jsonb_build_object('description', 'extension ' || quote_ident(e.extname), 'schema', NULL, 'table', NULL) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q)) UNION SELECT jsonb_build_object('description', 'subscription ' || quote_ident(s.subname), 'schema', NULL, 'table', NULL) FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE r.srrelid = t.oid) AS edge WHERE t.oid = '"public"."events_2020"'::pg_catalog.regclass AND found ->> 'schema' IS DISTINCT FROM 'reconcile_archive') = 0 AS passed \gset
\if :passed
\else
SELECT 'step 5: guard has-dependents failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 5: guard has-dependents failed; plan again to see why''; END';
\endif
SELECT (SELECT candidate FROM generate_series(1, 9999) AS n CROSS JOIN LATERAL (SELECT 'events_2020' || CASE WHEN n > 1 THEN '_' || n ELSE '' END || '__' || :'run_time') AS t (candidate) WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.relname IN (candidate, '_' || candidate)) AND NOT EXISTS (SELECT FROM pg_type c JOIN pg_namespace s ON s.oid = c.typnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.typname IN (candidate, '_' || candidate)) ORDER BY n LIMIT 1) AS archive_1 \gset
SELECT (SELECT candidate FROM generate_series(1, 9999) AS n CROSS JOIN LATERAL (SELECT 'events_2020_pkey' || CASE WHEN n > 1 THEN '_' || n ELSE '' END || '__' || :'run_time') AS t (candidate) WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.relname IN (candidate, '_' || candidate)) AND NOT EXISTS (SELECT FROM pg_type c JOIN pg_namespace s ON s.oid = c.typnamespace WHERE s.nspname IN ('reconcile_archive', 'public') AND c.typname IN (candidate, '_' || candidate)) AND candidate <> :'archive_1' ORDER BY n LIMIT 1) AS archive_2 \gset
SELECT '{"archived_by": "reconcile", "schema": "public", "table": "events_2020", "comment": "the past"' || ', "renamed": {' || '' || '"events_2020_pkey"' || ': ' || to_json(:'archive_2'::text) || '}' || ', "foreign_keys": [{"name": "events_user_id_fkey", "definition": {"type": "ForeignKey", "comment": null, "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"]}}]' || ', "parents": [{"table": ["public", "events"], "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}]' || ', "unfinished": true' || '}' AS origin_1 \gset
DO 'DECLARE mark jsonb; added name; BEGIN SELECT pg_catalog.obj_description(t.reltype, ''pg_type'') INTO mark FROM pg_class t WHERE t.oid = ''"public"."events_2020"''::regclass; SELECT c.conname INTO added FROM pg_constraint c WHERE c.conrelid = ''"public"."events_2020"''::regclass AND c.contype = ''c'' AND c.convalidated AND c.conislocal AND c.coninhcount = 0 AND NOT mark -> ''checks'' @> to_jsonb(c.oid::int8) AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), '' = ANY [(].*'', '''') = regexp_replace(mark ->> ''condition'', '' = ANY [(].*'', '''') ORDER BY c.oid LIMIT 1; IF FOUND THEN EXECUTE ''ALTER TABLE "public"."events_2020" DROP '' || format(''CONSTRAINT %I'', added); END IF; COMMENT ON TYPE "public"."events_2020" IS NULL; END';
SET LOCAL search_path = "public", "pg_temp";
ALTER TABLE "public"."events_2020" RENAME TO :"archive_1";
ALTER INDEX "public"."events_2020_pkey" RENAME TO :"archive_2";
ALTER TABLE "public".:"archive_1" SET SCHEMA "reconcile_archive";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS :'origin_1';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'move dropped_table public.events_2020', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "move", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "move table public.events_2020 to reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["DO ''DECLARE mark jsonb; added name; BEGIN SELECT pg_catalog.obj_description(t.reltype, ''''pg_type'''') INTO mark FROM pg_class t WHERE t.oid = ''''\"public\".\"events_2020\"''''::regclass; SELECT c.conname INTO added FROM pg_constraint c WHERE c.conrelid = ''''\"public\".\"events_2020\"''''::regclass AND c.contype = ''''c'''' AND c.convalidated AND c.conislocal AND c.coninhcount = 0 AND NOT mark -> ''''checks'''' @> to_jsonb(c.oid::int8) AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), '''' = ANY [(].*'''', '''''''') = regexp_replace(mark ->> ''''condition'''', '''' = ANY [(].*'''', '''''''') ORDER BY c.oid LIMIT 1; IF FOUND THEN EXECUTE ''''ALTER TABLE \"public\".\"events_2020\" DROP '''' || format(''''CONSTRAINT %I'''', added); END IF; COMMENT ON TYPE \"public\".\"events_2020\" IS NULL; END''", "ALTER TABLE \"public\".\"events_2020\" RENAME TO \"events_2020__<YYYYMMDDTHHMMSSZ>\"", "ALTER INDEX \"public\".\"events_2020_pkey\" RENAME TO \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"", "ALTER TABLE \"public\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" SET SCHEMA \"reconcile_archive\"", "COMMENT ON TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"events_2020\", \"comment\": \"the past\", \"renamed\": {\"events_2020_pkey\": \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"}, \"foreign_keys\": [{\"name\": \"events_user_id_fkey\", \"definition\": {\"type\": \"ForeignKey\", \"comment\": null, \"key\": [\"user_id\"], \"ref_table\": [\"public\", \"users\"], \"ref_columns\": [\"id\"]}}], \"parents\": [{\"table\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''2020-01-01'''') TO (''''2021-01-01'''')\"}], \"unfinished\": true}''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['DO ''DECLARE mark jsonb; added name; BEGIN SELECT pg_catalog.obj_description(t.reltype, ''''pg_type'''') INTO mark FROM pg_class t WHERE t.oid = ''''"public"."events_2020"''''::regclass; SELECT c.conname INTO added FROM pg_constraint c WHERE c.conrelid = ''''"public"."events_2020"''''::regclass AND c.contype = ''''c'''' AND c.convalidated AND c.conislocal AND c.coninhcount = 0 AND NOT mark -> ''''checks'''' @> to_jsonb(c.oid::int8) AND regexp_replace(pg_get_expr(c.conbin, c.conrelid), '''' = ANY [(].*'''', '''''''') = regexp_replace(mark ->> ''''condition'''', '''' = ANY [(].*'''', '''''''') ORDER BY c.oid LIMIT 1; IF FOUND THEN EXECUTE ''''ALTER TABLE "public"."events_2020" DROP '''' || format(''''CONSTRAINT %I'''', added); END IF; COMMENT ON TYPE "public"."events_2020" IS NULL; END''', 'ALTER TABLE "public"."events_2020" RENAME TO ' || concat('"', replace(:'archive_1', '"', '""'), '"'), 'ALTER INDEX "public"."events_2020_pkey" RENAME TO ' || concat('"', replace(:'archive_2', '"', '""'), '"'), 'ALTER TABLE "public".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' SET SCHEMA "reconcile_archive"', 'COMMENT ON TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' IS ' || quote_literal(:'origin_1')]::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 7: drop foreign key events_user_id_fkey on public.events_2020, in reconcile_archive [brief]
--   locks reconcile_archive."events_2020__<YYYYMMDDTHHMMSSZ>" ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 6 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.events_2020.events_user_id_fkey', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "events_2020", "kind": "foreign_key", "name": "events_user_id_fkey"}, "title": "drop foreign key events_user_id_fkey on public.events_2020, in reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["ALTER TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" DROP CONSTRAINT \"events_user_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "reconcile_archive".:"archive_1" DROP CONSTRAINT "events_user_id_fkey";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.events_2020.events_user_id_fkey', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "events_2020", "kind": "foreign_key", "name": "events_user_id_fkey"}, "title": "drop foreign key events_user_id_fkey on public.events_2020, in reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["ALTER TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" DROP CONSTRAINT \"events_user_id_fkey\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['ALTER TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' DROP CONSTRAINT "events_user_id_fkey"']::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 7: keep table public.events_2020 in reconcile_archive [brief]
--   locks reconcile_archive."events_2020__<YYYYMMDDTHHMMSSZ>" SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the table in reconcile_archive: the next run continues
\echo 'step 7 of 7'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'archive dropped_table public.events_2020', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "keep table public.events_2020 in reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["COMMENT ON TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"events_2020\", \"comment\": \"the past\", \"renamed\": {\"events_2020_pkey\": \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"}, \"foreign_keys\": [{\"name\": \"events_user_id_fkey\", \"definition\": {\"type\": \"ForeignKey\", \"comment\": null, \"key\": [\"user_id\"], \"ref_table\": [\"public\", \"users\"], \"ref_columns\": [\"id\"]}}], \"parents\": [{\"table\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''2020-01-01'''') TO (''''2021-01-01'''')\"}]}''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
--   guard: nothing depends on public.events_2020
SELECT (SELECT count(*) FROM pg_catalog.pg_class t CROSS JOIN LATERAL (SELECT DISTINCT jsonb_build_object( 'description', CASE WHEN r.rulename = '_RETURN' THEN pg_describe_object('pg_class'::regclass, r.ev_class, 0) ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END, 'schema', coalesce(cn.nspname, hn.nspname, fn.nspname), 'table', coalesce(ct.relname, ht.relname, ft.relname), 'default', f.oid IS NOT NULL) AS found FROM pg_depend d LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid LEFT JOIN pg_constraint c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid LEFT JOIN pg_class ct ON ct.oid = c.conrelid LEFT JOIN pg_namespace cn ON cn.oid = ct.relnamespace LEFT JOIN pg_inherits h ON d.classid = 'pg_class'::regclass AND h.inhrelid = d.objid AND h.inhparent = t.oid LEFT JOIN pg_class ht ON ht.oid = h.inhrelid LEFT JOIN pg_namespace hn ON hn.oid = ht.relnamespace LEFT JOIN pg_attrdef f ON d.classid = 'pg_attrdef'::regclass AND f.oid = d.objid LEFT JOIN pg_class ft ON ft.oid = f.adrelid LEFT JOIN pg_namespace fn ON fn.oid = ft.relnamespace WHERE d.deptype IN ('n', 'a') AND ((d.refclassid = 'pg_class'::regclass AND (d.refobjid = t.oid OR d.refobjid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) OR (d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT y.oid FROM pg_type y WHERE y.oid = t.reltype OR y.typelem = t.reltype))) AND r.ev_class IS DISTINCT FROM t.oid AND c.conrelid IS DISTINCT FROM t.oid AND cn.nspname IS DISTINCT FROM 'reconcile_archive' AND f.adrelid IS DISTINCT FROM t.oid AND NOT EXISTS (SELECT FROM pg_trigger g WHERE d.classid = 'pg_trigger'::regclass AND g.oid = d.objid AND g.tgrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_policy p WHERE d.classid = 'pg_policy'::regclass AND p.oid = d.objid AND p.polrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_statistic_ext e WHERE d.classid = 'pg_statistic_ext'::regclass AND e.oid = d.objid AND e.stxrelid = t.oid) AND NOT EXISTS (SELECT FROM pg_index x WHERE d.classid = 'pg_class'::regclass AND x.indexrelid = d.objid AND x.indrelid = t.oid) AND NOT (d.classid = 'pg_class'::regclass AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q))) UNION SELECT jsonb_build_object('description', 'extension ' || quote_ident(e.extname), 'schema', NULL, 'table', NULL) FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND (d.objid = t.oid OR d.objid IN (SELECT q.oid FROM (SELECT s.oid, s.relname FROM pg_depend o JOIN pg_class s ON s.oid = o.objid AND s.relkind = 'S' WHERE o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.refobjid = t.oid AND o.deptype IN ('a', 'i')) q)) UNION SELECT jsonb_build_object('description', 'subscription ' || quote_ident(s.subname), 'schema', NULL, 'table', NULL) FROM pg_subscription_rel r JOIN pg_subscription s ON s.oid = r.srsubid WHERE r.srrelid = t.oid) AS edge WHERE t.reltype = pg_catalog.pg_typeof(NULL::"reconcile_archive".:"archive_1") AND found ->> 'schema' IS DISTINCT FROM 'reconcile_archive') = 0 AS passed \gset
\if :passed
\else
SELECT 'step 7: guard has-dependents failed; plan again to see why' AS message \gset
\warn :message
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''step 7: guard has-dependents failed; plan again to see why''; END';
\endif
SELECT '{"archived_by": "reconcile", "schema": "public", "table": "events_2020", "comment": "the past"' || ', "renamed": {' || '' || '"events_2020_pkey"' || ': ' || to_json(:'archive_2'::text) || '}' || ', "foreign_keys": [{"name": "events_user_id_fkey", "definition": {"type": "ForeignKey", "comment": null, "key": ["user_id"], "ref_table": ["public", "users"], "ref_columns": ["id"]}}]' || ', "parents": [{"table": ["public", "events"], "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}]' || '}' AS origin_2 \gset
SET LOCAL search_path = "public", "pg_temp";
COMMENT ON TABLE "reconcile_archive".:"archive_1" IS :'origin_2';
SET LOCAL search_path = "pg_catalog", "pg_temp";
DO :'check_archive';
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'archive dropped_table public.events_2020', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "archive", "schema": "public", "table": "events_2020", "kind": "dropped_table", "name": ""}, "title": "keep table public.events_2020 in reconcile_archive", "object": "dropped table public.events_2020", "schema": "public", "table": "events_2020", "action": "drop", "before": {"type": "TableToRetire", "relkind": "r", "comment": "the past", "indexes": ["events_2020_pkey"], "sequences": [], "dependents": [], "mentions": [], "named_by": [], "parents": [{"table": {"schema": "public", "name": "events"}, "bound": "FOR VALUES FROM (''2020-01-01'') TO (''2021-01-01'')"}], "oid": 1, "detaching": true}, "after": {"type": "DroppedTable", "replaced_by": null, "backup": "archive"}, "place": "schema.yaml:4:3", "definitions": {"format": 1, "objects": [{"key": ["public", "events_2020", "dropped_table", ""], "before": null, "after": {"type": "DroppedTable"}, "place": ["schema.yaml", 4, 3]}]}, "sql": ["COMMENT ON TABLE \"reconcile_archive\".\"events_2020__<YYYYMMDDTHHMMSSZ>\" IS ''{\"archived_by\": \"reconcile\", \"schema\": \"public\", \"table\": \"events_2020\", \"comment\": \"the past\", \"renamed\": {\"events_2020_pkey\": \"events_2020_pkey__<YYYYMMDDTHHMMSSZ>\"}, \"foreign_keys\": [{\"name\": \"events_user_id_fkey\", \"definition\": {\"type\": \"ForeignKey\", \"comment\": null, \"key\": [\"user_id\"], \"ref_table\": [\"public\", \"users\"], \"ref_columns\": [\"id\"]}}], \"parents\": [{\"table\": [\"public\", \"events\"], \"bound\": \"FOR VALUES FROM (''''2020-01-01'''') TO (''''2021-01-01'''')\"}]}''"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('sql', to_jsonb(ARRAY['COMMENT ON TABLE "reconcile_archive".' || concat('"', replace(:'archive_1', '"', '""'), '"') || ' IS ' || quote_literal(:'origin_2')]::text[])) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 7}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 7 steps'
