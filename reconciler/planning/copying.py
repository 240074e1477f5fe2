"""The rights that copies of tables need, on which definitions are tried out: those to create columns of their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.kinds.base.ddl import name, text_of
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import UnusableInCopy
from reconciler.model.names import Key
from reconciler.model.plan import Refusal
from reconciler.planning.refusals import missing_privilege


def copy_grants(answers: Answers, key: Key, definition: Definition | None, role: str) -> list[str]:
    """Return the statements that let the role copy the tables of a definition."""
    reference = definition.reference() if definition is not None else None
    tables = [key.table_name, *([reference.table] if reference is not None else [])]
    objects = (one for found in answers.of(UnusableInCopy(table=table) for table in tables) for one in found)
    return [f"GRANT USAGE ON {one} TO {text_of(name(role))};" for one in dict.fromkeys(objects)]


def not_tried(
    answers: Answers, changes: Sequence[Change], denied: Mapping[Key, str], role: str, found: Sequence[Refusal]
) -> Iterator[Refusal]:
    """Return a refusal for each denied trial that a copy with other columns would need further rights for, and, if
    no right is known to be missing, for each denied trial. `found` are the refusals for other missing rights."""
    named = {one.remedy.removeprefix("run ") for one in found}
    for change in changes:
        if change.key not in denied:
            continue
        grants = copy_grants(answers, change.key, change.after, role)
        lacking = [one for one in grants if one not in named]
        if not lacking and (found or grants):
            continue
        named.update(lacking)
        cause = f"role {role} may not create {change.key}"
        cause += f" on a copy of {change.key.table_name}" if found else f": {denied[change.key]}"
        remedy = f"run {' '.join(lacking)}" if lacking else "grant the role the right that it lacks"
        yield missing_privilege(change.key, change.place, cause, remedy)
