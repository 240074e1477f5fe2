-- Refused: 2 reasons; nothing may be applied.
--
-- unique users_nick_key on public.users (schema.yaml:5:7) [still-referenced]
--   cause:  unique users_nick_key on public.users cannot go: foreign key posts_nick_fkey on public.posts depends on it
--   remedy: put these foreign keys under `absent` as well, or keep the key
--
-- unique users_email_key on public.users (schema.yaml:7:20) [still-referenced]
--   cause:  unique users_email_key on public.users cannot go: foreign key orders_email_fkey on public.orders depends on it
--   remedy: put these foreign keys under `absent` as well, or keep the key
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
