-- Plan: 1 unique constraint to alter, 1 index to drop; 6 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 6, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter unique accounts_key on public.accounts (schema.yaml:5:7)
--   columns[0]: id → code

-- Step 1 of 6: build index accounts_north_id_region_key__reconcile_new on public.accounts_north [concurrent]
--   locks public.accounts_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_id_region_key__reconcile_new on public.accounts_north', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.accounts_north_id_region_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_id_region_key__reconcile_new\" ON \"public\".\"accounts_north\" (\"code\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_north_id_region_key__reconcile_new" ON "public"."accounts_north" ("code", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_north_id_region_key__reconcile_new on public.accounts_north', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.accounts_north_id_region_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_north_id_region_key__reconcile_new\" ON \"public\".\"accounts_north\" (\"code\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 6: build index accounts_south_id_region_key__reconcile_new on public.accounts_south [concurrent]
--   locks public.accounts_south SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 6'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_id_region_key__reconcile_new on public.accounts_south', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.accounts_south_id_region_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_id_region_key__reconcile_new\" ON \"public\".\"accounts_south\" (\"code\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "accounts_south_id_region_key__reconcile_new" ON "public"."accounts_south" ("code", "region");
SELECT "public".log_migration_step('reconcile <digest>', 'build index accounts_south_id_region_key__reconcile_new on public.accounts_south', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.accounts_south_id_region_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"accounts_south_id_region_key__reconcile_new\" ON \"public\".\"accounts_south\" (\"code\", \"region\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 6: replace unique accounts_key on public.accounts, using the new indexes of its partitions, and add 1 foreign key again, not valid yet [brief]
--   locks public.accounts, public.accounts_north, public.accounts_south and 1 more ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key payments_account_fkey on public.payments hangs on unique accounts_key on public.accounts
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique accounts_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"payments\" DROP CONSTRAINT \"payments_account_fkey\"", "ALTER TABLE \"public\".\"accounts\" DROP CONSTRAINT \"accounts_key\"", "ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_key\" UNIQUE (\"code\", \"region\")", "ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_id_region_key\" UNIQUE USING INDEX \"accounts_north_id_region_key__reconcile_new\"", "ALTER INDEX \"public\".\"accounts_key\" ATTACH PARTITION \"public\".\"accounts_north_id_region_key\"", "ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_id_region_key\" UNIQUE USING INDEX \"accounts_south_id_region_key__reconcile_new\"", "ALTER INDEX \"public\".\"accounts_key\" ATTACH PARTITION \"public\".\"accounts_south_id_region_key\"", "ALTER TABLE \"public\".\"payments\" ADD CONSTRAINT \"payments_account_fkey\" FOREIGN KEY (\"account_id\", \"region\") REFERENCES \"public\".\"accounts\" (\"code\", \"region\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."payments" DROP CONSTRAINT "payments_account_fkey";
ALTER TABLE "public"."accounts" DROP CONSTRAINT "accounts_key";
ALTER TABLE ONLY "public"."accounts" ADD CONSTRAINT "accounts_key" UNIQUE ("code", "region");
ALTER TABLE "public"."accounts_north" ADD CONSTRAINT "accounts_north_id_region_key" UNIQUE USING INDEX "accounts_north_id_region_key__reconcile_new";
ALTER INDEX "public"."accounts_key" ATTACH PARTITION "public"."accounts_north_id_region_key";
ALTER TABLE "public"."accounts_south" ADD CONSTRAINT "accounts_south_id_region_key" UNIQUE USING INDEX "accounts_south_id_region_key__reconcile_new";
ALTER INDEX "public"."accounts_key" ATTACH PARTITION "public"."accounts_south_id_region_key";
ALTER TABLE "public"."payments" ADD CONSTRAINT "payments_account_fkey" FOREIGN KEY ("account_id", "region") REFERENCES "public"."accounts" ("code", "region") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique accounts_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"payments\" DROP CONSTRAINT \"payments_account_fkey\"", "ALTER TABLE \"public\".\"accounts\" DROP CONSTRAINT \"accounts_key\"", "ALTER TABLE ONLY \"public\".\"accounts\" ADD CONSTRAINT \"accounts_key\" UNIQUE (\"code\", \"region\")", "ALTER TABLE \"public\".\"accounts_north\" ADD CONSTRAINT \"accounts_north_id_region_key\" UNIQUE USING INDEX \"accounts_north_id_region_key__reconcile_new\"", "ALTER INDEX \"public\".\"accounts_key\" ATTACH PARTITION \"public\".\"accounts_north_id_region_key\"", "ALTER TABLE \"public\".\"accounts_south\" ADD CONSTRAINT \"accounts_south_id_region_key\" UNIQUE USING INDEX \"accounts_south_id_region_key__reconcile_new\"", "ALTER INDEX \"public\".\"accounts_key\" ATTACH PARTITION \"public\".\"accounts_south_id_region_key\"", "ALTER TABLE \"public\".\"payments\" ADD CONSTRAINT \"payments_account_fkey\" FOREIGN KEY (\"account_id\", \"region\") REFERENCES \"public\".\"accounts\" (\"code\", \"region\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 6: validate foreign key payments_account_fkey on public.payments [scan]
--   locks public.payments SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.accounts ROW SHARE: blocks neither reads nor writes
--   locks public.accounts_north ACCESS SHARE: blocks neither reads nor writes
--   locks public.accounts_south ACCESS SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key payments_account_fkey on public.payments again, after unique accounts_key on public.accounts', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"payments\" VALIDATE CONSTRAINT \"payments_account_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."payments" VALIDATE CONSTRAINT "payments_account_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key payments_account_fkey on public.payments again, after unique accounts_key on public.accounts', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique accounts_key on public.accounts", "schema": "public", "table": "accounts", "action": "alter", "before": {"type": "Unique", "columns": ["id", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["code", "region"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "partitions": {"public.accounts_north": "accounts_north_id_region_key", "public.accounts_south": "accounts_south_id_region_key"}, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"payments\" VALIDATE CONSTRAINT \"payments_account_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop index plans_old_idx on public.plans (schema.yaml:13:17)
--   hazard index-dropped: index plans_old_idx on public.plans

-- Step 5 of 6: drop index plans_old_idx on public.plans, of all partitions, and add 1 foreign key again, not valid yet [brief]
--   locks public.plans, public.plans_north, public.choices and 1 more ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key choices_plan_fkey on public.choices hangs on index plans_old_idx on public.plans
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index plans_old_idx on public.plans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plans_old_idx on public.plans", "schema": "public", "table": "plans", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "region", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.plans_north": "plans_north_id_region_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:13:17", "sql": ["ALTER TABLE \"public\".\"choices\" DROP CONSTRAINT \"choices_plan_fkey\"", "DROP INDEX \"public\".\"plans_old_idx\"", "ALTER TABLE \"public\".\"choices\" ADD CONSTRAINT \"choices_plan_fkey\" FOREIGN KEY (\"plan_id\", \"region\") REFERENCES \"public\".\"plans\" (\"id\", \"region\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."choices" DROP CONSTRAINT "choices_plan_fkey";
DROP INDEX "public"."plans_old_idx";
ALTER TABLE "public"."choices" ADD CONSTRAINT "choices_plan_fkey" FOREIGN KEY ("plan_id", "region") REFERENCES "public"."plans" ("id", "region") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'drop index plans_old_idx on public.plans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plans_old_idx on public.plans", "schema": "public", "table": "plans", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "region", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.plans_north": "plans_north_id_region_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:13:17", "sql": ["ALTER TABLE \"public\".\"choices\" DROP CONSTRAINT \"choices_plan_fkey\"", "DROP INDEX \"public\".\"plans_old_idx\"", "ALTER TABLE \"public\".\"choices\" ADD CONSTRAINT \"choices_plan_fkey\" FOREIGN KEY (\"plan_id\", \"region\") REFERENCES \"public\".\"plans\" (\"id\", \"region\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 6: validate foreign key choices_plan_fkey on public.choices [scan]
--   locks public.choices SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.choices_north SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.plans ROW SHARE: blocks neither reads nor writes
--   locks public.plans_north ACCESS SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 6'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key choices_plan_fkey on public.choices again, after index plans_old_idx on public.plans', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plans_old_idx on public.plans", "schema": "public", "table": "plans", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "region", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.plans_north": "plans_north_id_region_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:13:17", "sql": ["ALTER TABLE \"public\".\"choices\" VALIDATE CONSTRAINT \"choices_plan_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."choices" VALIDATE CONSTRAINT "choices_plan_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key choices_plan_fkey on public.choices again, after index plans_old_idx on public.plans', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plans_old_idx on public.plans", "schema": "public", "table": "plans", "action": "drop", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "region", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "partitions": {"public.plans_north": "plans_north_id_region_idx"}, "status": "valid"}, "after": null, "place": "schema.yaml:13:17", "sql": ["ALTER TABLE \"public\".\"choices\" VALIDATE CONSTRAINT \"choices_plan_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 6}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 6 steps'
