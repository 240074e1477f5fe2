-- Refused: 2 reasons; nothing may be applied.
--
-- not null e_mail on public.users (schema.yaml:4:16) [missing-column]
--   cause:  table public.users has no column e_mail
--   remedy: add it with your migrations, or correct its name in the file. Did you mean email?
--
-- not null zip on public.users (schema.yaml:4:24) [missing-column]
--   cause:  table public.users has no column zip
--   remedy: add it with your migrations, or correct its name in the file.
\quit 3
