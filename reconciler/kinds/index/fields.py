"""The `indexes` section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from reconciler.kinds.file.columns import Columns, read_short_column, written_column
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Record,
    Section,
    Values,
    clustered,
    comment,
    flag,
    replica_identity,
    storage,
    tablespace,
)
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, ScalarNode, SequenceNode
from reconciler.kinds.file.partitions import partitions
from reconciler.kinds.file.readers import (
    NAME_SCHEMA,
    Choice,
    Expression,
    Integer,
    Json,
    Later,
    Name,
    Nullable,
    Options,
    read_name,
)
from reconciler.kinds.file.writing import Bare, Writing, Written
from reconciler.kinds.index.definition import Index, IndexElement, ObjectName, make_index, plain_column
from reconciler.model.definition import UNMANAGED
from reconciler.model.names import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Opclass:
    """An operator class with its parameters."""

    name: ObjectName
    params: tuple[tuple[str, str], ...] = ()


_SCHEMA = Attribute(reader=Name(expected="a schema"), doc="Left out: looked up in the search path.", default=None)
_LONG_NAME = {"schema": _SCHEMA, "name": Attribute(reader=Name(), doc="The name, verbatim.")}
_COLLATION = Record(_LONG_NAME, what="a collation")
_OPCLASS = Record(
    {
        **_LONG_NAME,
        "params": Attribute(
            reader=Options(example="siglen: 32"), doc="The operator class's parameters.", default=()
        ),
    },
    what="an operator class",
)


class CollationReader:
    """A collation: a plain name, verbatim (dots are common in them), or `{schema:, name:}`."""

    def read(self, node: Node, reading: Reading) -> ObjectName | Invalid:
        if not isinstance(node, MappingNode):
            name = read_name(node, reading, "a collation")
            return INVALID if name is INVALID else ObjectName(name=name)
        values = _COLLATION.read(node, reading)
        return ObjectName(schema=values["schema"], name=values["name"]) if values.complete else INVALID

    def write(self, value: Any, writing: Writing) -> Written:
        name: ObjectName = value
        if name.schema is None:
            return name.name
        return _COLLATION.write({"schema": name.schema, "name": name.name}, writing)

    def schema(self) -> Json:
        return {"anyOf": [NAME_SCHEMA, _COLLATION.schema()]}


class OpclassReader:
    """An operator class: a plain name or `{schema:, name:, params:}`."""

    def read(self, node: Node, reading: Reading) -> Opclass | Invalid:
        if isinstance(node, MappingNode):
            values = _OPCLASS.read(node, reading)
            if not values.complete:
                return INVALID
            return Opclass(name=ObjectName(schema=values["schema"], name=values["name"]), params=values["params"])
        name = read_name(node, reading, "an operator class")
        if name is INVALID:
            return INVALID
        match = re.fullmatch(r"(?:(?P<schema>[^.()]+)\.)?(?P<name>[^.()]+)(?:\((?P<params>.*)\))?", name)
        if match is None or match["schema"] or match["params"] is not None:
            return reading.report(node, "ambiguous-name", f"`{name}` is no plain name", self._long(match))
        return Opclass(name=ObjectName(name=name))

    @staticmethod
    def _long(match: re.Match[str] | None) -> str:
        if match is None:
            return "write {schema: …, name: …}"
        schema = f"schema: {match['schema']}, " if match["schema"] else ""
        params = ", params: {…}" if match["params"] is not None else ""
        return f"write {{{schema}name: {match['name']}{params}}}"

    def write(self, value: Any, writing: Writing) -> Written:
        opclass: Opclass = value
        schema, name = opclass.name.schema, opclass.name.name
        if schema is None and not opclass.params and not re.search(r"[.()]", name):
            return name
        return _OPCLASS.write({"schema": schema, "name": name, "params": opclass.params}, writing)

    def schema(self) -> Json:
        return {"anyOf": [NAME_SCHEMA, _OPCLASS.schema()]}


ELEMENT_ATTRIBUTES: Final = {
    "column": Attribute(reader=Name(expected="a column"), doc="A column, verbatim.", default=None),
    "expression": Attribute(reader=Expression(), doc="An SQL expression, such as lower(email).", default=None),
    "opclass": Attribute(reader=OpclassReader(), doc="Left out: the type's default.", default=None),
    "collation": Attribute(reader=CollationReader(), doc="Left out: the column's.", default=None),
    "order": Attribute(reader=Choice(values={"asc": False, "desc": True}), doc="asc or desc.", default=False),
    "nulls": Attribute(
        reader=Choice(values={"first": True, "last": False}),
        doc="Left out: last for asc, first for desc.",
        default=None,
    ),
}
_ELEMENT = Record(ELEMENT_ATTRIBUTES, what="an element of an index")


def read_element(node: Node, record: Record, reading: Reading) -> Values | Invalid:
    """The long form of an element: exactly one of `column` and `expression`, and the rest."""
    values = record.read(node, reading)
    given = [name for name in ("column", "expression") if name in values.given]
    if not given and not values.complete:
        return INVALID  # a misspelt key
    if len(given) != 1:
        message = f"{record.what} has `column` or `expression`" + (", not both" if given else "")
        return reading.report(node, "conflict", message)
    return values if values.complete else INVALID


def element_fields(values: Values) -> dict[str, Any]:
    """The fields of an `IndexElement`, from what was read."""
    opclass: Opclass | None = values["opclass"]
    descending, nulls_first = values["order"], values["nulls"]
    return {
        "column": values["column"],
        "expression": values["expression"],
        "opclass": opclass.name if opclass else None,
        "opclass_params": opclass.params if opclass else (),
        "collation": values["collation"],
        "descending": descending,
        # What is the order's default anyway is not part of the value.
        "nulls_first": None if nulls_first == descending else nulls_first,
    }


def element_values(element: IndexElement) -> dict[str, Any]:
    """The inverse of `element_fields`: what the file says."""
    return {
        "column": element.column,
        "expression": element.expression,
        "opclass": Opclass(name=element.opclass, params=element.opclass_params) if element.opclass else None,
        "collation": element.collation,
        "order": element.descending,
        "nulls": element.nulls_first,
    }


class Element(NamedTuple):
    """One key of an index, and what the access method has to know about it."""

    value: IndexElement
    node: Node
    ordered: bool


class Elements:
    """The keys of an index: a column, an element's long form, or a list of these."""

    def read(self, node: Node, reading: Reading) -> tuple[Element, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        if len(items) == 1:
            only = self._element(items[0], reading)
            return INVALID if only is INVALID else (only,)
        if not items:
            return reading.report(node, "wrong-value", "the list of columns is empty")
        elements = [self._element(item, reading) for item in items]
        return INVALID if INVALID in elements else tuple(e for e in elements if e is not INVALID)

    def _element(self, node: Node, reading: Reading) -> Element | Invalid:
        if not isinstance(node, MappingNode):
            column = read_short_column(node, reading, expressions=True)
            if column is INVALID:
                return INVALID
            return Element(plain_column(column), node, False)
        values = read_element(node, _ELEMENT, reading)
        if values is INVALID:
            return INVALID
        ordered = "order" in values.given or "nulls" in values.given
        return Element(IndexElement(**element_fields(values)), node, ordered)

    def write(self, value: Any, writing: Writing) -> Written:
        elements = [self._write_element(element, writing) for element in value]
        return elements[0] if len(elements) == 1 and isinstance(elements[0], str) else elements

    @staticmethod
    def _write_element(element: IndexElement, writing: Writing) -> Written:
        if element.column is not None and element == plain_column(element.column):
            return written_column(element.column)
        return _ELEMENT.write(element_values(element), writing)

    def schema(self) -> Json:
        element = _ELEMENT.schema()
        long = element["anyOf"][0] | {"oneOf": [{"required": ["column"]}, {"required": ["expression"]}]}
        one: Json = {"anyOf": [NAME_SCHEMA, long]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]}


