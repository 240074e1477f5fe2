-- Refused: 2 reasons; nothing may be applied.
--
-- not null of public.users.email (schema.yaml:4:15) [nulls]
--   cause:  8 rows of public.users with NULL in email
--   remedy: give these rows a value, then plan again
--   count:  8
--   sample: email=NULL [id=11]
--   sample: email=NULL [id=13]
--   sample: email=NULL [id=15]
--   sample: email=NULL [id=1]
--   sample: email=NULL [id=3]
--   all:    SELECT r.* FROM ONLY "public"."users" AS r WHERE r."email" IS NULL;
--
-- not null of public.notes.at (schema.yaml:6:16) [nulls]
--   cause:  1 row of public.notes with NULL in at
--   remedy: give these rows a value, then plan again
--   count:  1
--   sample: at=NULL [ctid=(0,1)]
--   all:    SELECT r.* FROM ONLY "public"."notes" AS r WHERE r."at" IS NULL;
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
