"""The `checks` section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reconciler.kinds.check.definition import Check, make_check
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Section,
    Values,
    comment,
    enforced,
    flag,
    validated,
)
from reconciler.kinds.file.readers import Expression


def _build(values: Values) -> Check:
    return make_check(
        expression=values["expression"],
        no_inherit=values["no_inherit"],
        validated=values["validated"],
        comment=values["comment"],
    )


def _expressions(definition: Check) -> Iterator[tuple[str, str]]:
    yield "expression", definition.expression


SECTION: Final = Section(
    kind="check",
    key="checks",
    what="a check constraint",
    doc="Check constraints by name: an SQL expression, or details.",
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT}),
    attributes={
        "expression": Attribute(reader=Expression(), doc="SQL that must not be false for any row."),
        "no_inherit": flag("Children of the table do not inherit it."),
        "validated": validated(),
        "enforced": enforced(),
        "comment": comment(),
    },
    short="expression",
    build=_build,
    expressions=_expressions,
)
