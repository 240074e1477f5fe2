-- Plan: 13 indexes to create; 14 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 14, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index blocks on public.users (schema.yaml:20:7)

-- Step 1 of 14: build index blocks on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index blocks on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index blocks on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": {"schema": "pg_catalog", "name": "timestamptz_minmax_multi_ops"}, "opclass_params": {"values_per_range": "16"}, "collation": null, "descending": false, "nulls_first": null}], "using": "brin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:20:7", "builds": "public.blocks", "sql": ["CREATE INDEX CONCURRENTLY \"blocks\" ON \"public\".\"users\" USING \"brin\" (\"at\" \"pg_catalog\".\"timestamptz_minmax_multi_ops\" (\"values_per_range\" = ''16''))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "blocks" ON "public"."users" USING "brin" ("at" "pg_catalog"."timestamptz_minmax_multi_ops" ("values_per_range" = '16'));
SELECT "public".log_migration_step('reconcile <digest>', 'build index blocks on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index blocks on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": {"schema": "pg_catalog", "name": "timestamptz_minmax_multi_ops"}, "opclass_params": {"values_per_range": "16"}, "collation": null, "descending": false, "nulls_first": null}], "using": "brin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:20:7", "builds": "public.blocks", "sql": ["CREATE INDEX CONCURRENTLY \"blocks\" ON \"public\".\"users\" USING \"brin\" (\"at\" \"pg_catalog\".\"timestamptz_minmax_multi_ops\" (\"values_per_range\" = ''16''))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index documents on public.users (schema.yaml:19:7)

-- Step 2 of 14: build index documents on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index documents on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index documents on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "data", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:19:7", "builds": "public.documents", "sql": ["CREATE INDEX CONCURRENTLY \"documents\" ON \"public\".\"users\" USING \"gin\" (\"data\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "documents" ON "public"."users" USING "gin" ("data" "pg_catalog"."jsonb_path_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index documents on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index documents on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "data", "expression": null, "opclass": {"schema": "pg_catalog", "name": "jsonb_path_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:19:7", "builds": "public.documents", "sql": ["CREATE INDEX CONCURRENTLY \"documents\" ON \"public\".\"users\" USING \"gin\" (\"data\" \"pg_catalog\".\"jsonb_path_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index expressions on public.users (schema.yaml:9:7)

-- Step 3 of 14: build index expressions on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index expressions on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index expressions on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "at AT TIME ZONE ''UTC''::text", "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.expressions", "sql": ["CREATE INDEX CONCURRENTLY \"expressions\" ON \"public\".\"users\" ((lower(email)), \"nick\", (at AT TIME ZONE ''UTC''::text) DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "expressions" ON "public"."users" ((lower(email)), "nick", (at AT TIME ZONE 'UTC'::text) DESC);
SELECT "public".log_migration_step('reconcile <digest>', 'build index expressions on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index expressions on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": null, "expression": "at AT TIME ZONE ''UTC''::text", "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.expressions", "sql": ["CREATE INDEX CONCURRENTLY \"expressions\" ON \"public\".\"users\" ((lower(email)), \"nick\", (at AT TIME ZONE ''UTC''::text) DESC)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index fixed on public.users (schema.yaml:22:7)

-- Step 4 of 14: build index fixed on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index fixed on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index fixed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:22:7", "builds": "public.fixed", "sql": ["CREATE INDEX CONCURRENTLY \"fixed\" ON \"public\".\"users\" (\"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "fixed" ON "public"."users" ("code");
SELECT "public".log_migration_step('reconcile <digest>', 'build index fixed on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index fixed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "code", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:22:7", "builds": "public.fixed", "sql": ["CREATE INDEX CONCURRENTLY \"fixed\" ON \"public\".\"users\" (\"code\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index hashed on public.users (schema.yaml:21:7)

-- Step 5 of 14: build index hashed on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 5 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index hashed on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index hashed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "hash", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:21:7", "builds": "public.hashed", "sql": ["CREATE INDEX CONCURRENTLY \"hashed\" ON \"public\".\"users\" USING \"hash\" (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "hashed" ON "public"."users" USING "hash" ("nick");
SELECT "public".log_migration_step('reconcile <digest>', 'build index hashed on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index hashed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "hash", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:21:7", "builds": "public.hashed", "sql": ["CREATE INDEX CONCURRENTLY \"hashed\" ON \"public\".\"users\" USING \"hash\" (\"nick\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index once on public.users (schema.yaml:11:7)

-- Step 6 of 14: build index once on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 6 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index once on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index once on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick", "at"], "where": "email <> ''''::text", "with": {}, "tablespace": null, "comment": "nobody signs up twice", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.once", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"once\" ON \"public\".\"users\" ((lower(email))) INCLUDE (\"nick\", \"at\") WHERE (email <> ''''::text)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE UNIQUE INDEX CONCURRENTLY "once" ON "public"."users" ((lower(email))) INCLUDE ("nick", "at") WHERE (email <> ''::text);
SELECT "public".log_migration_step('reconcile <digest>', 'build index once on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index once on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick", "at"], "where": "email <> ''''::text", "with": {}, "tablespace": null, "comment": "nobody signs up twice", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.once", "sql": ["CREATE UNIQUE INDEX CONCURRENTLY \"once\" ON \"public\".\"users\" ((lower(email))) INCLUDE (\"nick\", \"at\") WHERE (email <> ''''::text)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 7 of 14: comment on index once on public.users [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 14'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index once on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index once on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick", "at"], "where": "email <> ''''::text", "with": {}, "tablespace": null, "comment": "nobody signs up twice", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["COMMENT ON INDEX \"public\".\"once\" IS ''nobody signs up twice''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
COMMENT ON INDEX "public"."once" IS 'nobody signs up twice';
SELECT "public".log_migration_step('reconcile <digest>', 'comment on index once on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index once on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(email)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": true, "nulls_distinct": true, "include": ["nick", "at"], "where": "email <> ''''::text", "with": {}, "tablespace": null, "comment": "nobody signs up twice", "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["COMMENT ON INDEX \"public\".\"once\" IS ''nobody signs up twice''"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create index ordered on public.users (schema.yaml:7:7)

-- Step 8 of 14: build index ordered on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 8 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index ordered on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index ordered on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": false}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.ordered", "sql": ["CREATE INDEX CONCURRENTLY \"ordered\" ON \"public\".\"users\" (\"nick\" DESC, \"email\" DESC NULLS LAST, \"at\" NULLS FIRST)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "ordered" ON "public"."users" ("nick" DESC, "email" DESC NULLS LAST, "at" NULLS FIRST);
SELECT "public".log_migration_step('reconcile <digest>', 'build index ordered on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index ordered on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": true, "nulls_first": false}, {"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": true}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:7:7", "builds": "public.ordered", "sql": ["CREATE INDEX CONCURRENTLY \"ordered\" ON \"public\".\"users\" (\"nick\" DESC, \"email\" DESC NULLS LAST, \"at\" NULLS FIRST)"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index partial on public.users (schema.yaml:10:7)

-- Step 9 of 14: build index partial on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 9 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index partial on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index partial on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick ~~ ''n%''::text) AND (at IS NULL)", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.partial", "sql": ["CREATE INDEX CONCURRENTLY \"partial\" ON \"public\".\"users\" (\"email\") WHERE ((nick ~~ ''n%''::text) AND (at IS NULL))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "partial" ON "public"."users" ("email") WHERE ((nick ~~ 'n%'::text) AND (at IS NULL));
SELECT "public".log_migration_step('reconcile <digest>', 'build index partial on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index partial on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": "(nick ~~ ''n%''::text) AND (at IS NULL)", "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.partial", "sql": ["CREATE INDEX CONCURRENTLY \"partial\" ON \"public\".\"users\" (\"email\") WHERE ((nick ~~ ''n%''::text) AND (at IS NULL))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index pattern on public.users (schema.yaml:8:7)

-- Step 10 of 14: build index pattern on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 10 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index pattern on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index pattern on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "C"}, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.pattern", "sql": ["CREATE INDEX CONCURRENTLY \"pattern\" ON \"public\".\"users\" (\"email\" \"pg_catalog\".\"text_pattern_ops\", \"nick\" COLLATE \"pg_catalog\".\"C\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "pattern" ON "public"."users" ("email" "pg_catalog"."text_pattern_ops", "nick" COLLATE "pg_catalog"."C");
SELECT "public".log_migration_step('reconcile <digest>', 'build index pattern on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index pattern on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "pg_catalog", "name": "text_pattern_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": {"schema": "pg_catalog", "name": "C"}, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.pattern", "sql": ["CREATE INDEX CONCURRENTLY \"pattern\" ON \"public\".\"users\" (\"email\" \"pg_catalog\".\"text_pattern_ops\", \"nick\" COLLATE \"pg_catalog\".\"C\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index plain on public.users (schema.yaml:5:7)

-- Step 11 of 14: build index plain on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 11 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index plain on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plain on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.plain", "sql": ["CREATE INDEX CONCURRENTLY \"plain\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "plain" ON "public"."users" ("email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index plain on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index plain on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:7", "builds": "public.plain", "sql": ["CREATE INDEX CONCURRENTLY \"plain\" ON \"public\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index stored on public.users (schema.yaml:17:7)

-- Step 12 of 14: build index stored on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 12 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index stored on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index stored on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70", "deduplicate_items": "off"}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:17:7", "builds": "public.stored", "sql": ["CREATE INDEX CONCURRENTLY \"stored\" ON \"public\".\"users\" (\"at\") WITH (\"fillfactor\" = ''70'', \"deduplicate_items\" = ''off'') TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "stored" ON "public"."users" ("at") WITH ("fillfactor" = '70', "deduplicate_items" = 'off') TABLESPACE "fast";
SELECT "public".log_migration_step('reconcile <digest>', 'build index stored on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index stored on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "at", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fillfactor": "70", "deduplicate_items": "off"}, "tablespace": "fast", "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:17:7", "builds": "public.stored", "sql": ["CREATE INDEX CONCURRENTLY \"stored\" ON \"public\".\"users\" (\"at\") WITH (\"fillfactor\" = ''70'', \"deduplicate_items\" = ''off'') TABLESPACE \"fast\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index two on public.users (schema.yaml:6:7)

-- Step 13 of 14: build index two on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 13 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index two on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.two", "sql": ["CREATE INDEX CONCURRENTLY \"two\" ON \"public\".\"users\" (\"nick\", \"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "two" ON "public"."users" ("nick", "email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index two on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index two on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "nick", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:6:7", "builds": "public.two", "sql": ["CREATE INDEX CONCURRENTLY \"two\" ON \"public\".\"users\" (\"nick\", \"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index words on public.users (schema.yaml:18:7)

-- Step 14 of 14: build index words on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 14 of 14'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index words on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index words on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:18:7", "builds": "public.words", "sql": ["CREATE INDEX CONCURRENTLY \"words\" ON \"public\".\"users\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "words" ON "public"."users" USING "gin" ("tags") WITH ("fastupdate" = 'off');
SELECT "public".log_migration_step('reconcile <digest>', 'build index words on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index words on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "tags", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {"fastupdate": "off"}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:18:7", "builds": "public.words", "sql": ["CREATE INDEX CONCURRENTLY \"words\" ON \"public\".\"users\" USING \"gin\" (\"tags\") WITH (\"fastupdate\" = ''off'')"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 14}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 14 steps'
