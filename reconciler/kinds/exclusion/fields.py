"""The `exclusions` section."""

from __future__ import annotations

import re
from typing import Any, Final

from reconciler.kinds.exclusion.definition import ExcludedElement, Exclusion
from reconciler.kinds.file.columns import is_short_column
from reconciler.kinds.file.deferral import check_deferral
from reconciler.kinds.file.described import Json
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Record,
    Section,
    Values,
    clustered,
    comment,
    deferral,
    included,
    storage,
    tablespace,
)
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, SequenceNode
from reconciler.kinds.file.partitions import partitions
from reconciler.kinds.file.quoting import quoted_text
from reconciler.kinds.file.readers import (
    TEXT_SCHEMA,
    Expression,
    Name,
    in_double_quotes,
    name_problem,
    scalar_text,
)
from reconciler.kinds.file.writing import Writing, Written
from reconciler.kinds.index_backed.element_fields import (
    ELEMENT_ATTRIBUTES,
    element_fields,
    element_values,
    read_element,
)
from reconciler.kinds.index_backed.elements import ObjectName
from reconciler.kinds.index_backed.methods import is_clusterable
from reconciler.kinds.index_backed.statistics_fields import check_statistics, statistics
from reconciler.model.names import Key
from reconciler.model.rules.declarations import AMBIGUOUS_NAME, BAD_NAME, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT

# https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS
_OPERATOR = r"[+\-*/<>=~!@#%^&|`?]+"
_SHORT = re.compile(rf"(?P<column>\S+)[ \t]+with[ \t]+(?P<operator>{_OPERATOR})", re.IGNORECASE)
_EXAMPLE: Final = "`column with operator`"


def _operator_problem(name: str) -> str | None:
    """Return why `name` cannot be an operator: PostgreSQL would not read it as one."""
    if not re.fullmatch(_OPERATOR, name):
        return f"{quoted_text(name)} is not an operator"
    if "--" in name or "/*" in name:
        return f"{quoted_text(name)} would begin a comment"
    if len(name) > 1 and name[-1] in "+-" and not re.search(r"[~!@#%^&|`?]", name):
        return f"{quoted_text(name)} is not an operator: it ends in `{name[-1]}`"
    problem = name_problem(name)
    return f"{quoted_text(name)} is not an operator: {problem}" if problem else None


class _OperatorName:
    """An operator's own name."""

    def read(self, node: Node, reading: Reading) -> str | Invalid:
        text = scalar_text(node, reading, "an operator")
        if text is INVALID:
            return INVALID
        problem = _operator_problem(text)
        hint = (
            "an operator of another schema is written as {schema: …, name: …}" if problem and "." in text else None
        )
        return reading.report(node, WRONG_VALUE, problem, hint) if problem else text

    def write(self, value: Any, _writing: Writing) -> Written:
        return str(value)

    def schema(self) -> Json:
        return {"type": "string", "minLength": 1}


_OPERATOR_NAME = _OperatorName()
_LONG_OPERATOR = Record(
    {
        "schema": Attribute(
            reader=Name(expected="a schema"),
            doc="The operator's schema.",
            default=None,
            omitted="found in the search path",
            examples=("extensions",),
        ),
        "name": Attribute(reader=_OPERATOR_NAME, doc="The operator, verbatim.", examples=("&&",)),
    },
    what="an operator",
)


class OperatorReader:
    """An operator: `&&`, or `{schema:, name:}`."""

    def read(self, node: Node, reading: Reading) -> ObjectName | Invalid:
        if not isinstance(node, MappingNode):
            name = _OPERATOR_NAME.read(node, reading)
            return INVALID if name is INVALID else ObjectName(name=name)
        values = _LONG_OPERATOR.read(node, reading)
        return ObjectName(schema=values["schema"], name=values["name"]) if values.complete else INVALID

    def write(self, value: Any, writing: Writing) -> Written:
        name: ObjectName = value
        if name.schema is None:
            return name.name
        return _LONG_OPERATOR.write({"schema": name.schema, "name": name.name}, writing)

    def schema(self) -> Json:
        return {"anyOf": [_OPERATOR_NAME.schema(), _LONG_OPERATOR.schema()]}


_ELEMENT = Record(
    {
        **ELEMENT_ATTRIBUTES,
        "operator": Attribute(
            reader=OperatorReader(),
            doc="The operator that compares the values of two rows: a name, or `{schema:, name:}`.",
            examples=("&&", "="),
        ),
    },
    what="an element of an exclusion constraint",
)


