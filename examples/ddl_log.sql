-- Logs who changes tables, indexes and constraints, for `reconcile drift`.
--
-- A superuser installs it, once in each database (on a managed service: the role that may create event triggers):
--     psql -X -v ON_ERROR_STOP=1 --single-transaction -f ddl_log.sql
-- The role that runs `reconcile drift` reads it:
--     GRANT USAGE ON SCHEMA reconcile_ddl_log TO reader;
--     GRANT SELECT ON reconcile_ddl_log.statement TO reader;
-- To remove it:
--     DROP EVENT TRIGGER reconcile_ddl_log_end;
--     DROP EVENT TRIGGER reconcile_ddl_log_drop;
--     DROP SCHEMA reconcile_ddl_log CASCADE;
--
-- An entry has names, and never the text of a statement, which may hold values. No statement fails or waits because of
-- the log: if an entry cannot be written at once, it is lost, and the server's log has a line with the SQLSTATE.

-- A schema of its own: who owns the schema could otherwise replace the table, and get the rights of the function.
CREATE SCHEMA reconcile_ddl_log;
REVOKE ALL ON SCHEMA reconcile_ddl_log FROM PUBLIC;

CREATE TABLE reconcile_ddl_log.statement (
    sequence bigint GENERATED ALWAYS AS IDENTITY,
    executed_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
    role text NOT NULL,             -- the role that logged in
    acting_as text,                 -- the role of SET ROLE, if any
    application text NOT NULL,      -- application_name, which the client chooses
    command text NOT NULL,          -- such as DROP INDEX
    object_type text NOT NULL,      -- such as index
    object_identity text NOT NULL   -- such as public.users_email_idx, quoted where SQL needs it
);
REVOKE ALL ON reconcile_ddl_log.statement FROM PUBLIC;

-- SECURITY DEFINER, so that every role's statements are logged, and no role can write entries of its own. The search
-- path is fixed, and the table has its schema: no object of another role is ever used.
CREATE FUNCTION reconcile_ddl_log.record() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '10ms'
AS $record$
DECLARE
    logged CONSTANT text[] := ARRAY['table', 'table column', 'table constraint', 'index', 'statistics object',
                                    'materialized view', 'foreign table'];
BEGIN
    LOCK TABLE ONLY reconcile_ddl_log.statement IN ROW EXCLUSIVE MODE NOWAIT;
    IF tg_event = 'sql_drop' THEN
        INSERT INTO reconcile_ddl_log.statement (role, acting_as, application, command, object_type, object_identity)
        SELECT session_user, nullif(current_setting('role'), 'none'), current_setting('application_name'),
               tg_tag, gone.object_type, gone.object_identity
          FROM pg_event_trigger_dropped_objects() AS gone
         WHERE gone.object_type = ANY (logged) AND NOT gone.is_temporary;
    ELSE
        INSERT INTO reconcile_ddl_log.statement (role, acting_as, application, command, object_type, object_identity)
        SELECT session_user, nullif(current_setting('role'), 'none'), current_setting('application_name'),
               made.command_tag, made.object_type, made.object_identity
          FROM pg_event_trigger_ddl_commands() AS made
         WHERE made.object_type = ANY (logged) AND NOT made.in_extension
           AND made.schema_name IS DISTINCT FROM 'pg_temp';
    END IF;
EXCEPTION WHEN OTHERS THEN
    RAISE LOG 'reconcile_ddl_log: a statement was not logged (SQLSTATE %)', sqlstate;
END
$record$;
REVOKE ALL ON FUNCTION reconcile_ddl_log.record() FROM PUBLIC;

CREATE EVENT TRIGGER reconcile_ddl_log_end ON ddl_command_end EXECUTE FUNCTION reconcile_ddl_log.record();
CREATE EVENT TRIGGER reconcile_ddl_log_drop ON sql_drop EXECUTE FUNCTION reconcile_ddl_log.record();
