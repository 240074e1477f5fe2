-- Refused: 3 reasons; nothing may be applied.
--
-- index idx_id on public.users (schema.yaml:5:7) [name-taken]
--   cause:  the name idx_id is taken by index public.idx_id
--   remedy: choose another name in the file, or rename or drop what has it
--
-- index orders on public.users (schema.yaml:6:7) [name-taken]
--   cause:  the name orders is taken by table public.orders
--   remedy: choose another name in the file, or rename or drop what has it
--
-- index users_email_key on public.users (schema.yaml:7:7) [name-taken]
--   cause:  the name users_email_key is taken by index public.users_email_key
--   remedy: choose another name in the file, or rename or drop what has it
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
