-- Refused: 6 reasons; nothing may be applied.
--
-- unique users_email_key on public.users (schema.yaml:5:7) [name-taken]
--   cause:  the name users_email_key is taken by index public.users_email_key
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique users_nick_key on public.users (schema.yaml:6:7) [name-taken]
--   cause:  the name users_nick_key is taken by index public.users_nick_key
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique users_positive on public.users (schema.yaml:7:7) [name-taken]
--   cause:  the name users_positive is taken by constraint users_positive on table public.users
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique orders on public.users (schema.yaml:8:7) [name-taken]
--   cause:  the name orders is taken by table public.orders
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique numbers on public.users (schema.yaml:9:7) [name-taken]
--   cause:  the name numbers is taken by sequence public.numbers
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique shown on public.users (schema.yaml:10:7) [name-taken]
--   cause:  the name shown is taken by view public.shown
--   remedy: choose another name in the file, or rename or drop what has it
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 6 reasons; nothing may be applied.''; END';
\quit 3
