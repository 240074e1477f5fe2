-- Refused: 1 reason; nothing may be applied.
--
-- check wallets_allowed on public.wallets (schema.yaml:5:7) [hazard-not-accepted]
--   cause:  volatile-expression: check wallets_allowed on public.wallets calls public.allowed(numeric); a guard or constraint calls a volatile function, which may write or answer differently each time
--   remedy: accept it with `--allow volatile-expression` or `policy: {allow: [volatile-expression]}`; or use an immutable function
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
