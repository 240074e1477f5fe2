-- Refused: 1 reason; nothing may be applied.
--
-- index accounts_north_at_idx on public.accounts_north (schema.yaml:8:7) [inherited]
--   cause:  index accounts_north_at_idx on public.accounts_north would be a part of index accounts_at on public.accounts, which is made anew in this plan
--   remedy: take it out of the file until that is applied, and declare it again then
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
