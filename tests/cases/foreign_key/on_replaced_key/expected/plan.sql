-- Plan: 2 foreign keys to drop; 1 primary key and 2 foreign keys to alter; 1 foreign key to rename; 1 foreign key to validate; 2 foreign keys to create; 18 steps.
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
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 18, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- drop foreign key gone on public.orders (schema.yaml:13:28)
--   hazard constraint-dropped: foreign key gone on public.orders

-- Step 1 of 18: drop foreign key gone on public.orders [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 1 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.orders.gone', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "gone"}, "title": "drop foreign key gone on public.orders", "object": "foreign key gone on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:13:28", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "gone"], "before": {"type": "ForeignKey", "comment": null, "key": ["c"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": null, "place": ["schema.yaml", 13, 28]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE',
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
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE',
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
ALTER TABLE "public"."orders" DROP CONSTRAINT "gone";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.orders.gone', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "gone"}, "title": "drop foreign key gone on public.orders", "object": "foreign key gone on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["c"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:13:28", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "gone"], "before": {"type": "ForeignKey", "comment": null, "key": ["c"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": null, "place": ["schema.yaml", 13, 28]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"gone\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter primary key of public.users (schema.yaml:4:18)
--   include[0]: none → name

-- Step 2 of 18: build index users_pkey__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: possibly an invalid index of this name, which the next run drops and builds again
\echo 'step 2 of 18'
SET lock_timeout = '0ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_pkey__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_pkey__reconcile_new"}, "title": "build index users_pkey__reconcile_new on public.users", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"id\") INCLUDE (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
SET search_path = "public", "pg_temp";
CREATE UNIQUE INDEX CONCURRENTLY "users_pkey__reconcile_new" ON "public"."users" ("id") INCLUDE ("name");
SET search_path = "pg_catalog", "pg_temp";
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'build index public.users.users_pkey__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "build", "schema": "public", "table": "users", "kind": "index", "name": "users_pkey__reconcile_new"}, "title": "build index users_pkey__reconcile_new on public.users", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "builds": "public.users_pkey__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_pkey__reconcile_new\" ON \"public\".\"users\" (\"id\") INCLUDE (\"name\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 3 of 18: replace primary key of public.users, using its new index, and add 5 foreign keys again as NOT VALID [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key altered on public.orders depends on primary key of public.users
--   hazard foreign-key-readded: foreign key deferred on public.orders depends on primary key of public.users
--   hazard foreign-key-readded: foreign key old_name on public.orders depends on primary key of public.users
--   hazard foreign-key-readded: foreign key succeeded on public.orders depends on primary key of public.users
--   hazard foreign-key-readded: foreign key validated on public.orders depends on primary key of public.users
--   if it fails: nothing: the transaction was rolled back
\echo 'step 3 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "users", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.users, using its new index, and add 5 foreign keys again as NOT VALID", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"altered\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"deferred\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"old_name\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"succeeded\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"validated\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"altered\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"deferred\" FOREIGN KEY (\"f\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"old_name\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"succeeded\" FOREIGN KEY (\"d\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"validated\" FOREIGN KEY (\"e\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE',
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
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE',
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
ALTER TABLE "public"."orders" DROP CONSTRAINT "altered";
ALTER TABLE "public"."orders" DROP CONSTRAINT "deferred";
ALTER TABLE "public"."orders" DROP CONSTRAINT "old_name";
ALTER TABLE "public"."orders" DROP CONSTRAINT "succeeded";
ALTER TABLE "public"."orders" DROP CONSTRAINT "validated";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_pkey";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_pkey" PRIMARY KEY USING INDEX "users_pkey__reconcile_new";
ALTER TABLE "public"."orders" ADD CONSTRAINT "altered" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") NOT VALID;
ALTER TABLE "public"."orders" ADD CONSTRAINT "deferred" FOREIGN KEY ("f") REFERENCES "public"."users" ("id") NOT VALID;
ALTER TABLE "public"."orders" ADD CONSTRAINT "old_name" FOREIGN KEY ("b") REFERENCES "public"."users" ("id") NOT VALID;
ALTER TABLE "public"."orders" ADD CONSTRAINT "succeeded" FOREIGN KEY ("d") REFERENCES "public"."users" ("id") NOT VALID;
ALTER TABLE "public"."orders" ADD CONSTRAINT "validated" FOREIGN KEY ("e") REFERENCES "public"."users" ("id") NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "users", "kind": "primary_key", "name": ""}, "title": "replace primary key of public.users, using its new index, and add 5 foreign keys again as NOT VALID", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"altered\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"deferred\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"old_name\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"succeeded\"", "ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"validated\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_pkey\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_pkey\" PRIMARY KEY USING INDEX \"users_pkey__reconcile_new\"", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"altered\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"deferred\" FOREIGN KEY (\"f\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"old_name\" FOREIGN KEY (\"b\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"succeeded\" FOREIGN KEY (\"d\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID", "ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"validated\" FOREIGN KEY (\"e\") REFERENCES \"public\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 4 of 18: validate foreign key altered on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.altered after primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered"}, "title": "validate foreign key altered on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"altered\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "altered";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.altered after primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered"}, "title": "validate foreign key altered on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"altered\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 5 of 18: validate foreign key deferred on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 5 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.deferred after primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "deferred"}, "title": "validate foreign key deferred on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"deferred\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "deferred";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.deferred after primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "deferred"}, "title": "validate foreign key deferred on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"deferred\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 6 of 18: validate foreign key old_name on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.old_name after primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "old_name"}, "title": "validate foreign key old_name on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"old_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "old_name";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.old_name after primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "old_name"}, "title": "validate foreign key old_name on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"old_name\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 7 of 18: validate foreign key succeeded on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.succeeded after primary_key public.users', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "succeeded"}, "title": "validate foreign key succeeded on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"succeeded\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "succeeded";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.succeeded after primary_key public.users', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "succeeded"}, "title": "validate foreign key succeeded on public.orders", "object": "primary key of public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": [], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "after": {"type": "PrimaryKey", "name": "users_pkey", "columns": ["id"], "without_overlaps": false, "deferrable": false, "initially_deferred": false, "replica_identity": false, "include": ["name"], "with": {}, "tablespace": null, "comment": null, "clustered": false, "status": "valid"}, "place": "schema.yaml:4:18", "definitions": {"format": 1, "objects": [{"key": ["public", "users", "primary_key", ""], "before": {"type": "PrimaryKey", "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "after": {"type": "PrimaryKey", "include": ["name"], "with_": [], "tablespace": null, "comment": null, "clustered": false, "partitions": [], "key": ["id"], "replica_identity": false, "name": "users_pkey"}, "place": ["schema.yaml", 4, 18]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"succeeded\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- rename foreign key new_name on public.orders, renamed from old_name (schema.yaml:8:7)

