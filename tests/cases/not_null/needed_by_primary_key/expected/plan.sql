-- Refused: 1 reason; nothing may be applied.
--
-- not null id on public.users (schema.yaml:5:18) [still-referenced]
--   cause:  not null id on public.users cannot go: the column is part of the primary key
--   remedy: take it out of `absent`, or drop the primary key first
\quit 3
