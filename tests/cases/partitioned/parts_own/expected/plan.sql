-- Plan: 2 primary keys, 1 unique constraint and 2 indexes to alter; 5 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 5, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter primary key of public.accounts_north (schema.yaml:4:18)
--   comment: none → the copy goes by it
--   replica_identity: false → true

-- Step 1 of 5: alter primary key of public.accounts_north [brief]
--   locks public.accounts_north ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_north_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_pkey\" ON \"public\".\"accounts_north\" IS ''the copy goes by it''", "ALTER TABLE \"public\".\"accounts_north\" REPLICA IDENTITY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_north_pkey" ON "public"."accounts_north" IS 'the copy goes by it';
ALTER TABLE "public"."accounts_north" REPLICA IDENTITY USING INDEX "accounts_north_pkey";
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_north_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "the copy goes by it", "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_north_pkey"}, "place": "schema.yaml:4:18", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_pkey\" ON \"public\".\"accounts_north\" IS ''the copy goes by it''", "ALTER TABLE \"public\".\"accounts_north\" REPLICA IDENTITY USING INDEX \"accounts_north_pkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter primary key of public.accounts_south (schema.yaml:14:18)
--   replica_identity: true → false

-- Step 2 of 5: alter primary key of public.accounts_south [brief]
--   locks public.accounts_south ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:14:18", "sql": ["ALTER TABLE \"public\".\"accounts_south\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."accounts_south" REPLICA IDENTITY DEFAULT;
SELECT "public".log_migration_step('reconcile <digest>', 'alter primary key of public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "primary key of public.accounts_south", "schema": "public", "table": "accounts_south", "action": "alter", "before": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": true, "status": "valid", "name": "accounts_south_pkey"}, "after": {"type": "PrimaryKey", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "name": "accounts_south_pkey"}, "place": "schema.yaml:14:18", "sql": ["ALTER TABLE \"public\".\"accounts_south\" REPLICA IDENTITY DEFAULT"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique accounts_north_mail_region_key on public.accounts_north (schema.yaml:6:7)
--   comment: none → one account for each

-- Step 3 of 5: alter unique accounts_north_mail_region_key on public.accounts_north [brief]
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique accounts_north_mail_region_key on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" IS ''one account for each''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON CONSTRAINT "accounts_north_mail_region_key" ON "public"."accounts_north" IS 'one account for each';
SELECT "public".log_migration_step('reconcile <digest>', 'alter unique accounts_north_mail_region_key on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_north_mail_region_key on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["mail", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": "one account for each", "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["COMMENT ON CONSTRAINT \"accounts_north_mail_region_key\" ON \"public\".\"accounts_north\" IS ''one account for each''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index accounts_north_lower_idx on public.accounts_north (schema.yaml:8:7)
--   clustered: false → true
--   comment: none → new
--   with.fillfactor: none → 70

-- Step 4 of 5: alter index accounts_north_lower_idx on public.accounts_north [brief]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_north_lower_idx on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_north_lower_idx on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_north_lower_idx\" SET (\"fillfactor\" = ''70'')", "COMMENT ON INDEX \"public\".\"accounts_north_lower_idx\" IS ''new''", "ALTER TABLE \"public\".\"accounts_north\" CLUSTER ON \"accounts_north_lower_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "public"."accounts_north_lower_idx" SET ("fillfactor" = '70');
COMMENT ON INDEX "public"."accounts_north_lower_idx" IS 'new';
ALTER TABLE "public"."accounts_north" CLUSTER ON "accounts_north_lower_idx";
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_north_lower_idx on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_north_lower_idx on public.accounts_north", "schema": "public", "table": "accounts_north", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "new", "statistics": {}, "clustered": true, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "sql": ["ALTER INDEX \"public\".\"accounts_north_lower_idx\" SET (\"fillfactor\" = ''70'')", "COMMENT ON INDEX \"public\".\"accounts_north_lower_idx\" IS ''new''", "ALTER TABLE \"public\".\"accounts_north\" CLUSTER ON \"accounts_north_lower_idx\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter index accounts_south_lower_idx on public.accounts_south (schema.yaml:16:7)
--   comment: old → none

-- Step 5 of 5: alter index accounts_south_lower_idx on public.accounts_south [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 5'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_south_lower_idx on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_lower_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "old", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["COMMENT ON INDEX \"public\".\"accounts_south_lower_idx\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."accounts_south_lower_idx" IS NULL;
SELECT "public".log_migration_step('reconcile <digest>', 'alter index accounts_south_lower_idx on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index accounts_south_lower_idx on public.accounts_south", "schema": "public", "table": "accounts_south", "action": "alter", "before": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": "old", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(mail)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:16:7", "sql": ["COMMENT ON INDEX \"public\".\"accounts_south_lower_idx\" IS NULL"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 5}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 5 steps'
