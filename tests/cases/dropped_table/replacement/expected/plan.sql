-- Refused: 2 reasons; nothing may be applied.
--
-- table public.second_backup (schema.yaml:4:3) [fewer-rows]
--   cause:  3 rows more in public.second_backup than in public.empty, which is to replace it
--   remedy: copy the missing rows to public.empty, or take `replaced_by` out of the file
--   count:  3
--   sample: public.second_backup: 3 rows, public.empty: 0
--   all:    SELECT (SELECT count(*) FROM "public"."second_backup") AS leftover, (SELECT count(*) FROM "public"."empty") AS replacement;
--
-- table public.third_backup (schema.yaml:5:18) [missing-table]
--   cause:  the replacing table public.chatz does not exist
--   remedy: create it with your migrations, or correct its name in the file; did you mean chats?
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
