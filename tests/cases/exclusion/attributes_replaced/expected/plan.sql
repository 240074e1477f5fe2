-- Plan: 1 exclusion constraint to rename, 1 exclusion constraint to alter, 1 exclusion constraint to create, 1 exclusion constraint to drop; 4 steps.
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

-- rename exclusion renamed_new on public.renamed, named renamed_old so far (schema.yaml:17:7)

-- Step 1 of 4: rename exclusion renamed_old on public.renamed to renamed_new [brief]
--   locks public.renamed ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 1 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion renamed_old on public.renamed to renamed_new', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion renamed_new on public.renamed", "schema": "public", "table": "renamed", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"renamed_old\" TO \"renamed_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."renamed" RENAME CONSTRAINT "renamed_old" TO "renamed_new";
SELECT "public".log_migration_step('reconcile <digest>', 'rename exclusion renamed_old on public.renamed to renamed_new', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion renamed_new on public.renamed", "schema": "public", "table": "renamed", "action": "rename", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {}, "clustered": true, "status": "valid"}, "place": "schema.yaml:17:7", "sql": ["ALTER TABLE \"public\".\"renamed\" RENAME CONSTRAINT \"renamed_old\" TO \"renamed_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- alter exclusion anew_apart on public.anew (schema.yaml:6:7)
--   elements[0].column: none → c
--   elements[0].expression: int4range(a, b) → none
--   elements[1]: none → {expression: int4range(a, b), operator: {schema: pg_catalog, name: &&}}
--   statistics: {1: 100} → {2: 100}

-- Step 2 of 4: build exclusion anew_apart on public.anew anew, in place of what is there [scan]
--   locks public.anew ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 2 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion anew_apart on public.anew', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion anew_apart on public.anew", "schema": "public", "table": "anew", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "kept", "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "kept", "statistics": {"2": 100}, "clustered": true, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"anew\" DROP CONSTRAINT \"anew_apart\"", "ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_apart\" EXCLUDE USING \"gist\" (\"c\" WITH OPERATOR(\"pg_catalog\".&&), (int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&)) WITH (\"fillfactor\" = ''50'') USING INDEX TABLESPACE \"fast\"", "COMMENT ON CONSTRAINT \"anew_apart\" ON \"public\".\"anew\" IS ''kept''", "ALTER INDEX \"public\".\"anew_apart\" ALTER COLUMN 2 SET STATISTICS 100", "ALTER TABLE \"public\".\"anew\" CLUSTER ON \"anew_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."anew" DROP CONSTRAINT "anew_apart";
ALTER TABLE "public"."anew" ADD CONSTRAINT "anew_apart" EXCLUDE USING "gist" ("c" WITH OPERATOR("pg_catalog".&&), (int4range(a, b)) WITH OPERATOR("pg_catalog".&&)) WITH ("fillfactor" = '50') USING INDEX TABLESPACE "fast";
COMMENT ON CONSTRAINT "anew_apart" ON "public"."anew" IS 'kept';
ALTER INDEX "public"."anew_apart" ALTER COLUMN 2 SET STATISTICS 100;
ALTER TABLE "public"."anew" CLUSTER ON "anew_apart";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion anew_apart on public.anew', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion anew_apart on public.anew", "schema": "public", "table": "anew", "action": "alter", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "kept", "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": {"type": "Exclusion", "elements": [{"column": "c", "expression": null, "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}, {"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {"fillfactor": "50"}, "tablespace": "fast", "comment": "kept", "statistics": {"2": 100}, "clustered": true, "status": "valid"}, "place": "schema.yaml:6:7", "sql": ["ALTER TABLE \"public\".\"anew\" DROP CONSTRAINT \"anew_apart\"", "ALTER TABLE \"public\".\"anew\" ADD CONSTRAINT \"anew_apart\" EXCLUDE USING \"gist\" (\"c\" WITH OPERATOR(\"pg_catalog\".&&), (int4range(a, b)) WITH OPERATOR(\"pg_catalog\".&&)) WITH (\"fillfactor\" = ''50'') USING INDEX TABLESPACE \"fast\"", "COMMENT ON CONSTRAINT \"anew_apart\" ON \"public\".\"anew\" IS ''kept''", "ALTER INDEX \"public\".\"anew_apart\" ALTER COLUMN 2 SET STATISTICS 100", "ALTER TABLE \"public\".\"anew\" CLUSTER ON \"anew_apart\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- create exclusion moved_new on public.moved (schema.yaml:11:7)

-- Step 3 of 4: build exclusion moved_new on public.moved [scan]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 3 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '86400000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion moved_new on public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion moved_new on public.moved", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "-|-"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"moved_new\" EXCLUDE USING \"gist\" ((int4range(a, b)) WITH OPERATOR(\"pg_catalog\".-|-))", "ALTER INDEX \"public\".\"moved_new\" ALTER COLUMN 1 SET STATISTICS 100", "ALTER TABLE \"public\".\"moved\" CLUSTER ON \"moved_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" ADD CONSTRAINT "moved_new" EXCLUDE USING "gist" ((int4range(a, b)) WITH OPERATOR("pg_catalog".-|-));
ALTER INDEX "public"."moved_new" ALTER COLUMN 1 SET STATISTICS 100;
ALTER TABLE "public"."moved" CLUSTER ON "moved_new";
SELECT "public".log_migration_step('reconcile <digest>', 'build exclusion moved_new on public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion moved_new on public.moved", "schema": "public", "table": "moved", "action": "create", "before": null, "after": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "-|-"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"moved\" ADD CONSTRAINT \"moved_new\" EXCLUDE USING \"gist\" ((int4range(a, b)) WITH OPERATOR(\"pg_catalog\".-|-))", "ALTER INDEX \"public\".\"moved_new\" ALTER COLUMN 1 SET STATISTICS 100", "ALTER TABLE \"public\".\"moved\" CLUSTER ON \"moved_new\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

-- drop exclusion moved_old on public.moved (schema.yaml:11:7)
--   hazard constraint-dropped: exclusion moved_old on public.moved

-- Step 4 of 4: drop exclusion moved_old on public.moved [brief]
--   locks public.moved ACCESS EXCLUSIVE: blocks reads and writes
--   if it fails: nothing: the statement is undone as a whole
\echo 'step 4 of 4'
SET lock_timeout = '2000ms';
SET statement_timeout = '30000ms';
SET idle_in_transaction_session_timeout = '60000ms';
SELECT "public".log_migration_step('reconcile <digest>', 'drop exclusion moved_old on public.moved', 'started', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion moved_old on public.moved", "schema": "public", "table": "moved", "action": "drop", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": null, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"moved\" DROP CONSTRAINT \"moved_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
BEGIN;
ALTER TABLE "public"."moved" DROP CONSTRAINT "moved_old";
SELECT "public".log_migration_step('reconcile <digest>', 'drop exclusion moved_old on public.moved', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "object": "exclusion moved_old on public.moved", "schema": "public", "table": "moved", "action": "drop", "before": {"type": "Exclusion", "elements": [{"column": null, "expression": "int4range(a, b)", "opclass": null, "opclass_params": {}, "collation": null, "descending": false, "nulls_first": null, "operator": {"schema": "pg_catalog", "name": "&&"}}], "using": "gist", "where": null, "include": [], "deferrable": false, "initially_deferred": false, "with": {}, "tablespace": null, "comment": null, "statistics": {"1": 100}, "clustered": true, "status": "valid"}, "after": null, "place": "schema.yaml:11:7", "sql": ["ALTER TABLE \"public\".\"moved\" DROP CONSTRAINT \"moved_old\""]}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
COMMIT;

SELECT "public".log_migration_step('reconcile <digest>', 'run', 'completed', NULL, NULL, '{"plan_digest": "<digest>", "tool": "psql", "tool_version": "0.1.0", "completed": 4}'::jsonb || jsonb_build_object('run_id', :'run_id', 'user', current_user)) AS journaled \gset
\echo 'done: 4 steps'
