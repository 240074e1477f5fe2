-- Refused: 2 reasons; nothing may be applied.
--
-- check taken on public.wallets (schema.yaml:5:7) [name-taken]
--   cause:  the name taken is taken by constraint taken on table public.wallets
--   remedy: choose another name in the file, or rename or drop what has it
--
-- check wallets_balance_check on public.wallets (schema.yaml:6:7) [duplicate-object]
--   cause:  check by_hand on public.wallets is not declared and has the same definition: check wallets_balance_check on public.wallets would be its duplicate
--   remedy: to keep it as it is, declare it as by_hand; to rename it, add `renamed_from: by_hand` to wallets_balance_check; to replace it, add `absent: {constraints: [by_hand]}` under the table
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
