"""The `indexes` section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reconciler.kinds.file.duplicates import duplicates, policy_for_duplicates
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Section,
    Values,
    clustered,
    comment,
    flag,
    included,
    replica_identity,
    storage,
    tablespace,
)
from reconciler.kinds.file.nodes import INVALID, Reading
from reconciler.kinds.file.partitions import partitions
from reconciler.kinds.file.readers import Expression, Name
from reconciler.kinds.index_backed.element_fields import Element, IndexElements
from reconciler.kinds.index_backed.index import Index
from reconciler.kinds.index_backed.methods import METHODS, Method
from reconciler.kinds.index_backed.statistics_fields import check_statistics, statistics
from reconciler.model.names import Key
from reconciler.model.repair import REFUSED_ROWS
from reconciler.model.rules.dependencies import CONFLICT


def _build(values: Values) -> Index:
    elements: tuple[Element, ...] = values["columns"]
    return Index(
        elements=tuple(element.value for element in elements),
        method=values["using"],
        unique=values["unique"],
        nulls_distinct=values["nulls_distinct"],
        include=values["include"],
        where=values["where"],
        with_=values["with"],
        tablespace=values["tablespace"],
        comment=values["comment"],
        statistics=values["statistics"],
        clustered=values["clustered"],
        replica_identity=values["replica_identity"],
        partitions=values["partitions"],
    )


def _check(values: Values, key: Key, reading: Reading) -> None:
    del key
    if values["nulls_distinct"] is False and values["unique"] is False:
        message = "`nulls_distinct: false` is allowed for a unique index only"
        reading.report(values.place_of("nulls_distinct"), CONFLICT, message, "add `unique: true`")
    if values["duplicates"] not in (INVALID, REFUSED_ROWS) and values["unique"] is False:
        message = "`duplicates` is for unique indexes only"
        reading.report(values.place_of("duplicates"), CONFLICT, message, "add `unique: true`")
    _check_roles(values, reading)
    if values["columns"] is not INVALID:
        check_statistics([element.value for element in values["columns"]], values, reading)
    name: Any = values["using"]
    method = None if name is INVALID else METHODS.get(name)
    if method is not None and method is not METHODS["btree"]:
        _check_method(name, method, values, reading)


def _check_roles(values: Values, reading: Reading) -> None:
    """Report what PostgreSQL would reject: CLUSTER by a partial index, and a replica identity that does not
    identify rows."""
    elements: tuple[Element, ...] = () if values["columns"] is INVALID else values["columns"]
    partial = values["where"] is not None
    if values["clustered"] is True and partial:
        reading.report(values.place_of("clustered"), CONFLICT, "a partial index cannot be clustered on")
    if values["replica_identity"] is not True:
        return
    place = values.place_of("replica_identity")
    if values["unique"] is False:
        message = "only a unique index can be the replica identity"
        reading.report(place, CONFLICT, message, "add `unique: true`")
    if partial:
        reading.report(place, CONFLICT, "a partial index cannot be the replica identity")
    if any(element.value.column is None for element in elements):
        reading.report(place, CONFLICT, "an index with expressions cannot be the replica identity")


def _check_method(name: str, method: Method, values: Values, reading: Reading) -> None:
    def refuse(at: Any, what: str) -> None:
        reading.report(at, CONFLICT, f"a {name} index cannot {what}")

    elements: tuple[Element, ...] = () if values["columns"] is INVALID else values["columns"]
    if values["unique"] is True and not method.unique:
        refuse(values.place_of("unique"), "be unique")
    if values["include"] not in ((), INVALID) and not method.include:
        refuse(values.place_of("include"), "include columns")
    if values["clustered"] is True and not method.clusterable:
        refuse(values.place_of("clustered"), "be clustered on")
    if len(elements) > 1 and not method.several:
        refuse(values.place_of("columns"), "have more than one column")
    for element in elements:
        if element.ordered and not method.ordered:
            refuse(element.node, "be ordered")


def _expressions(definition: Index) -> Iterator[tuple[str, str]]:
    for element in definition.elements:
        if element.expression is not None:
            yield "columns", element.expression
    if definition.where is not None:
        yield "where", definition.where


SECTION: Final = Section(
    kind="index",
    key="indexes",
    what="an index",
    doc="Indexes by name: a column, a list of columns, or details.",
    examples=({"idx_wallets_user_id": "user_id"},),
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.RELATION}),
    attributes={
        "columns": Attribute(
            reader=IndexElements(),
            doc="A column, an element with details, or a list of these.",
            examples=("user_id", ["user_id", {"expression": "lower(label)", "order": "desc"}]),
        ),
        "using": Attribute(
            reader=Name(expected="an access method"),
            doc="The access method.",
            default="btree",
            examples=("gin", "hash"),
        ),
        "unique": flag("No two rows may have the same key."),
        "nulls_distinct": flag("`false`: two rows with null are duplicates (PostgreSQL 15).", default=True),
        "include": included(),
        "where": Attribute(
            reader=Expression(),
            doc="The predicate of a partial index, without `WHERE`.",
            default=None,
            examples=("status = 'open'",),
        ),
        "with": storage(),
        "tablespace": tablespace(),
        "comment": comment(),
        "statistics": statistics(),
        "clustered": clustered(),
        "replica_identity": replica_identity(),
        "partitions": partitions(),
        "duplicates": duplicates(),
    },
    short="columns",
    build=_build,
    rows=policy_for_duplicates,
    check=_check,
    expressions=_expressions,
)
