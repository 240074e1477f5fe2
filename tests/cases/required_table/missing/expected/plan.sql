-- Refused: 3 reasons; nothing may be applied.
--
-- required table public.user (schema.yaml:6:3) [missing-table]
--   cause:  the table public.user does not exist
--   remedy: create it with your migrations, or correct its name in the file; did you mean users?
--
-- required table billing.invoices (schema.yaml:7:3) [missing-table]
--   cause:  the table billing.invoices does not exist
--   remedy: create it with your migrations, or correct its name in the file; did you mean invoice?
--
-- required table nowhere.at_all (schema.yaml:10:3) [missing-table]
--   cause:  the table nowhere.at_all does not exist
--   remedy: create it with your migrations, or correct its name in the file
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