-- Step 8 of 18: rename foreign key old_name on public.orders to new_name [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 8 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'rename foreign_key public.orders.old_name', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "rename", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "old_name"}, "title": "rename foreign key old_name on public.orders to new_name", "object": "foreign key new_name on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "new_name"], "before": {"type": "ForeignKey", "comment": null, "key": ["b"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["b"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "place": ["schema.yaml", 8, 7], "renamed_from": "old_name"}]}, "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "public"."orders" RENAME CONSTRAINT "old_name" TO "new_name";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'rename foreign_key public.orders.old_name', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "rename", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "old_name"}, "title": "rename foreign key old_name on public.orders to new_name", "object": "foreign key new_name on public.orders", "schema": "public", "table": "orders", "action": "rename", "before": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["b"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:8:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "new_name"], "before": {"type": "ForeignKey", "comment": null, "key": ["b"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["b"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "place": ["schema.yaml", 8, 7], "renamed_from": "old_name"}]}, "sql": ["ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"old_name\" TO \"new_name\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key added on public.orders (schema.yaml:12:7)

-- Step 9 of 18: add foreign key added on public.orders, NOT VALID [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 9 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.added', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "added"}, "title": "add foreign key added on public.orders, NOT VALID", "object": "foreign key added on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "added"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_update": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"added\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE ROW EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" ADD CONSTRAINT "added" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") ON UPDATE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.added', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "added"}, "title": "add foreign key added on public.orders, NOT VALID", "object": "foreign key added on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "added"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_update": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"added\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON UPDATE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 10 of 18: validate foreign key added on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.added', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "added"}, "title": "validate foreign key added on public.orders", "object": "foreign key added on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "added"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_update": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"added\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "added";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.added', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "added"}, "title": "validate foreign key added on public.orders", "object": "foreign key added on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "cascade", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:12:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "added"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_update": "cascade"}, "place": ["schema.yaml", 12, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"added\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter foreign key altered on public.orders (schema.yaml:7:7)
--   on_delete: no action → cascade

-- Step 11 of 18: add foreign key altered__reconcile_new on public.orders, NOT VALID [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 11 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.altered__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered__reconcile_new"}, "title": "add foreign key altered__reconcile_new on public.orders, NOT VALID", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"altered__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE ROW EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" ADD CONSTRAINT "altered__reconcile_new" FOREIGN KEY ("a") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.altered__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered__reconcile_new"}, "title": "add foreign key altered__reconcile_new on public.orders, NOT VALID", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"altered__reconcile_new\" FOREIGN KEY (\"a\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 12 of 18: validate foreign key altered__reconcile_new on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 12 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.altered__reconcile_new', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered__reconcile_new"}, "title": "validate foreign key altered__reconcile_new on public.orders", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"altered__reconcile_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "altered__reconcile_new";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.altered__reconcile_new', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered__reconcile_new"}, "title": "validate foreign key altered__reconcile_new on public.orders", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"altered__reconcile_new\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 13 of 18: swap in the new foreign key altered on public.orders [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 13 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace foreign_key public.orders.altered', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered"}, "title": "swap in the new foreign key altered on public.orders", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"altered\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"altered__reconcile_new\" TO \"altered\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE',
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
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE',
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
ALTER TABLE "public"."orders" DROP CONSTRAINT "altered";
ALTER TABLE "public"."orders" RENAME CONSTRAINT "altered__reconcile_new" TO "altered";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'replace foreign_key public.orders.altered', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "replace", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "altered"}, "title": "swap in the new foreign key altered on public.orders", "object": "foreign key altered on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["a"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:7:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "altered"], "before": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["a"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 7, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"altered\"", "ALTER TABLE \"public\".\"orders\" RENAME CONSTRAINT \"altered__reconcile_new\" TO \"altered\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- alter foreign key deferred on public.orders (schema.yaml:11:7)
--   deferrable: false → true