class Targets:
    """Statistics targets: a mapping of an element's number to its target; gives sorted pairs."""

    _TARGET = Integer(minimum=0, maximum=10_000)

    def read(self, node: Node, reading: Reading) -> tuple[tuple[int, int], ...] | Invalid:
        if not isinstance(node, MappingNode) or not node.entries:
            message = f"expected {{2: 500}}, an element's number and its target, found {node.describe()}"
            return reading.report(node, "wrong-type", message)
        pairs = [
            (self._number(key, reading), self._TARGET.read(value, reading)) for key, value in node.entries.values()
        ]
        if any(INVALID in pair for pair in pairs):
            return INVALID
        return tuple(sorted((one, two) for one, two in pairs if one is not INVALID and two is not INVALID))

    @staticmethod
    def _number(key: ScalarNode, reading: Reading) -> int | Invalid:
        if not re.fullmatch(r"[1-9][0-9]{0,2}", key.text):
            return reading.report(
                key, "wrong-value", f"expected an element's number, from 1, found {key.describe()}"
            )
        return int(key.text)

    def write(self, value: Any, _writing: Writing) -> Written:
        return {Bare(number): Bare(target) for number, target in value}

    def schema(self) -> Json:
        return {"type": "object", "minProperties": 1, "additionalProperties": self._TARGET.schema()}


