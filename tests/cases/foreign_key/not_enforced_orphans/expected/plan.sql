-- Refused: 1 reason; nothing may be applied.
--
-- foreign key owner on public.wallets (schema.yaml:5:7) [orphans]
--   cause:  1 row of public.wallets without a row in public.users(id)
--   remedy: add the missing rows, or correct or delete the orphans, then plan again
--   count:  1
--   sample: user_id=7 [id=1]
--   all:    SELECT r.* FROM ONLY "public"."wallets" AS r WHERE r."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM ONLY "public"."users" AS p WHERE p."id" = r."user_id");
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
