"""What repairs with new values must respect: columns that cannot be NULL, generated columns, and indexes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.definition import Definition, has_index
from reconciler.model.facts import Answers
from reconciler.model.facts.reach import GeneratedColumns
from reconciler.model.names import Key, TableName
from reconciler.model.state import LiveState
from reconciler.planning.inheritance import ancestors
from reconciler.planning.target import Target


def no_nulls(
    tables: Collection[TableName], target: Target, live: LiveState
) -> Mapping[TableName, Mapping[str, Key]]:
    """Return the columns of tables that cannot be NULL before or after the plan, with the object that forbids it."""
    found: dict[TableName, dict[str, Key]] = {}
    for table in tables:
        columns = found.setdefault(table, {})
        for one in (table, *ancestors(table, live)):
            for key, definition in {**live.all_on(one), **target.on(one)}.items():
                if one == table or definition.passes_on():
                    columns.update(dict.fromkeys(_forbidden(key, definition), key))
    return found


def _forbidden(key: Key, definition: Definition) -> Iterator[str]:
    if purpose_of(key) is Purpose.FORBIDS_NULL:
        yield key.name
    yield from definition.not_null_columns()


def generated_columns(
    answers: Answers, tables: Collection[TableName], live: LiveState
) -> Mapping[TableName, Sequence[tuple[str, str]]]:
    """Return the generated columns of tables, with their expressions."""
    asked = [one for one in tables if any(column.generated for column in live.tables[one].columns.values())]
    return dict(zip(asked, answers.of(GeneratedColumns(table=one) for one in asked), strict=True))


def compared_by(columns: Collection[str], table: TableName, target: Target) -> Iterator[Key]:
    """Yield the unique keys, exclusion constraints and foreign keys of which new values of the columns may become
    part; no data check compares them."""
    for key, one in target.on(table).items():
        compared = has_index(one) and one.compares_rows()
        own = one.key_columns() if compared else one.referring_columns()
        if one.is_enforced() and not set(own).isdisjoint(columns):
            yield key
