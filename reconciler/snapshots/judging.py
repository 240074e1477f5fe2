"""Checks definitions on the embedded server, where the tables of a snapshot are rebuilt without rows.

File and snapshot are untrusted: expressions are parsed and tried out as a role that owns nothing, by the same rules
as on a real server (`postgres.gatekeeper`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import quote

import psycopg

from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Unknown
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.state import LiveState, Named
from reconciler.postgres.catalog import read_named
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.embedded import EmbeddedServer, embedded_server
from reconciler.postgres.facts.meaning import meanings_of
from reconciler.postgres.gatekeeper import gatekeeper
from reconciler.postgres.same_meaning import ask_once
from reconciler.postgres.server_error import server_error
from reconciler.postgres.session import Session, connect
from reconciler.snapshots.lacking import lacking, lacking_others, unless_lacking
from reconciler.snapshots.rebuild import ROLE, Builder
from reconciler.snapshots.snapshot import Snapshot, unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """`reader` is a session of the role without privileges, on the server that `builder` uses."""

    snapshot: Snapshot
    options: Options
    builder: Builder
    reader: Session

    def meanings(self, asked: Sequence[MeaningOf]) -> Mapping[MeaningOf, Interpretation]:
        """Return the meanings of definitions. The meaning is unknown if it depends on an object that cannot be
        created. Only the tables of questions that have to be asked are created."""
        return dict(zip(asked, ask_once(asked, self.snapshot.live.tables, self._answers), strict=True))

    def _answers(self, asked: Sequence[MeaningOf]) -> list[Interpretation]:
        live = self.snapshot.live
        named = {table for one in asked for table in _tables(one)}
        self.builder.make_tables(live.tables[name] for name in sorted(named & live.tables.keys()))
        unmade = self.builder.rebuilt.tables
        known: dict[MeaningOf, Interpretation] = {
            one: Unknown(reason=unmade[table]) for one in asked for table in _tables(one) if table in unmade
        }
        left = [one for one in asked if one not in known]
        if left:
            found = meanings_of(self.reader, self._checker(named), left)
            known.update((one, self._judged(one, answer)) for one, answer in found.items())
        return [known[one] for one in asked]

    def _checker(self, named: set[TableName]) -> DataChecker:
        """Return a checker. Types have other oids here, so it gets the rebuilt tables with their original
        objects."""
        rebuilt = read_named(self.reader, Named(tables=frozenset(named), dropped=frozenset()))
        live = LiveState(tables=rebuilt.tables, objects=self.snapshot.live.objects)
        return DataChecker(gatekeeper=gatekeeper(self.options, live), budget=self.options.check_timeout)

    def _judged(self, question: MeaningOf, answer: Interpretation) -> Interpretation:
        if isinstance(answer, Meaning):
            return answer
        skeleton, tables, builder = self.snapshot.skeleton, self.snapshot.live.tables, self.builder
        rows = (lacking("the row type of", name) for name in tables if not builder.is_wanted(name))
        missing = (*builder.rebuilt.missing, *lacking_others(skeleton), *rows)
        return unless_lacking(question, answer, missing, tables[question.key.table_name], skeleton.types)


@contextmanager
def opened_judge(snapshot: Snapshot, options: Options) -> Iterator[Judge]:
    """Start the embedded server, and create everything except tables."""
    with embedded_server() as server, connect(server.url()) as owner:
        builder = Builder(owner, snapshot.skeleton)
        try:
            builder.prepare()
        except psycopg.Error as error:
            failure = server_error(error)
            raise unusable(f"the embedded server rejects a part of its entry `skeleton`: {failure}") from None
        with connect(_reader_url(server)) as reader:
            yield Judge(
                snapshot=snapshot,
                options=replace(options, trusted_roles=frozenset()),
                builder=builder,
                reader=reader,
            )


def _reader_url(server: EmbeddedServer) -> str:
    return f"postgresql://{ROLE}@/postgres?host={quote(str(server.socket_folder), safe='')}"


def _tables(question: MeaningOf) -> Iterator[TableName]:
    yield question.key.table_name
    reference = question.definition.reference()
    if reference is not None:
        yield reference.table
