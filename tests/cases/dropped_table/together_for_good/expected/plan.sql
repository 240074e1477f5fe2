-- Refused: 1 reason; nothing may be applied.
--
-- table public.parent (schema.yaml:3:3) [has-dependents]
--   cause:  constraint child_parent_id_fkey on table public.child depends on public.parent
--   remedy: change or drop it first; nothing is ever dropped by CASCADE
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
