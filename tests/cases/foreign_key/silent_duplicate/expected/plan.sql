-- Refused: 1 reason; nothing may be applied.
--
-- foreign key fk_orders_a on public.orders (schema.yaml:5:7) [duplicate-object]
--   cause:  foreign key made_by_the_orm on public.orders is not declared and has the same definition: foreign key fk_orders_a on public.orders would be its duplicate
--   remedy: to keep it as it is, declare it as made_by_the_orm; to rename it, add `renamed_from: made_by_the_orm` to fk_orders_a; to replace it, add `absent: {constraints: [made_by_the_orm]}` under the table
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
