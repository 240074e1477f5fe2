-- Refused: 1 reason; nothing may be applied.
--
-- check positive on public.wallets (schema.yaml:5:7) [violations]
--   cause:  1 row of public.wallets for which the check positive is false
--   remedy: correct these rows, or the expression, then plan again
--   count:  1
--   sample: id=2
--   all:    SELECT r.* FROM ONLY "public"."wallets" AS r WHERE NOT (balance > 0);
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