class ExcludedElements:
    """`column with operator`, an element's long form, or a list of these."""

    def read(self, node: Node, reading: Reading) -> tuple[ExcludedElement, ...] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [node]
        if not items:
            return reading.report(node, WRONG_VALUE, "the list of elements is empty")
        elements = [self._element(item, reading) for item in items]
        return INVALID if INVALID in elements else tuple(e for e in elements if e is not INVALID)

    def _element(self, node: Node, reading: Reading) -> ExcludedElement | Invalid:
        if not isinstance(node, MappingNode):
            return self._short(node, reading)
        values = read_element(node, _ELEMENT, reading)
        if values is INVALID:
            return INVALID
        return ExcludedElement(**element_fields(values), operator=values["operator"])

    @staticmethod
    def _short(node: Node, reading: Reading) -> ExcludedElement | Invalid:
        text = scalar_text(node, reading, _EXAMPLE)
        if text is INVALID:
            return INVALID
        match = _SHORT.fullmatch(text)
        if match is None or not _is_short(match["column"]):
            long = "write `column with operator`, or {column: … or expression: …, operator: …}"
            return reading.report(node, AMBIGUOUS_NAME, f"{quoted_text(text)} is not a {_EXAMPLE}", long)
        problem = name_problem(match["column"])
        if problem:
            return reading.report(node, BAD_NAME, problem)
        problem = _operator_problem(match["operator"])
        if problem:
            return reading.report(node, WRONG_VALUE, problem)
        return ExcludedElement(column=match["column"], operator=ObjectName(name=match["operator"]))

    def write(self, value: Any, writing: Writing) -> Written:
        elements = [self._write_element(element, writing) for element in value]
        return elements[0] if len(elements) == 1 and isinstance(elements[0], str) else elements

    @staticmethod
    def _write_element(element: ExcludedElement, writing: Writing) -> Written:
        plain = ExcludedElement(column=element.column, operator=element.operator)
        if element == plain and element.operator.schema is None and _is_short(element.column or ""):
            return f"{element.column} with {element.operator.name}"
        return _ELEMENT.write({**element_values(element), "operator": element.operator}, writing)

    def schema(self) -> Json:
        element = _ELEMENT.schema()
        long = element | {"oneOf": [{"required": ["column"]}, {"required": ["expression"]}]}
        one: Json = {"anyOf": [TEXT_SCHEMA | {"minLength": 1}, long]}
        return {"anyOf": [*one["anyOf"], {"type": "array", "minItems": 1, "items": one}]}


def _is_short(column: str) -> bool:
    """Whether a column can be used in `column with operator`."""
    return bool(re.fullmatch(r"\S+", column)) and is_short_column(column) and not in_double_quotes(column)


def _build(values: Values) -> Exclusion:
    return Exclusion(
        excluded=values["elements"],
        method=values["using"],
        where=values["where"],
        include=values["include"],
        deferrable=values["deferrable"],
        initially_deferred=values["initially_deferred"],
        with_=values["with"],
        tablespace=values["tablespace"],
        comment=values["comment"],
        partitions=values["partitions"],
        statistics=values["statistics"],
        clustered=values["clustered"],
    )


def _check(values: Values, key: Key, reading: Reading) -> None:
    check_deferral(values, key, reading)
    if values["elements"] is not INVALID:
        check_statistics(values["elements"], values, reading)
    if values["clustered"] is not True:
        return
    if values["where"] is not None:
        reading.report(values.place_of("clustered"), CONFLICT, "a partial index cannot be clustered on")
    if values["using"] is not INVALID and not is_clusterable(values["using"]):
        message = f"a {values['using']} index cannot be clustered on"
        reading.report(values.place_of("clustered"), CONFLICT, message)


SECTION: Final = Section(
    kind="exclusion",
    key="exclusions",
    what="an exclusion constraint",
    doc="Exclusion constraints by name: details.",
    examples=({"wallets_one_hold": {"using": "gist", "elements": ["user_id with =", "held with &&"]}},),
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT, Namespace.RELATION}),
    attributes={
        "using": Attribute(
            reader=Name(expected="an access method"),
            doc="The access method, mostly `gist`.",
            default="btree",
            examples=("gist",),
        ),
        "elements": Attribute(
            reader=ExcludedElements(),
            doc="`column with operator`, an element with details, or a list of these. No two rows may match in all "
            "of them.",
            examples=(["user_id with =", {"expression": "lower(label)", "operator": "="}],),
        ),
        "where": Attribute(
            reader=Expression(),
            doc="Only rows for which it is true are compared, without `WHERE`.",
            default=None,
            examples=("status <> 'closed'",),
        ),
        "include": included(),
        **deferral(),
        "with": storage(),
        "tablespace": tablespace(),
        "comment": comment(),
        "partitions": partitions(),
        "statistics": statistics(),
        "clustered": clustered(),
    },
    build=_build,
    check=_check,
    expressions=Exclusion.written_expressions,
)
