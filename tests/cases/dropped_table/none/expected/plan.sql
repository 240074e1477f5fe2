-- Refused: 1 reason; nothing may be applied.
-- Database <database> on <host>, port 0, PostgreSQL <version>, as <user>
\set ON_ERROR_STOP on
\encoding UTF8

\warn 'table public.scratch (schema.yaml:3:3) [hazard-not-accepted]'
\warn '  cause:  drop-table: public.scratch is dropped; the rows of a dropped table or view are deleted, and no copy of them is kept'
\warn '  remedy: accept it with `--allow drop-table` or `policy: {allow: [drop-table]}`; or for a table, use `backup: archive`, which moves it to reconcile_archive'

DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
