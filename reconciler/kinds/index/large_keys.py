"""The largest values that an entry of an index can hold, by its method.

A B-tree entry has the values of a row; GIN has one entry for each element of an array; a BRIN entry has the smallest
and the largest value of each column in a range of pages. Other methods, and other operator classes of GIN and GiST,
store something short in place of a value.
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.guards import LARGEST_KEY, UnusableKeys
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.index_backed.build import keys_of
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.kinds.index_backed.index import Index
from reconciler.model.names import TableName

_PAGE = 8100
"""The most bytes of values that fit into an entry as large as a page."""

_STORED_WHOLE = frozenset({"bytea", "character", "character varying", "text"})


def unusable_keys(table: TableName, after: Index, context: RouteContext) -> UnusableKeys | None:
    """Return which rows the index cannot hold, because an expression fails, or because a value is too large; None if
    it can hold each row, as far as is known."""
    size = guards.size_of([*keys_of(after.elements), *map(ddl.name, after.include)], after.where)
    if after.method == "btree":
        wide = after.expressions() or context.holds_wide(table, after.columns())
        return UnusableKeys(conditions=[guards.larger(size, LARGEST_KEY)], most=LARGEST_KEY) if wide else None
    most = {"brin": _PAGE // (2 * len(after.elements)), "gist": _PAGE}.get(after.method, LARGEST_KEY)
    evaluated = [ddl.compose("{size} < 0", size=size)] if after.expressions() else []
    large = [
        guards.larger(one, most) for element in after.elements for one in _sizes(element, table, after, context)
    ]
    return UnusableKeys(conditions=[*evaluated, *large], most=most) if evaluated or large else None


def _sizes(element: IndexElement, table: TableName, after: Index, context: RouteContext) -> Iterator[ddl.Sql]:
    """Return the size of a value of the element, if it may be large and is stored as it is."""
    if element.column is None or not context.holds_wide(table, [element.column]):
        return
    (key,) = keys_of([element])
    type_name = context.live.tables[table].columns[element.column].type
    opclass = element.opclass.name if element.opclass is not None else ""
    if after.method == "gin" and type_name.endswith("[]"):
        largest = ddl.compose(
            "(SELECT max(pg_column_size(one)) FROM (SELECT unnest({key}) AS one) AS elements)", key=key
        )
        yield ddl.compose("coalesce({largest}, 0)", largest=guards.selected_key(largest, after.where))
    elif (after.method == "brin" and "bloom" not in opclass) or (
        after.method in ("gin", "gist") and type_name.partition("(")[0] in _STORED_WHOLE and "trgm" not in opclass
    ):
        yield guards.size_of([key], after.where)
