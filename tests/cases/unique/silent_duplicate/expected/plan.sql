-- Refused: 1 reason; nothing may be applied.
--
-- unique users_email_key on public.users (schema.yaml:5:7) [duplicate-object]
--   cause:  unique "by Hand" on public.users is not declared and has the same definition: unique users_email_key on public.users would be its duplicate
--   remedy: to keep it as it is, declare it as "by Hand"; to rename it, add `renamed_from: by Hand` to users_email_key; to replace it, add `absent: {constraints: [by Hand]}` under the table
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