def statistics() -> Attribute:
    return Attribute(
        reader=Nullable(reader=Targets(), empty=()),
        doc="Statistics targets of expressions, each by the number of its element, as {2: 500}. "
        "Left out: not managed; null: the default for all.",
        default=UNMANAGED,
    )


def check_statistics(elements: Sequence[IndexElement], values: Values, reading: Reading) -> None:
    """Only expressions have a target of their own."""
    expressions = [number for number, one in enumerate(elements, 1) if one.expression is not None]
    for number, _ in values["statistics"] if isinstance(values["statistics"], tuple) else ():
        if number not in expressions:
            message = f"element {number} is no expression: only those have a statistics target of their own"
            hint = f"expressions: {', '.join(map(str, expressions))}" if expressions else None
            reading.report(values.place_of("statistics"), "conflict", message, hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Method:
    """What PostgreSQL's own access methods can do (pg_indexam_has_property); other methods are not judged here."""

    ordered: bool = False
    unique: bool = False
    include: bool = False
    several: bool = True
    clusterable: bool = False


_METHODS: Final = {
    "btree": _Method(ordered=True, unique=True, include=True, clusterable=True),
    "hash": _Method(several=False),
    "gist": _Method(include=True, clusterable=True),
    "spgist": _Method(include=True, several=False),
    "gin": _Method(),
    "brin": _Method(),
}


def is_clusterable(method: str) -> bool:
    """Whether CLUSTER can go by such an index, or nothing is known that speaks against it."""
    return method not in _METHODS or _METHODS[method].clusterable


def _build(values: Values) -> Index:
    elements: tuple[Element, ...] = values["columns"]
    return make_index(
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
        message = "`nulls_distinct: false` makes sense for a unique index only"
        reading.report(values.place_of("nulls_distinct"), "conflict", message, "add `unique: true`")
    _check_marks(values, reading)
    if values["columns"] is not INVALID:
        check_statistics([element.value for element in values["columns"]], values, reading)
    name: Any = values["using"]
    method = None if name is INVALID else _METHODS.get(name)
    if method is not None and method is not _METHODS["btree"]:
        _check_method(name, method, values, reading)


def _check_marks(values: Values, reading: Reading) -> None:
    """What PostgreSQL would refuse: to cluster by a part of the rows, or to tell rows apart by what does not."""
    elements: tuple[Element, ...] = () if values["columns"] is INVALID else values["columns"]
    partial = values["where"] is not None
    if values["clustered"] is True and partial:
        reading.report(values.place_of("clustered"), "conflict", "a partial index cannot be clustered on")
    if values["replica_identity"] is not True:
        return
    place = values.place_of("replica_identity")
    if values["unique"] is False:
        message = "only a unique index can be the replica identity"
        reading.report(place, "conflict", message, "add `unique: true`")
    if partial:
        reading.report(place, "conflict", "a partial index cannot be the replica identity")
    if any(element.value.column is None for element in elements):
        reading.report(place, "conflict", "an index with expressions cannot be the replica identity")


def _check_method(name: str, method: _Method, values: Values, reading: Reading) -> None:
    def refuse(at: Any, what: str) -> None:
        reading.report(at, "conflict", f"a {name} index cannot {what}")

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


def _later(name: str) -> Attribute:
    return Attribute(reader=Later(what=f"`{name}`"), doc="Not supported yet.", default=None)


SECTION: Final = Section(
    kind="index",
    key="indexes",
    what="an index",
    doc="Indexes by name: a column, a list of columns, or details.",
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.RELATION}),
    attributes={
        "columns": Attribute(
            reader=Elements(),
            doc="Columns, or {column: … or expression: …, opclass:, collation:, order:, nulls:}; one or a list.",
        ),
        "using": Attribute(reader=Name(expected="an access method"), doc="The access method.", default="btree"),
        "unique": flag("No two rows may have the same key."),
        "nulls_distinct": flag("false: two rows with null are duplicates (PostgreSQL 15).", default=True),
        "include": Attribute(
            reader=Columns(repeatable=True), doc="Columns that the index carries beside its key.", default=()
        ),
        "where": Attribute(reader=Expression(), doc="The predicate of a partial index.", default=None),
        "with": storage(),
        "tablespace": tablespace(),
        "comment": comment(),
        "statistics": statistics(),
        "clustered": clustered(),
        "replica_identity": replica_identity(),
        "partitions": partitions(),
    },
    short="columns",
    build=_build,
    check=_check,
    expressions=_expressions,
)
