"""The event triggers that steps fire.

Source: https://www.postgresql.org/docs/current/catalog-pg-event-trigger.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reconciler.model.facts.event_triggers import EventTrigger, EventTriggersOfCommands
from reconciler.postgres.session import Session, ask

# The functions of `examples/ddl_log.sql` only log statements.
_FIRING = """
    SELECT quote_ident(e.evtname) AS name, format('%%I.%%I', n.nspname, p.proname) AS function,
           e.evtevent::text AS event, e.evttags AS tags
      FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE e.evtenabled IN ('O', 'A') AND e.evtevent IN ('ddl_command_start', 'ddl_command_end', 'sql_drop')
       AND n.nspname <> 'reconcile_ddl_log'
     ORDER BY e.evtname"""


def event_triggers_of_commands(
    session: Session, asked: Sequence[EventTriggersOfCommands]
) -> Callable[[], Mapping[EventTriggersOfCommands, tuple[EventTrigger, ...]]]:
    found = ask(session.connection, _FIRING, {})

    def answers() -> Mapping[EventTriggersOfCommands, tuple[EventTrigger, ...]]:
        firing = tuple(
            EventTrigger(
                name=row.name,
                function=row.function,
                event=row.event,
                tags=tuple(row.tags) if row.tags is not None else None,
            )
            for row in found()
        )
        return dict.fromkeys(asked, firing)

    return answers
