-- Refused: 5 reasons; nothing may be applied.
--
-- unique no_range on public.stays (schema.yaml:5:7) [rejected-by-server]
--   cause:  PostgreSQL does not accept the definition: column "day" in WITHOUT OVERLAPS is not a range or multirange type
--   remedy: correct the definition in the file
--
-- unique no_opclass on public.stays (schema.yaml:6:7) [rejected-by-server]
--   cause:  PostgreSQL does not accept the definition: data type integer has no default operator class for access method "gist"; You must specify an operator class for the index or define a default operator class for the data type.
--   remedy: correct the definition in the file
--
-- unique no_column on public.stays (schema.yaml:7:7) [missing-column]
--   cause:  table public.stays has no column night
--   remedy: add it with your migrations, or correct its name in the file
--
-- unique taken on public.stays (schema.yaml:8:7) [name-taken]
--   cause:  the name taken is taken by index public.taken
--   remedy: choose another name in the file, or rename or drop what has it
--
-- unique live on public.stays (schema.yaml:9:7) [rejected-by-server]
--   cause:  PostgreSQL does not accept the definition: data type integer has no default operator class for access method "gist"; You must specify an operator class for the index or define a default operator class for the data type.
--   remedy: correct the definition in the file
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 5 reasons; nothing may be applied.''; END';
\quit 3
