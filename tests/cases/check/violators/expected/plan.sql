-- Refused: 2 reasons; nothing may be applied.
-- Database <database> on <host>, port 0, PostgreSQL <version>, as <user>
\set ON_ERROR_STOP on
\encoding UTF8

\warn 'check wallets_balance_check on public.wallets (schema.yaml:5:7) [violations]'
\warn '  cause:  7 rows in public.wallets would violate wallets_balance_check'
\warn '  remedy: correct these rows, or the expression, then plan again; or say with `violators` what happens to them: `set` corrects them, `quarantine` moves them'
\warn '  count:  7'
--   all:    SELECT * FROM ONLY "public"."wallets" WHERE NOT (balance >= (0)::numeric);

\warn 'check wallets_currency_check on public.wallets (schema.yaml:6:7) [violations]'
\warn '  cause:  12 rows in public.wallets would violate wallets_currency_check'
\warn '  remedy: correct these rows, or the expression, then plan again; or say with `violators` what happens to them: `set` corrects them, `quarantine` moves them'
\warn '  count:  12'
--   all:    SELECT * FROM ONLY "public"."wallets" WHERE NOT (currency = ANY (ARRAY['USD'::text, 'GBP'::text]));

DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