-- Step 14 of 18: alter foreign key deferred on public.orders [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 14 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'alter foreign_key public.orders.deferred', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "alter", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "deferred"}, "title": "alter foreign key deferred on public.orders", "object": "foreign key deferred on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:11:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "deferred"], "before": {"type": "ForeignKey", "comment": null, "key": ["f"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["f"], "ref_table": ["public", "users"], "ref_columns": ["id"], "deferrable": true}, "place": ["schema.yaml", 11, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ALTER CONSTRAINT \"deferred\" DEFERRABLE INITIALLY IMMEDIATE"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
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
ALTER TABLE "public"."orders" ALTER CONSTRAINT "deferred" DEFERRABLE INITIALLY IMMEDIATE;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'alter foreign_key public.orders.deferred', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "alter", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "deferred"}, "title": "alter foreign key deferred on public.orders", "object": "foreign key deferred on public.orders", "schema": "public", "table": "orders", "action": "alter", "before": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": {"type": "ForeignKey", "columns": ["f"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": true, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:11:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "deferred"], "before": {"type": "ForeignKey", "comment": null, "key": ["f"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["f"], "ref_table": ["public", "users"], "ref_columns": ["id"], "deferrable": true}, "place": ["schema.yaml", 11, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ALTER CONSTRAINT \"deferred\" DEFERRABLE INITIALLY IMMEDIATE"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- create foreign key successor on public.orders (schema.yaml:9:7)

-- Step 15 of 18: add foreign key successor on public.orders, NOT VALID [brief]
--   locks public.orders SHARE ROW EXCLUSIVE: blocks writes
--   locks public.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 15 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.successor', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "successor"}, "title": "add foreign key successor on public.orders, NOT VALID", "object": "foreign key successor on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "successor"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"successor\" FOREIGN KEY (\"d\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN SHARE ROW EXCLUSIVE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE ROW EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" ADD CONSTRAINT "successor" FOREIGN KEY ("d") REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID;
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'add foreign_key public.orders.successor', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "add", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "successor"}, "title": "add foreign key successor on public.orders, NOT VALID", "object": "foreign key successor on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "successor"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" ADD CONSTRAINT \"successor\" FOREIGN KEY (\"d\") REFERENCES \"public\".\"users\" (\"id\") ON DELETE CASCADE NOT VALID"]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- Step 16 of 18: validate foreign key successor on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 16 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.successor', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "successor"}, "title": "validate foreign key successor on public.orders", "object": "foreign key successor on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "successor"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"successor\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "successor";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.successor', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "successor"}, "title": "validate foreign key successor on public.orders", "object": "foreign key successor on public.orders", "schema": "public", "table": "orders", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "cascade", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:9:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "successor"], "before": null, "after": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"], "on_delete": "cascade"}, "place": ["schema.yaml", 9, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"successor\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- validate foreign key validated on public.orders (schema.yaml:10:7)
--   validated: false → true

