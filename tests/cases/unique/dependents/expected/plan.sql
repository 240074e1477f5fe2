-- Plan: 2 unique constraints to alter; 8 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 8, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter unique users_email_key on public.users (schema.yaml:5:7)
--   include[0]: none → id

-- Step 1 of 8: build index users_email_key__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.users_email_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key__reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\") WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key__reconcile_new" ON "public"."users" ("email") INCLUDE ("id") WITH ("fillfactor" = '70');
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_email_key__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "builds": "public.users_email_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_email_key__reconcile_new\" ON \"public\".\"users\" (\"email\") INCLUDE (\"id\") WITH (\"fillfactor\" = ''70'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 2 of 8: replace unique users_email_key on public.users, using its new index, and add 3 foreign keys again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks billing.orders ACCESS EXCLUSIVE: blocks reads and writes
--   locks public."Old Posts" ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_email_fkey on billing.orders hangs on unique users_email_key on public.users
--   hazard foreign-key-readded: foreign key "Posts, by e-mail" on public."Old Posts" hangs on unique users_email_key on public.users
--   hazard foreign-key-readded: foreign key users_parent_fkey on public.users hangs on unique users_email_key on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_email_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"Old Posts\" DROP CONSTRAINT \"Posts, by e-mail\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_parent_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_email_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key__reconcile_new\"", "ALTER TABLE \"public\".\"users\" CLUSTER ON \"users_email_key\"", "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY USING INDEX \"users_email_key\"", "COMMENT ON CONSTRAINT \"users_email_key\" ON \"public\".\"users\" IS ''kept, as the file does not mention it''", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") ON UPDATE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED NOT VALID", "COMMENT ON CONSTRAINT \"orders_email_fkey\" ON \"billing\".\"orders\" IS ''kept; it''''s theirs''", "ALTER TABLE \"public\".\"Old Posts\" ADD CONSTRAINT \"Posts, by e-mail\" FOREIGN KEY (\"E-Mail\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_parent_fkey\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "billing"."orders" DROP CONSTRAINT "orders_email_fkey";
ALTER TABLE "public"."Old Posts" DROP CONSTRAINT "Posts, by e-mail";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_parent_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_email_key";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key__reconcile_new";
ALTER TABLE "public"."users" CLUSTER ON "users_email_key";
ALTER TABLE "public"."users" REPLICA IDENTITY USING INDEX "users_email_key";
COMMENT ON CONSTRAINT "users_email_key" ON "public"."users" IS 'kept, as the file does not mention it';
ALTER TABLE "billing"."orders" ADD CONSTRAINT "orders_email_fkey" FOREIGN KEY ("email") REFERENCES "public"."users" ("email") ON UPDATE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED NOT VALID;
COMMENT ON CONSTRAINT "orders_email_fkey" ON "billing"."orders" IS 'kept; it''s theirs';
ALTER TABLE "public"."Old Posts" ADD CONSTRAINT "Posts, by e-mail" FOREIGN KEY ("E-Mail") REFERENCES "public"."users" ("email") NOT VALID;
ALTER TABLE "public"."users" ADD CONSTRAINT "users_parent_fkey" FOREIGN KEY ("parent") REFERENCES "public"."users" ("email") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_email_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_email_fkey\"", "ALTER TABLE \"public\".\"Old Posts\" DROP CONSTRAINT \"Posts, by e-mail\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_parent_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_email_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_email_key\" UNIQUE USING INDEX \"users_email_key__reconcile_new\"", "ALTER TABLE \"public\".\"users\" CLUSTER ON \"users_email_key\"", "ALTER TABLE \"public\".\"users\" REPLICA IDENTITY USING INDEX \"users_email_key\"", "COMMENT ON CONSTRAINT \"users_email_key\" ON \"public\".\"users\" IS ''kept, as the file does not mention it''", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_email_fkey\" FOREIGN KEY (\"email\") REFERENCES \"public\".\"users\" (\"email\") ON UPDATE CASCADE ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED NOT VALID", "COMMENT ON CONSTRAINT \"orders_email_fkey\" ON \"billing\".\"orders\" IS ''kept; it''''s theirs''", "ALTER TABLE \"public\".\"Old Posts\" ADD CONSTRAINT \"Posts, by e-mail\" FOREIGN KEY (\"E-Mail\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_parent_fkey\" FOREIGN KEY (\"parent\") REFERENCES \"public\".\"users\" (\"email\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 3 of 8: validate foreign key orders_email_fkey on billing.orders [scan]
--   locks billing.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 3 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on billing.orders again, after unique users_email_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "billing"."orders" VALIDATE CONSTRAINT "orders_email_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_email_fkey on billing.orders again, after unique users_email_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_email_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 8: validate foreign key users_parent_fkey on public.users [scan]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 4 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key users_parent_fkey on public.users again, after unique users_email_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_parent_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."users" VALIDATE CONSTRAINT "users_parent_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key users_parent_fkey on public.users again, after unique users_email_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_email_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["email"], "without_overlaps": false, "include": ["id"], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "70"}, "tablespace": null, "comment": "kept, as the file does not mention it", "clustered": true, "replica_identity": true, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:5:7", "sql": ["ALTER TABLE \"public\".\"users\" VALIDATE CONSTRAINT \"users_parent_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter unique users_tenant_id_key on public.users (schema.yaml:6:7)
--   columns[0]: tenant → id
--   columns[1]: id → tenant

