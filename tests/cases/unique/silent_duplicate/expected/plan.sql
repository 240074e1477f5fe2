-- Refused: 1 reason; nothing may be applied.
--
-- unique users_email_key on public.users (schema.yaml:5:7) [duplicate-object]
--   cause:  unique "by Hand" on public.users is not declared and has the same definition: unique users_email_key on public.users would be its duplicate
--   remedy: to rename it, add `renamed_from: by Hand` to users_email_key; to replace it, add `absent: {constraints: [by Hand]}` under the table
\quit 3
