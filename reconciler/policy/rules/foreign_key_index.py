"""`foreign-key-index`: every declared foreign key has an index that finds the rows which refer to a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import Key, TableName, display
from reconciler.model.rules.platform import FOREIGN_KEY_INDEX
from reconciler.policy.rule import Found, PolicyRule, Subject

_FLAGS = re.ASCII | re.IGNORECASE | re.DOTALL
_METHODS = ("btree", "hash", "gist", "spgist")
"""Access methods that find single rows by equality."""


def without_index(target: Mapping[Key, Definition]) -> Iterator[Key]:
    """Yield the foreign keys of a state that have no index whose first columns are theirs, in any order."""
    by_table: dict[TableName, list[Definition]] = {}
    for key, definition in target.items():
        if definition.index_status() is IndexStatus.VALID and definition.access_method() in _METHODS:
            by_table.setdefault(key.table_name, []).append(definition)
    for key, definition in target.items():
        columns = definition.referring_columns()
        if columns and not any(_finds(one, columns) for one in by_table.get(key.table_name, ())):
            yield key


def _finds(index: Definition, columns: tuple[str, ...]) -> bool:
    leading = index.indexed_columns() or tuple(_leading_without_nulls(index, columns))
    return set(leading[: len(columns)]) == set(columns) and len(leading) >= len(columns)


def _leading_without_nulls(index: Definition, columns: Iterable[str]) -> tuple[str, ...]:
    """The columns of a partial index that only leaves out rows in which a referring column is null: those rows refer
    to nothing."""
    tested = {_tested_column(one) for one in index.conditions()}
    return index.key_columns() if tested <= set(columns) and not any(index.index_expressions()) else ()


def _tested_column(condition: str) -> str | None:
    """The column of a condition that is `column IS NOT NULL`, and nothing else."""
    found = re.fullmatch(r"(.+?)\s*(?<=[\s)\"])is\s+not\s+null", unwrapped(condition), _FLAGS)
    name = unwrapped(found[1]) if found else ""
    if re.fullmatch(r"[a-z_][a-z0-9_$]*", name, _FLAGS):
        return name.lower()
    return name[1:-1].replace('""', '"') if re.fullmatch(r'"(?:[^"]|"")+"', name) else None


def check_foreign_keys(subject: Subject, _values: Mapping[str, Any]) -> Iterator[Found]:
    """Report the declared foreign keys without an index in the state that the plan leads to."""
    declared = subject.desired.objects
    missing = without_index({**(subject.target or {}), **{key: one.definition for key, one in declared.items()}})
    for key in missing:
        if key in declared:
            columns = ", ".join(map(display, declared[key].definition.referring_columns()))
            yield Found(
                key=key,
                place=declared[key].place,
                cause=f"no index on {key.table_name} begins with ({columns}): each change of a referenced row reads "
                "the whole table",
                remedy=f"declare an index on ({columns})",
            )


RULE = PolicyRule(rule=FOREIGN_KEY_INDEX, parameters={}, check=check_foreign_keys)
