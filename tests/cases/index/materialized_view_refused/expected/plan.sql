-- Refused: 3 reasons; nothing may be applied.
--
-- primary key of public.totals (schema.yaml:4:18) [not-supported-yet]
--   cause:  public.totals is a materialized view, which can have indexes only; constraints and indexes of such tables are not supported yet
--   remedy: take its constraints and indexes out of the file; the table itself may stay declared as required
--
-- not null of public.totals.id (schema.yaml:5:15) [not-supported-yet]
--   cause:  public.totals is a materialized view, which can have indexes only; constraints and indexes of such tables are not supported yet
--   remedy: take its constraints and indexes out of the file; the table itself may stay declared as required
--
-- check totals_check on public.totals (schema.yaml:6:14) [not-supported-yet]
--   cause:  public.totals is a materialized view, which can have indexes only; constraints and indexes of such tables are not supported yet
--   remedy: take its constraints and indexes out of the file; the table itself may stay declared as required
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 3 reasons; nothing may be applied.''; END';
\quit 3
