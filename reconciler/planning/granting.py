"""The rights that changes need, and the statements that grant the missing ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reconciler.kinds.base.ddl import name, names, relation, text_of
from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import Holds, OwnerOf
from reconciler.model.names import TableName, display
from reconciler.model.plan import Refusal
from reconciler.planning.own_rights import grant
from reconciler.planning.refusals import missing_privilege


class RequiredRight(NamedTuple):
    """A right that a change needs: on a schema, on columns of a table (on any column, or on the `whole` table), or on
    a tablespace, which has no schema. `purpose` continues the sentence `role R may not`. Without a privilege, it is
    the right of the table's owner. With `owner_of`, the owner of that table needs it, not the session's role."""

    privilege: str
    schema: str
    table: str = ""
    columns: tuple[str, ...] = ()
    purpose: str = ""
    whole: bool = False
    owner_of: TableName | None = None

    @property
    def on(self) -> TableName:
        return TableName(schema=self.schema, name=self.table)


def use(schema: str) -> RequiredRight:
    return RequiredRight("USAGE", schema, purpose=f"use schema {display(schema)}")


def not_granted(answers: Answers, needs: Mapping[RequiredRight, Change], user: str) -> Iterator[Refusal]:
    asked = [(need, column) for need in needs for column in need.columns or ("",)]
    wanted = (
        Holds(
            privilege=need.privilege,
            schema=need.schema,
            table=need.table,
            column=column,
            whole=need.whole,
            owner_of=need.owner_of,
        )
        for need, column in asked
    )
    lacking: dict[RequiredRight, list[str]] = {}
    for (need, column), held in zip(asked, answers.of(wanted), strict=True):
        if not held:
            lacking.setdefault(need, []).append(column)
    for need, columns in lacking.items():
        change = needs[need]
        owner = answers[OwnerOf(table=need.owner_of)] if need.owner_of is not None else None
        role = user if owner is None else owner.role
        cause = f"role {role} may not {need.purpose}"
        yield missing_privilege(change.key, change.place, cause, _granting(need, columns, role))


def _granting(need: RequiredRight, columns: Sequence[str], role: str) -> str:
    if need.columns:
        granting = grant(f"{need.privilege} ({text_of(names(columns))}) ON", relation(need.on), role)
        uncounted = need.privilege == "SELECT" and need.owner_of is None
        return f"run {granting}{' or apply with --no-data-checks' if uncounted else ''}"
    if not need.schema:
        return f"run {grant('CREATE ON TABLESPACE', name(need.table), role)}"
    if need.table:
        return f"run {grant(f'{need.privilege} ON', relation(need.on), role)}"
    return f"run {grant(f'{need.privilege} ON SCHEMA', name(need.schema), role)}"
