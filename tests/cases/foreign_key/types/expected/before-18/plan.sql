-- Refused: 2 reasons; nothing may be applied.
--
-- foreign key text_to_bigint on public.orders (schema.yaml:7:7) [rejected-by-server]
--   cause:  PostgreSQL does not accept the definition: foreign key constraint "text_to_bigint" cannot be implemented; Key columns "word" and "id" are of incompatible types: text and bigint.
--   remedy: correct the definition in the file
--
-- foreign key arrays on public.orders (schema.yaml:8:7) [rejected-by-server]
--   cause:  PostgreSQL does not accept the definition: foreign key constraint "arrays" cannot be implemented; Key columns "numbers" and "tags" are of incompatible types: integer[] and text[].
--   remedy: correct the definition in the file
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
