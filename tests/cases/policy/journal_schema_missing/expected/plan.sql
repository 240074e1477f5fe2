-- Refused: 1 reason; nothing may be applied.
--
-- the plan [missing-privilege]
--   cause:  the schema nowhere for the journal does not exist
--   remedy: create it, or correct policy.journal_schema
\quit 3
