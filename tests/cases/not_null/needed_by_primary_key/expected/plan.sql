-- Refused: 1 reason; nothing may be applied.
--
-- not null of public.users.id (schema.yaml:5:18) [still-referenced]
--   cause:  not null of public.users.id cannot go: the column is part of the primary key
--   remedy: take it out of `absent`, or drop the primary key first
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
