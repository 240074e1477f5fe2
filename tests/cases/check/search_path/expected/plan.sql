-- Refused: 1 reason; nothing may be applied.
--
-- index idx_users_nick on shop.users (schema.yaml:14:7) [unknown]
--   cause:  cannot tell whether the live definition is the declared one: operator class "extensions.citext_pattern_ops" does not accept data type text
--   remedy: plan with a role that may create temporary tables, on the primary; or write the expression as pg_get_constraintdef or pg_get_indexdef prints it
\quit 3
