-- Refused: 1 reason; nothing may be applied.
--
-- the plan [too-many-drops]
--   cause:  the plan drops 3 objects; policy.max_drops allows 2
--   remedy: check that all are meant; then set `policy: {max_drops: 3}`
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 1 reason; nothing may be applied.''; END';
\quit 3
