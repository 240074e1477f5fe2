-- Refused: 3 reasons; nothing may be applied.
--
-- not null of public.audit_2020.id (schema.yaml:4:26) [protected-table]
--   cause:  public.audit_2020 is protected (by public.audit_*); the plan would create not null of public.audit_2020.id
--   remedy: take the change out of the file, or the table out of `protected`
--
-- index idx_secrets on vault.secrets (schema.yaml:6:37) [protected-table]
--   cause:  vault.secrets is protected (by vault.*); the plan would drop index idx_secrets on vault.secrets
--   remedy: take the change out of the file, or the table out of `protected`
--
-- table public.backup_logs (schema.yaml:8:3) [protected-table]
--   cause:  public.backup_logs is protected (by public.backup_logs); the plan would drop table public.backup_logs
--   remedy: take the change out of the file, or the table out of `protected`
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