-- Step 5 of 8: build index users_tenant_id_key__reconcile_new on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 8'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_tenant_id_key__reconcile_new on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.users_tenant_id_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_tenant_id_key__reconcile_new\" ON \"public\".\"users\" (\"id\", \"tenant\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "users_tenant_id_key__reconcile_new" ON "public"."users" ("id", "tenant");
SELECT "public".log_migration_step('reconcile <digest>', 'build index users_tenant_id_key__reconcile_new on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "builds": "public.users_tenant_id_key__reconcile_new", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"users_tenant_id_key__reconcile_new\" ON \"public\".\"users\" (\"id\", \"tenant\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 6 of 8: replace unique users_tenant_id_key on public.users, using its new index, and add 2 foreign keys again, not valid yet [brief]
--   locks public.users ACCESS EXCLUSIVE: blocks reads and writes
--   locks billing.orders ACCESS EXCLUSIVE: blocks reads and writes
--   hazard foreign-key-readded: foreign key orders_crossed_fkey on billing.orders hangs on unique users_tenant_id_key on public.users
--   hazard foreign-key-readded: foreign key orders_user_fkey on billing.orders hangs on unique users_tenant_id_key on public.users
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 6 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_tenant_id_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_crossed_fkey\"", "ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_user_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_tenant_id_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_tenant_id_key\" UNIQUE USING INDEX \"users_tenant_id_key__reconcile_new\"", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_crossed_fkey\" FOREIGN KEY (\"user_id\", \"tenant\") REFERENCES \"public\".\"users\" (\"id\", \"tenant\") NOT VALID", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_user_fkey\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") MATCH FULL ON DELETE SET NULL NOT VALID", "COMMENT ON CONSTRAINT \"orders_user_fkey\" ON \"billing\".\"orders\" IS ''kept and declared''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "billing"."orders" DROP CONSTRAINT "orders_crossed_fkey";
ALTER TABLE "billing"."orders" DROP CONSTRAINT "orders_user_fkey";
ALTER TABLE "public"."users" DROP CONSTRAINT "users_tenant_id_key";
ALTER TABLE "public"."users" ADD CONSTRAINT "users_tenant_id_key" UNIQUE USING INDEX "users_tenant_id_key__reconcile_new";
ALTER TABLE "billing"."orders" ADD CONSTRAINT "orders_crossed_fkey" FOREIGN KEY ("user_id", "tenant") REFERENCES "public"."users" ("id", "tenant") NOT VALID;
ALTER TABLE "billing"."orders" ADD CONSTRAINT "orders_user_fkey" FOREIGN KEY ("tenant", "user_id") REFERENCES "public"."users" ("tenant", "id") MATCH FULL ON DELETE SET NULL NOT VALID;
COMMENT ON CONSTRAINT "orders_user_fkey" ON "billing"."orders" IS 'kept and declared';
SELECT "public".log_migration_step('reconcile <digest>', 'replace unique users_tenant_id_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_crossed_fkey\"", "ALTER TABLE \"billing\".\"orders\" DROP CONSTRAINT \"orders_user_fkey\"", "ALTER TABLE \"public\".\"users\" DROP CONSTRAINT \"users_tenant_id_key\"", "ALTER TABLE \"public\".\"users\" ADD CONSTRAINT \"users_tenant_id_key\" UNIQUE USING INDEX \"users_tenant_id_key__reconcile_new\"", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_crossed_fkey\" FOREIGN KEY (\"user_id\", \"tenant\") REFERENCES \"public\".\"users\" (\"id\", \"tenant\") NOT VALID", "ALTER TABLE \"billing\".\"orders\" ADD CONSTRAINT \"orders_user_fkey\" FOREIGN KEY (\"tenant\", \"user_id\") REFERENCES \"public\".\"users\" (\"tenant\", \"id\") MATCH FULL ON DELETE SET NULL NOT VALID", "COMMENT ON CONSTRAINT \"orders_user_fkey\" ON \"billing\".\"orders\" IS ''kept and declared''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 7 of 8: validate foreign key orders_crossed_fkey on billing.orders [scan]
--   locks billing.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 7 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_crossed_fkey on billing.orders again, after unique users_tenant_id_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_crossed_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "billing"."orders" VALIDATE CONSTRAINT "orders_crossed_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_crossed_fkey on billing.orders again, after unique users_tenant_id_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_crossed_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 8: validate foreign key orders_user_fkey on billing.orders [scan]
--   locks billing.orders SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks public.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 8'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_fkey on billing.orders again, after unique users_tenant_id_key on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_user_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "billing"."orders" VALIDATE CONSTRAINT "orders_user_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key orders_user_fkey on billing.orders again, after unique users_tenant_id_key on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "unique users_tenant_id_key on public.users", "schema": "public", "table": "users", "action": "alter", "before": {"type": "Unique", "columns": ["tenant", "id"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "after": {"type": "Unique", "columns": ["id", "tenant"], "without_overlaps": false, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "clustered": false, "replica_identity": false, "status": "valid", "nulls_distinct": true}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"billing\".\"orders\" VALIDATE CONSTRAINT \"orders_user_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 8}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 8 steps'
