-- Plan: 1 index, 2 checks and 1 foreign key to create, 1 index to alter; 10 steps.
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
SELECT "public".log_migration_step('reconcile <digest>', 'run', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "steps": 10, "sources": ["schema.yaml"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create index idx_users_email on a.users (schema.yaml:5:15)

-- Step 1 of 10: build index idx_users_email on a.users [concurrent]
--   locks a.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 1 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_email on a.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "builds": "a.idx_users_email", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email\" ON \"a\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_users_email" ON "a"."users" ("email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_email on a.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:5:15", "builds": "a.idx_users_email", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email\" ON \"a\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- alter index idx_users_email on b.users (schema.yaml:8:15)
--   columns[0].column: id → email
--   columns[1]: {column: email} → none

-- Step 2 of 10: build index idx_users_email__reconcile_new on b.users [concurrent]
--   locks b.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe an invalid index of this name, which the next run removes and builds anew
\echo 'step 2 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_email__reconcile_new on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "builds": "b.idx_users_email__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email__reconcile_new\" ON \"b\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
CREATE INDEX CONCURRENTLY "idx_users_email__reconcile_new" ON "b"."users" ("email");
SELECT "public".log_migration_step('reconcile <digest>', 'build index idx_users_email__reconcile_new on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "builds": "b.idx_users_email__reconcile_new", "sql": ["CREATE INDEX CONCURRENTLY \"idx_users_email__reconcile_new\" ON \"b\".\"users\" (\"email\")"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- Step 3 of 10: give the name of index idx_users_email on b.users to its successor [brief]
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'swap index idx_users_email on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"b\".\"idx_users_email\" RENAME TO \"idx_users_email__reconcile_old\"", "ALTER INDEX \"b\".\"idx_users_email__reconcile_new\" RENAME TO \"idx_users_email\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER INDEX "b"."idx_users_email" RENAME TO "idx_users_email__reconcile_old";
ALTER INDEX "b"."idx_users_email__reconcile_new" RENAME TO "idx_users_email";
SELECT "public".log_migration_step('reconcile <digest>', 'swap index idx_users_email on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["ALTER INDEX \"b\".\"idx_users_email\" RENAME TO \"idx_users_email__reconcile_old\"", "ALTER INDEX \"b\".\"idx_users_email__reconcile_new\" RENAME TO \"idx_users_email\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 4 of 10: drop index idx_users_email__reconcile_old on b.users [concurrent]
--   locks b.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: maybe the index, marked invalid, which the next run removes
\echo 'step 4 of 10'
SET lock_timeout = '0ms';
SET statement_timeout = '0ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop index idx_users_email__reconcile_old on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["DROP INDEX CONCURRENTLY \"b\".\"idx_users_email__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
DROP INDEX CONCURRENTLY "b"."idx_users_email__reconcile_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop index idx_users_email__reconcile_old on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "index idx_users_email on b.users", "schema": "b", "table": "users", "action": "alter", "before": {"type": "Index", "columns": [{"column": "id", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}, {"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "after": {"type": "Index", "columns": [{"column": "email", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null}], "using": "btree", "unique": false, "nulls_distinct": true, "include": [], "where": null, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": false, "replica_identity": false, "status": "valid"}, "place": "schema.yaml:8:15", "sql": ["DROP INDEX CONCURRENTLY \"b\".\"idx_users_email__reconcile_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset

-- create check users_id_check on a.users (schema.yaml:6:14)

-- Step 5 of 10: add check users_id_check on a.users, not valid yet [brief]
--   locks a.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 5 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on a.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:14", "sql": ["ALTER TABLE \"a\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (id > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "a"."users" ADD CONSTRAINT "users_id_check" CHECK (id > 0) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on a.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:14", "sql": ["ALTER TABLE \"a\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (id > 0) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 6 of 10: validate check users_id_check on a.users [scan]
--   locks a.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 6 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on a.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:14", "sql": ["ALTER TABLE \"a\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "a"."users" VALIDATE CONSTRAINT "users_id_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on a.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on a.users", "schema": "a", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 0", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:6:14", "sql": ["ALTER TABLE \"a\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create check users_id_check on b.users (schema.yaml:9:14)

-- Step 7 of 10: add check users_id_check on b.users, not valid yet [brief]
--   locks b.users ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 7 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:14", "sql": ["ALTER TABLE \"b\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (id > 1) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "b"."users" ADD CONSTRAINT "users_id_check" CHECK (id > 1) NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add check users_id_check on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:14", "sql": ["ALTER TABLE \"b\".\"users\" ADD CONSTRAINT \"users_id_check\" CHECK (id > 1) NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 8 of 10: validate check users_id_check on b.users [scan]
--   locks b.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 8 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:14", "sql": ["ALTER TABLE \"b\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "b"."users" VALIDATE CONSTRAINT "users_id_check";
SELECT "public".log_migration_step('reconcile <digest>', 'validate check users_id_check on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "check users_id_check on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "Check", "expression": "id > 1", "no_inherit": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:9:14", "sql": ["ALTER TABLE \"b\".\"users\" VALIDATE CONSTRAINT \"users_id_check\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create foreign key users_id_fkey on b.users (schema.yaml:11:7)

-- Step 9 of 10: add foreign key users_id_fkey on b.users, not valid yet [brief]
--   locks b.users SHARE ROW EXCLUSIVE: blocks writes
--   locks a.users SHARE ROW EXCLUSIVE: blocks writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 9 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key users_id_fkey on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key users_id_fkey on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["id"], "ref_table": {"schema": "a", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"b\".\"users\" ADD CONSTRAINT \"users_id_fkey\" FOREIGN KEY (\"id\") REFERENCES \"a\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "b"."users" ADD CONSTRAINT "users_id_fkey" FOREIGN KEY ("id") REFERENCES "a"."users" ("id") NOT VALID;
SELECT "public".log_migration_step('reconcile <digest>', 'add foreign key users_id_fkey on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key users_id_fkey on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["id"], "ref_table": {"schema": "a", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"b\".\"users\" ADD CONSTRAINT \"users_id_fkey\" FOREIGN KEY (\"id\") REFERENCES \"a\".\"users\" (\"id\") NOT VALID"]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- Step 10 of 10: validate foreign key users_id_fkey on b.users [scan]
--   locks b.users SHARE UPDATE EXCLUSIVE: blocks neither reads nor writes
--   locks a.users ROW SHARE: blocks neither reads nor writes
--   if it fails: the constraint stays NOT VALID: it is enforced for new and changed rows
\echo 'step 10 of 10'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key users_id_fkey on b.users', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key users_id_fkey on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["id"], "ref_table": {"schema": "a", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"b\".\"users\" VALIDATE CONSTRAINT \"users_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "b"."users" VALIDATE CONSTRAINT "users_id_fkey";
SELECT "public".log_migration_step('reconcile <digest>', 'validate foreign key users_id_fkey on b.users', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "foreign key users_id_fkey on b.users", "schema": "b", "table": "users", "action": "create", "before": null, "after": {"type": "ForeignKey", "columns": ["id"], "ref_table": {"schema": "a", "name": "users"}, "ref_columns": ["id"], "match": "simple", "on_update": "no action", "on_delete": "no action", "on_delete_columns": [], "period": false, "deferrable": false, "initially_deferred": false, "validated": true, "enforced": true, "comment": null}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"b\".\"users\" VALIDATE CONSTRAINT \"users_id_fkey\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 10}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 10 steps'
