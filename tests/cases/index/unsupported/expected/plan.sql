-- Refused: 2 reasons; nothing may be applied.
--
-- index c on public.pets (schema.yaml:7:20) [not-supported-yet]
--   cause:  public.pets is a view; constraints and indexes of such tables are not supported yet
--   remedy: take its constraints and indexes out of the file; the table itself may stay declared as required
--
-- foreign key visits_event_fkey on public.visits (schema.yaml:10:43) [no-unique-key]
--   cause:  nothing makes public.events(id) unique: a foreign key needs a primary key, a unique constraint that is not deferrable, or a plain unique index there
--   remedy: declare `primary_key` or `unique` with exactly these columns under public.events, or refer to others
\set ON_ERROR_STOP on
DO 'BEGIN RAISE EXCEPTION USING MESSAGE = ''Refused: 2 reasons; nothing may be applied.''; END';
\quit 3
