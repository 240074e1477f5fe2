-- Refused: 3 reasons; nothing may be applied.
--
-- indexes users_email_key on public.users (schema.yaml:5:17) [misplaced-absent]
--   cause:  index public.users_email_key belongs to a constraint
--   remedy: put it under `absent: constraints`
--
-- constraints idx_nick on public.users (schema.yaml:6:21) [misplaced-absent]
--   cause:  index public.idx_nick is no constraint
--   remedy: put it under `absent: indexes`
--
-- constraints looked_at on public.users (schema.yaml:6:31) [misplaced-absent]
--   cause:  constraint looked_at on table public.users is inherited, and cannot go by itself
--   remedy: put it under `absent` of the table that it is inherited from
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
