-- Refused: 2 reasons; nothing may be applied.
--
-- not null of public.users.e_mail (schema.yaml:4:16) [missing-column]
--   cause:  table public.users has no column e_mail
--   remedy: add it with your migrations, or correct its name in the file; did you mean email?
--
-- not null of public.users.zip (schema.yaml:4:24) [missing-column]
--   cause:  table public.users has no column zip
--   remedy: add it with your migrations, or correct its name in the file
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
