"""The foreign keys of a table in the archive: it loses them there, one at a time, and gets them back before it leaves.

A key with ON DELETE CASCADE would delete the archived rows, and one with RESTRICT would block the application. Each
is dropped in a transaction of its own, so that only one table in use is locked at a time. The comment of the table
has their definitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reconciler.kinds.base import ddl
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.validated.definition import Enforceable
from reconciler.kinds.validated.route import ValidatedRouter
from reconciler.model.bound import BoundName
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, display
from reconciler.model.retired import KeptKey
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb


def key_of(kept: KeptKey, table: TableName) -> Key:
    """Return the key of such a foreign key on a table."""
    return Key(schema=table.schema, table=table.name, kind="foreign_key", name=kept.name)


def kept_keys(table: TableName, live: LiveState) -> tuple[KeptKey, ...]:
    """Return the foreign keys of a table to other tables. A key to the table itself moves with it, and stays."""
    found = []
    for key, definition in sorted(live.all_on(table).items()):  # a partition keeps its own when it is detached
        reference = definition.reference()
        if reference is not None and reference.table != table:
            found.append(KeptKey(name=key.name, definition=definition))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedKey:
    """One such key: the original `table`, and its name in the archive."""

    kept: KeptKey
    table: TableName
    archived: BoundName
    context: RouteContext
    is_partitioned: bool = False

    @property
    def key(self) -> Key:
        return key_of(self.kept, self.table)

    @property
    def _unchecked(self) -> str:
        """Return the words with which the key is added first; none for a partitioned table, which has no rows once its
        partitions are detached."""
        if self.is_partitioned:
            return ""
        return "NOT VALID" if self._constraint.enforced else "NOT ENFORCED"

    @property
    def _references(self) -> TableName:
        reference = self.kept.definition.reference()
        assert reference is not None
        return reference.table

    @property
    def _constraint(self) -> Enforceable:
        assert isinstance(self.kept.definition, Enforceable)
        return self.kept.definition

    def drop(self) -> Step:
        return ddl.brief(
            Verb.DROP.of(self.key),
            f"drop {self.key}, in {ARCHIVE_SCHEMA}",
            [self._alter(ddl.compose(" DROP CONSTRAINT {name}", name=ddl.name(self.kept.name)))],
            self._locks(LockMode.ACCESS_EXCLUSIVE, self._references),
        )

    def put_back(self, *, present: bool) -> Iterator[Step]:
        """Yield the steps that add the key again, unless it is `present`, and validate it if it was valid."""
        if not present:
            step = ddl.brief(
                Verb.ADD.of(self.key),
                f"put {self.key} back{self._unchecked and f', {self._unchecked}'}",
                [*self._added()],
                self._locks(LockMode.SHARE_ROW_EXCLUSIVE, self._references),
            )
            add = ddl.compose(
                "ADD CONSTRAINT {name} {definition}", name=ddl.name(self.kept.name), definition=self._defined()
            )
            again, name = ddl.alter_table(self.table, add), display(self.kept.name)
            missing = f"{self.table} without its foreign key {name}"
            leaves = f"{missing}; if you need it, remove the cause and add it again: `{again}`"
            yield replace(step, leaves=leaves)
        if self._constraint.validated and self._unchecked:
            yield Step(
                id=Verb.VALIDATE.of(self.key),
                title=f"validate {self.key}",
                action=SqlAction(
                    statements=(
                        self._alter(ddl.compose(" VALIDATE CONSTRAINT {name}", name=ddl.name(self.kept.name))),
                    )
                ),
                execution=ExecutionClass.SCAN,
                locks=(
                    *self._locks(LockMode.SHARE_UPDATE_EXCLUSIVE),
                    *ddl.claims(LockMode.ROW_SHARE, self._references),
                ),
                leaves=f"{self.key} NOT VALID: correct the rows and validate it",
            )

    def _defined(self) -> ddl.Sql:
        router = self.context.router_of(self.key)
        assert isinstance(router, ValidatedRouter)
        return router.profile.define(self._constraint)

    def _added(self) -> Iterator[Statement]:
        words = f" {self._unchecked}" if self._unchecked else ""
        yield self._alter(
            ddl.compose(
                " ADD CONSTRAINT {name} {definition}{words}",
                name=ddl.name(self.kept.name),
                definition=self._defined(),
                words=ddl.fragment(words),
            )
        )
        if isinstance(self._constraint.comment, str):
            yield ddl.statement(
                ddl.compose(
                    "COMMENT ON CONSTRAINT {name} ON {archive}.",
                    name=ddl.name(self.kept.name),
                    archive=ddl.name(ARCHIVE_SCHEMA),
                ),
                self.archived,
                ddl.compose(" IS {comment}", comment=ddl.literal(self._constraint.comment)),
            )

    def _alter(self, action: ddl.Sql) -> Statement:
        archive = ddl.compose("ALTER TABLE {archive}.", archive=ddl.name(ARCHIVE_SCHEMA))
        return ddl.statement(archive, self.archived, action)

    def _locks(self, mode: LockMode, *references: TableName) -> tuple[LockClaim, ...]:
        return ddl.claims(mode, TableName(schema=ARCHIVE_SCHEMA, name=str(self.archived)), *references)