-- Step 17 of 18: validate foreign key validated on public.orders [scan]
--   locks public.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 17 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.validated', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "validated"}, "title": "validate foreign key validated on public.orders", "object": "foreign key validated on public.orders", "schema": "public", "table": "orders", "action": "validate", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "validated"], "before": {"type": "ForeignKey", "validated": false, "comment": null, "key": ["e"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["e"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "place": ["schema.yaml", 10, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"validated\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ROW SHARE MODE',
    'LOCK TABLE ONLY "public"."orders" IN SHARE UPDATE EXCLUSIVE MODE'
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
ALTER TABLE "public"."orders" VALIDATE CONSTRAINT "validated";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'validate foreign_key public.orders.validated', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "validate", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "validated"}, "title": "validate foreign key validated on public.orders", "object": "foreign key validated on public.orders", "schema": "public", "table": "orders", "action": "validate", "before": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": false, "comment": null}, "after": {"type": "ForeignKey", "columns": ["e"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "place": "schema.yaml:10:7", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "validated"], "before": {"type": "ForeignKey", "validated": false, "comment": null, "key": ["e"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": {"type": "ForeignKey", "comment": null, "key": ["e"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "place": ["schema.yaml", 10, 7]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" VALIDATE CONSTRAINT \"validated\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

-- drop foreign key succeeded on public.orders (schema.yaml:13:34)
--   hazard constraint-dropped: foreign key succeeded on public.orders

-- Step 18 of 18: drop foreign key succeeded on public.orders [brief]
--   locks public.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the transaction was rolled back
\echo 'step 18 of 18'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '2000ms';
BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.orders.succeeded', 'started', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "succeeded"}, "title": "drop foreign key succeeded on public.orders", "object": "foreign key succeeded on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:13:34", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "succeeded"], "before": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": null, "place": ["schema.yaml", 13, 34]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"succeeded\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
BEGIN;
SET LOCAL statement_timeout = 0;
DO 'BEGIN PERFORM set_config(''client_connection_check_interval'', ''1s'', true); EXCEPTION WHEN others THEN END';
DO $block$
DECLARE
  statements text[] := ARRAY[
    'LOCK TABLE ONLY "public"."users" IN ACCESS EXCLUSIVE MODE',
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
    'LOCK TABLE ONLY "public"."users" IN SHARE UPDATE EXCLUSIVE MODE',
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
ALTER TABLE "public"."orders" DROP CONSTRAINT "succeeded";
SET LOCAL search_path = "pg_catalog", "pg_temp";
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'drop foreign_key public.orders.succeeded', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "step": {"verb": "drop", "schema": "public", "table": "orders", "kind": "foreign_key", "name": "succeeded"}, "title": "drop foreign key succeeded on public.orders", "object": "foreign key succeeded on public.orders", "schema": "public", "table": "orders", "action": "drop", "before": {"type": "ForeignKey", "columns": ["d"], "ref_table": {"schema": "public", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "enforced": true, "validated": true, "comment": null}, "after": null, "place": "schema.yaml:13:34", "definitions": {"format": 1, "objects": [{"key": ["public", "orders", "foreign_key", "succeeded"], "before": {"type": "ForeignKey", "comment": null, "key": ["d"], "ref_table": ["public", "users"], "ref_columns": ["id"]}, "after": null, "place": ["schema.yaml", 13, 34]}]}, "sql": ["ALTER TABLE \"public\".\"orders\" DROP CONSTRAINT \"succeeded\""]}'::jsonb || jsonb_build_object('duration_s', round(extract(epoch FROM clock_timestamp() - transaction_timestamp())::numeric, 3) + 0.000, 'lock_wait_s', coalesce(nullif(current_setting('reconcile.lock_wait', true), ''), '0')::numeric + 0.000) || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;

BEGIN;
LOCK TABLE ONLY "public"."migration_log" IN ROW EXCLUSIVE MODE;
DO :'check_journal';
INSERT INTO "public"."migration_log" (migration_name, step_name, status, metadata) VALUES ('reconcile <digest>', 'run', 'completed', '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 18}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user));
COMMIT;
\echo 'done: 18 steps'
