"""The triggers and rules that a repair may fire: a query that a batch runs first."""

from __future__ import annotations

from reconciler.kinds.base import ddl
from reconciler.model.facts.reach import FiringTrigger, Reach, ReachOf, RowEvent
from reconciler.model.statement import Statement


def has_only_triggers(question: ReachOf, reach: Reach) -> Statement:
    """Return a query for whether the table has no other triggers and rules for the event."""
    bit, event = ("8", "4") if question.event is RowEvent.DELETE else ("16", "2")
    return ddl.statement(
        ddl.compose(
            "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g\n"
            "   WHERE g.tgrelid = {table}::pg_catalog.regclass AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')\n"
            "     AND g.tgtype & {bit} <> 0\n"
            "     AND (g.tgname::text, g.tgfoid::pg_catalog.regprocedure::text) NOT IN (VALUES ('', ''){known}))\n"
            "   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w\n"
            "   WHERE w.ev_class = {table}::pg_catalog.regclass AND w.ev_type::text = {event})",
            table=ddl.literal(ddl.text_of(ddl.relation(question.table))),
            bit=ddl.fragment(bit),
            event=ddl.literal(event),
            known=ddl.joined((ddl.compose(", ({one})", one=_pair(one)) for one in reach.triggers), ""),
        )
    )


def _pair(trigger: FiringTrigger) -> ddl.Sql:
    return ddl.joined((ddl.literal(trigger.name), ddl.literal(trigger.function)), ", ")
