-- Refused: 1 reason; nothing may be applied.
--
-- the plan [missing-privilege]
--   cause:  the schema nowhere for the journal does not exist
--   remedy: create it, or correct policy.journal_schema
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
