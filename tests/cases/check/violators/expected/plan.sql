-- Refused: 2 reasons; nothing may be applied.
-- Database <database> on <host>, port 0, PostgreSQL <version>, as <user>
--
-- check wallets_balance_check on public.wallets (schema.yaml:5:7) [violations]
--   cause:  7 rows in public.wallets would violate wallets_balance_check
--   remedy: correct these rows, or the expression, then plan again
--   count:  7
--   all:    SELECT * FROM ONLY "public"."wallets" WHERE NOT (balance >= (0)::numeric);
--
-- check wallets_currency_check on public.wallets (schema.yaml:6:7) [violations]
--   cause:  12 rows in public.wallets would violate wallets_currency_check
--   remedy: correct these rows, or the expression, then plan again
--   count:  12
--   all:    SELECT * FROM ONLY "public"."wallets" WHERE NOT (currency = ANY (ARRAY['USD'::text, 'GBP'::text]));
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
