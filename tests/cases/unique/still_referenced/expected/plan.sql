-- Refused: 2 reasons; nothing may be applied.
--
-- unique users_nick_key on public.users (schema.yaml:5:7) [still-referenced]
--   cause:  unique users_nick_key on public.users cannot go: foreign key posts_nick_fkey on public.posts depends on it, would be dropped and added again with it, and is not declared
--   remedy: to let that happen, declare it: `tables: {public.posts: {foreign_keys: {posts_nick_fkey: {columns: nick, references: public.users(nick)}}}}`
--
-- unique users_email_key on public.users (schema.yaml:7:20) [still-referenced]
--   cause:  unique users_email_key on public.users cannot go: foreign key orders_email_fkey on public.orders depends on it
--   remedy: declare another unique key over the same columns; or put these foreign keys under `absent` as well; or have them refer to another key, and apply that first
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
