"""Decides which functions the server may call for one plan.

The file is not trusted: its expressions may only call listed functions. The tool's own queries, and expressions
that a valid object of the same table already evaluates, may also call functions of trusted roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.state import LiveState, LiveTable
from reconciler.postgres.calls import Caller
from reconciler.postgres.literals import LiteralReader
from reconciler.postgres.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Gatekeeper:
    """`trust_file`: expressions in the file count as the tool's own. `live` has the existing objects. `budget` is
    the time limit of each statement that tries an expression out."""

    trust_file: bool
    caller: Caller
    reader: LiteralReader
    budget: timedelta
    live: LiveState | None = None
    _known: dict[TableName, frozenset[str]] = field(default_factory=dict)

    def listed_only(self, table: TableName, expressions: Iterable[str]) -> bool:
        """Whether these expressions may only call listed functions."""
        new = [] if self.trust_file else [unwrapped(text) for text in expressions]
        return bool(new) and not self._expressions_on(table).issuperset(new)

    def parsing_calls(
        self, session: Session, table: TableName, expressions: Sequence[str], columns: LiveTable | None
    ) -> tuple[str, ...]:
        """Return the functions that must not be called, and that parsing these expressions might call."""
        if not expressions:
            return ()
        literals = self.reader.literals(session, listed_only=self.listed_only(table, expressions))
        types = None if columns is None else [column.type_oid for column in columns.columns.values()]
        return literals.would_call(expressions, types)

    def _expressions_on(self, table: TableName) -> frozenset[str]:
        if table not in self._known:
            valid = self.live.on(table).values() if self.live is not None else ()
            texts = (text for one in valid if _is_in_force(one) for text in one.expressions())
            self._known[table] = frozenset(map(unwrapped, texts))
        return self._known[table]


def gatekeeper(options: Options, live: LiveState | None = None) -> Gatekeeper:
    """Return the gatekeeper of a plan with these options."""
    caller = Caller(trusted_roles=options.trusted_roles)
    return Gatekeeper(
        trust_file=options.trust_file,
        caller=caller,
        reader=LiteralReader(caller=caller),
        budget=options.check_timeout,
        live=live,
    )


def _is_in_force(definition: Definition) -> bool:
    """Whether all rows have been evaluated by the definition."""
    usable = definition.index_status() in (IndexStatus.VALID, None)
    return usable and definition.is_validated() and definition.is_enforced()
