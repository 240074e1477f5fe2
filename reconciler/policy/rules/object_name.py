"""`object-name`: patterns for the names of declared objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds import KINDS
from reconciler.kinds.file.fields import Attribute, Naming
from reconciler.model.names import cut, exact_pattern, matches
from reconciler.model.rules.platform import OBJECT_NAME
from reconciler.model.state import Declared
from reconciler.policy.readers import PLACEHOLDERS, NamePattern
from reconciler.policy.rule import Found, PolicyRule, Subject

_SECTIONS = {kind.id: kind.section for kind in KINDS if kind.section.naming in (Naming.NAME, Naming.TABLE)}


def check_object_names(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report each declared object whose name the file gives, and that does not match the pattern of its section."""
    for key, declared in subject.desired.objects.items():
        section = _SECTIONS.get(key.kind)
        pattern = values.get(section.key) if section is not None else None
        name = section.object_name(declared) if section is not None else None
        if pattern is not None and name is not None and not _fits(name, pattern, declared):
            yield Found(key=key, place=declared.place, cause=f"the name `{name}` does not match `{pattern}`")


def _fits(name: str, pattern: str, declared: Declared) -> bool:
    """Whether a name matches the pattern. PostgreSQL cuts names at 63 bytes, so one without wildcards is cut."""
    values = (declared.key.schema, declared.key.table, "_".join(declared.definition.key_columns()))
    names = dict(zip(PLACEHOLDERS, values, strict=True))
    parts = re.split(f"({'|'.join(map(re.escape, PLACEHOLDERS))})", pattern)
    if not set(pattern) & set("*?"):
        return name == cut("".join(names.get(part, part) for part in parts))
    return matches("".join(exact_pattern(names[part]) if part in names else part for part in parts), name)


RULE = PolicyRule(
    rule=OBJECT_NAME,
    parameters={
        section.key: Attribute(
            reader=NamePattern(),
            doc=f"The pattern for the names under `{section.key}`, with `{{table}}`, `{{columns}}` and `{{schema}}`; "
            "`*` and `?` are wildcards.",
            omitted="any name",
            examples=("{table}_*",),
            default=None,
        )
        for section in _SECTIONS.values()
    },
    check=check_object_names,
    of_file=True,
)
