-- Refused: 2 reasons; nothing may be applied.
--
-- primary key of public.users (schema.yaml:4:18) [still-referenced]
--   cause:  primary key of public.users cannot go: foreign key orders_user_id_fkey on public.orders depends on it
--   remedy: declare another unique key over the same columns; or put these foreign keys under `absent` as well; or have them refer to another key, and apply that first
--
-- primary key of public.orders (schema.yaml:6:27) [still-referenced]
--   cause:  primary key of public.orders cannot go: foreign key items_order_id_fkey on public.items depends on it
--   remedy: declare another unique key over the same columns; or put these foreign keys under `absent` as well; or have them refer to another key, and apply that first
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
