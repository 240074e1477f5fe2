-- Plan: 4 indexes to create; 4 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 4, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index alike on public.users (schema.yaml:11:7)

-- Step 1 of 4: build index alike on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index alike on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index alike on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "extensions.similarity(email, ''a''::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.alike", "sql": ["CREATE INDEX CONCURRENTLY \"alike\" ON \"public\".\"users\" ((extensions.similarity(email, ''a''::text)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "alike" ON "public"."users" ((extensions.similarity(email, 'a'::text)));
SELECT "public".log_migration_step('reconcile <digest>', 'build index alike on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index alike on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "extensions.similarity(email, ''a''::text)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:11:7", "builds": "public.alike", "sql": ["CREATE INDEX CONCURRENTLY \"alike\" ON \"public\".\"users\" ((extensions.similarity(email, ''a''::text)))"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index fuzzy on public.users (schema.yaml:8:7)

-- Step 2 of 4: build index fuzzy on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index fuzzy on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index fuzzy on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.fuzzy", "sql": ["CREATE INDEX CONCURRENTLY \"fuzzy\" ON \"public\".\"users\" USING \"gin\" (\"email\" \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "fuzzy" ON "public"."users" USING "gin" ("email" "extensions"."gin_trgm_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index fuzzy on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index fuzzy on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:7", "builds": "public.fuzzy", "sql": ["CREATE INDEX CONCURRENTLY \"fuzzy\" ON \"public\".\"users\" USING \"gin\" (\"email\" \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index mixed on public.users (schema.yaml:10:7)

-- Step 3 of 4: build index mixed on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 3 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index mixed on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index mixed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.mixed", "sql": ["CREATE INDEX CONCURRENTLY \"mixed\" ON \"public\".\"users\" USING \"gin\" (\"id\", \"email\" \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "mixed" ON "public"."users" USING "gin" ("id", "email" "extensions"."gin_trgm_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index mixed on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index mixed on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:10:7", "builds": "public.mixed", "sql": ["CREATE INDEX CONCURRENTLY \"mixed\" ON \"public\".\"users\" USING \"gin\" (\"id\", \"email\" \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index named on public.users (schema.yaml:9:7)

-- Step 4 of 4: build index named on public.users [concurrent]
--   locks public.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 4 of 4'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index named on public.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index named on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(nick)", "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.named", "sql": ["CREATE INDEX CONCURRENTLY \"named\" ON \"public\".\"users\" USING \"gin\" ((lower(nick)) \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "named" ON "public"."users" USING "gin" ((lower(nick)) "extensions"."gin_trgm_ops");
SELECT "public".log_migration_step('reconcile <digest>', 'build index named on public.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index named on public.users", "schema": "public", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": null, "expression": "lower(nick)", "opclass": {"schema": "extensions", "name": "gin_trgm_ops"}, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "gin", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:9:7", "builds": "public.named", "sql": ["CREATE INDEX CONCURRENTLY \"named\" ON \"public\".\"users\" USING \"gin\" ((lower(nick)) \"extensions\".\"gin_trgm_ops\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 4 steps'
