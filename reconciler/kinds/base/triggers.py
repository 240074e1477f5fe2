"""The triggers and rules that a repair may fire, and the publications that send its changes: a query that a batch runs
first."""

from __future__ import annotations

from collections.abc import Sequence

from reconciler.kinds.base import ddl
from reconciler.model.facts.reach import FiringTrigger, Reach, ReachOf, RowEvent
from reconciler.model.facts.values import Publication
from reconciler.model.statement import Statement


def has_only_triggers(question: ReachOf, reach: Reach, publications: Sequence[Publication]) -> Statement:
    """Return a query for whether the table has no other triggers and rules for the event, and is in no other
    publication that sends it."""
    bit, event, sends = (
        ("8", "4", "p.pubdelete") if question.event is RowEvent.DELETE else ("16", "2", "p.pubupdate")
    )
    return ddl.statement(
        ddl.compose(
            "SELECT NOT EXISTS (SELECT FROM pg_catalog.pg_trigger AS g\n"
            "   WHERE g.tgrelid = {table}::pg_catalog.regclass AND NOT g.tgisinternal AND g.tgenabled IN ('O', 'A')\n"
            "     AND g.tgtype & {bit} <> 0\n"
            "     AND (g.tgname::text, g.tgfoid::pg_catalog.regprocedure::text) NOT IN (VALUES ('', ''){known}))\n"
            "   AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w\n"
            "   WHERE w.ev_class = {table}::pg_catalog.regclass AND w.ev_type::text = {event})\n"
            "   AND NOT EXISTS (SELECT FROM pg_catalog.pg_publication AS p\n"
            "   WHERE {sends} AND p.pubname::text NOT IN (''{sent})\n"
            "     AND EXISTS (SELECT FROM pg_catalog.pg_get_publication_tables(p.pubname::text) AS s\n"
            "                  WHERE s.relid = {table}::pg_catalog.regclass OR s.relid IN (\n"
            "                    SELECT a.relid FROM pg_catalog.pg_partition_ancestors({table}) AS a)))",
            table=ddl.literal(ddl.text_of(ddl.relation(question.table))),
            bit=ddl.fragment(bit),
            event=ddl.literal(event),
            sends=ddl.fragment(sends),
            sent=ddl.joined((ddl.compose(", {one}", one=ddl.literal(one.name)) for one in publications), ""),
            known=ddl.joined((ddl.compose(", ({one})", one=_pair(one)) for one in reach.triggers), ""),
        )
    )


def _pair(trigger: FiringTrigger) -> ddl.Sql:
    return ddl.joined((ddl.literal(trigger.name), ddl.literal(trigger.function)), ", ")
