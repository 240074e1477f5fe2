-- Refused: 1 reason; nothing may be applied.
--
-- unique one on public.users (schema.yaml:5:7) [circular]
--   cause:  each of these changes must wait for another one of them: alter unique one on public.users, alter unique two on public.users
--   remedy: leave all but one out of the file, apply, then put them in again; a further unique key over the same columns may be needed for a while
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
