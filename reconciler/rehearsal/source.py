"""What a rehearsal rebuilds: the part of a live state and of a file that a plan is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from reconciler.model.facts.dependents import Tablespaces
from reconciler.model.names import JOURNAL_FUNCTION, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.server import Server
from reconciler.model.state import DesiredState, LiveState
from reconciler.postgres.catalog import read_also, read_state
from reconciler.postgres.facts import LiveFacts
from reconciler.postgres.session import Session, rows
from reconciler.snapshots.skeleton import Skeleton, read_skeleton
from reconciler.snapshots.snapshot import Snapshot
from reconciler.snapshots.state import referenced_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The database that a plan was made for. `trusted`: its names are those of the database itself, and not of a
    file that anybody may have written. `domains` are the constraints of domains, as statements, `tablespaces` the
    names of the tablespaces, and `roles` those of the roles that policies are for."""

    server: Server
    live: LiveState
    skeleton: Skeleton
    trusted: bool
    domains: tuple[str, ...] = ()
    tablespaces: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def without_journal(self, schema: str) -> Source:
        """Return the same without the function of the journal, which is in this schema: a rehearsal begins a journal of
        its own."""
        functions = (one for one in self.skeleton.functions if one.name != (schema, JOURNAL_FUNCTION))
        return replace(self, skeleton=replace(self.skeleton, functions=tuple(functions)))


_DOMAINS = """
    SELECT format('ALTER DOMAIN %I.%I SET NOT NULL', n.nspname, t.typname) AS statement
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE t.typtype = 'd' AND t.typnotnull AND n.nspname !~ '^pg_|^information_schema'
     UNION ALL
    SELECT format('ALTER DOMAIN %I.%I ADD %s', n.nspname, t.typname, pg_get_constraintdef(c.oid))
      FROM pg_constraint c JOIN pg_type t ON t.oid = c.contypid JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE c.contype = 'c' AND n.nspname !~ '^pg_|^information_schema'"""


def live_source(session: Session, desired: DesiredState, options: Options) -> Source:
    """Read what a rehearsal needs. Changes nothing."""
    live = read_state(session, desired)
    live = read_also(session, live, referenced_tables(live))
    skeleton = read_skeleton(session, list(live.tables.values()), options.trusted_roles)
    answers = LiveFacts(session=session, options=options, live=live).ask([Tablespaces()])
    return Source(
        server=session.server,
        live=live,
        skeleton=skeleton,
        trusted=True,
        domains=domain_constraints(session),
        tablespaces=answers[Tablespaces()],
    )


def domain_constraints(session: Session) -> tuple[str, ...]:
    """Return the statements that give domains their constraints. The search path must be `pg_catalog`."""
    return tuple(row["statement"] for row in rows(session.connection, _DOMAINS))


def snapshot_source(snapshot: Snapshot) -> Source:
    return Source(
        server=snapshot.server,
        live=snapshot.live,
        skeleton=snapshot.skeleton,
        trusted=False,
        tablespaces=snapshot.answers.get(Tablespaces(), ()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """The `tables` that the steps of a plan touch, and those `referenced` by them, which are only rebuilt so that
    foreign keys have a target."""

    tables: frozenset[TableName]
    referenced: frozenset[TableName]

    @property
    def all(self) -> frozenset[TableName]:
        return self.tables | self.referenced


def affected(plan: Plan, desired: DesiredState, live: LiveState) -> Affected:
    """Return the tables that a plan is about, with all of their partitions, children and parents."""
    named = {claim.table for step in plan.steps for claim in step.locks}
    for route in plan.routes:
        named.add(route.change.key.table_name)
        for one in (route.change.before, route.change.after):
            retired = one.retirement() if one is not None else None
            named |= {retired.replaced_by} if retired is not None and retired.replaced_by is not None else set()
    tables = _families(named, live)
    referenced = _families(_referenced(tables, desired, live), live)
    return Affected(tables=tables, referenced=referenced - tables)


def _families(named: Iterable[TableName], live: LiveState) -> frozenset[TableName]:
    """Return tables with everything above and below them."""
    by_oid = {table.oid: table.name for table in live.tables.values()}
    waiting, tops = [name for name in named if name in live.tables], set[TableName]()
    while waiting:
        name = waiting.pop()
        tops.add(name)
        parents = [by_oid[oid] for oid in live.tables[name].parents if oid in by_oid]
        waiting += [parent for parent in parents if parent not in tops]
    return frozenset(one for top in tops for one in live.tree(top))


def _referenced(tables: Collection[TableName], desired: DesiredState, live: LiveState) -> Iterator[TableName]:
    for table in tables:
        definitions = [*live.all_on(table).values(), *(one.definition for one in desired.on(table).values())]
        yield from (one[0] for one in (each.reference() for each in definitions) if one is not None)
