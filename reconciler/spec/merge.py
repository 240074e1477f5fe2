"""The documents of all files → one desired state, and the contradictions in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reconciler.kinds import KINDS, kind_for
from reconciler.kinds.file.fields import Namespace, Naming
from reconciler.kinds.kind import Purpose
from reconciler.model.effects import Resource, Sort
from reconciler.model.errors import Problem, Problems
from reconciler.model.names import OWN_NAMES, Key, Place, TableName, is_temporary
from reconciler.model.rules.declarations import DUPLICATE_POLICY, NAME_CLASH, TOOL_OWNED
from reconciler.model.rules.dependencies import CONFLICT
from reconciler.model.rules.objects import DUPLICATE_OBJECT
from reconciler.model.rules.rule import Rule
from reconciler.model.state import Absent, Declared, DesiredState, Policy
from reconciler.spec.document import Document

_KINDS = {kind.id: kind for kind in KINDS}
_FILE_KINDS = [kind.id for kind in KINDS if kind.section.naming is Naming.FILE]
_FILE_KINDS_BEFORE = {kind: _FILE_KINDS[:index] for index, kind in enumerate(_FILE_KINDS) if index}
_NAMED = {kind.id for kind in KINDS if kind.section.naming is Naming.NAME}
_CONSTRAINTS = {kind.id for kind in KINDS if Namespace.CONSTRAINT in kind.section.namespaces}
_RELATIONS = {kind.id for kind in KINDS if Namespace.RELATION in kind.section.namespaces}
_OTHER_NAMES = _NAMED - _CONSTRAINTS - _RELATIONS


def merge(documents: Sequence[Document], problems: Problems) -> DesiredState:
    """Return what the documents declare together. Contradictions become problems, each with both places."""
    objects = _unite(documents, problems)
    absent = _unite_absent(documents)
    policy = _only_policy(documents, problems)
    _check_tables(objects, problems)
    _check_names(objects.values(), problems)
    _check_absent(objects, absent, problems)
    _check_renames(objects, problems)
    _check_own(objects, policy, problems)
    dropped, required = kind_for(Purpose.DROPS_TABLE).id, kind_for(Purpose.REQUIRES_TABLE).id
    return DesiredState(
        objects={key: one for key, one in objects.items() if key.kind not in _FILE_KINDS},
        required_tables={key.table_name: one.place for key, one in objects.items() if key.kind == required},
        dropped_tables={key.table_name: one for key, one in objects.items() if key.kind == dropped},
        absent=absent,
        protected=tuple(protected for document in documents for protected in document.protected),
        policy=policy,
        policy_keys=next((one.policy_keys for one in documents if one.policy_place is not None), {}),
        exemptions=tuple(exemption for document in documents for exemption in document.exemptions),
        sources=tuple(document.file for document in documents),
    )


def _unite(documents: Iterable[Document], problems: Problems) -> dict[Key, Declared]:
    objects: dict[Key, Declared] = {}
    for document in documents:
        for declared in document.declared:
            first = objects.setdefault(declared.key, declared)
            # A table may be declared in several files: requiring it twice is no contradiction.
            if first is not declared and _KINDS[declared.key.kind].section.attributes:
                message = f"the {declared.key} is already declared at {first.place}"
                problems.append(_problem(declared.place, DUPLICATE_OBJECT, message))
    return objects


def _unite_absent(documents: Iterable[Document]) -> tuple[Absent, ...]:
    found: dict[tuple[TableName, str, str], Absent] = {}
    for document in documents:
        for absent in document.absent:
            found.setdefault((absent.table, absent.section, absent.name), absent)
    return tuple(found.values())


def _only_policy(documents: Iterable[Document], problems: Problems) -> Policy:
    having = [document for document in documents if document.policy_place is not None]
    for document in having[1:]:
        message = f"only one file may have a `policy`, and it is already at {having[0].policy_place}"
        problems.append(_problem(document.policy_place, DUPLICATE_POLICY, message))
    return (having[0].policy if having else None) or Policy()


def _check_tables(objects: dict[Key, Declared], problems: Problems) -> None:
    """Check that no table is both required and dropped."""
    for declared in objects.values():
        kind = declared.key.kind
        for other in _FILE_KINDS_BEFORE.get(kind, ()):
            key = Key(schema=declared.key.schema, table=declared.key.table, kind=other)
            if key in objects:
                here, there = _KINDS[kind].section.key, _KINDS[other].section.key
                message = f"{key.table_name} is listed in `{here}` and, at {objects[key].place}, in `{there}`"
                problems.append(_problem(declared.place, CONFLICT, message))


def _check_names(objects: Iterable[Declared], problems: Problems) -> None:
    """Check that names differ: constraints within a table, indexes and tables within a schema, statistics within a
    schema."""
    constraints: dict[tuple[str, str, str], Declared] = {}
    relations: dict[tuple[str, str], Declared] = {}
    statistics: dict[Resource, Declared] = {}
    for declared in objects:
        key, name = declared.key, _name_of(declared)
        if name is None:
            continue
        first, why = declared, ""
        if key.kind in _RELATIONS:
            first = relations.setdefault((key.schema, name), declared)
            why = "tables and indexes of a schema must have different names"
        if key.kind in _CONSTRAINTS:
            sibling = constraints.setdefault((key.schema, key.table, name), declared)
            if sibling is not declared:
                first, why = sibling, "constraints of a table must have different names"
        for one in declared.definition.names(key) if key.kind in _OTHER_NAMES else ():
            if one.sort is Sort.STATISTICS_NAME and first is declared:
                first, why = (
                    statistics.setdefault(one, declared),
                    "statistics of a schema must have different names",
                )
        if first is not declared:
            message = f"the {first.key} at {first.place} also has the name `{name}`: {why}"
            problems.append(_problem(declared.place, NAME_CLASH, message))


def _name_of(declared: Declared) -> str | None:
    """Return the name that the table, constraint or index has in the database, if the file gives it."""
    key = declared.key
    if key.kind in _FILE_KINDS:
        return key.table
    return key.name if key.kind in _NAMED else _KINDS[key.kind].section.object_name(declared)


def _check_absent(objects: dict[Key, Declared], absent: Sequence[Absent], problems: Problems) -> None:
    """Check that no object is declared, or needed by a declared one, and removed at the same time."""
    if not absent:
        return
    present: dict[tuple[TableName, str, str], str] = {}
    concerned = {(entry.table.schema, entry.table.name) for entry in absent}
    for declared in objects.values():
        key = declared.key
        if (key.schema, key.table) not in concerned:
            continue
        kind = _KINDS[key.kind]
        name = kind.section.object_name(declared)
        is_declared = f"the {key} is declared at {declared.place}"
        if kind.absent_section is not None and key.name:
            present[key.table_name, kind.absent_section, key.name] = is_declared
        if Namespace.CONSTRAINT in kind.section.namespaces and name is not None:
            present[key.table_name, "constraints", name] = is_declared
        for column in declared.definition.not_null_columns():
            needs_it = f"the {key}, which is declared at {declared.place}, needs it"
            present.setdefault((key.table_name, "not_null", column), needs_it)
    for entry in absent:
        why = present.get((entry.table, entry.section, entry.name))
        if why is not None:
            problems.append(_problem(entry.place, CONFLICT, f"`{entry.name}` is listed under `absent`, but {why}"))


def _check_renames(objects: dict[Key, Declared], problems: Problems) -> None:
    """Check that the object of a rename is renamed once only, and is not declared under its old name as well."""
    sources: dict[Key, Declared] = {}
    for declared in objects.values():
        if declared.renamed_from is None or declared.renamed_from == declared.key.name:
            continue
        key = declared.key
        source = Key(schema=key.schema, table=key.table, kind=key.kind, name=declared.renamed_from)
        first = objects.get(source) or sources.setdefault(source, declared)
        if first is not declared:
            how = "declared under this name" if source in objects else "also renamed from it"
            message = f"`{source.name}` cannot be renamed: the {first.key} is {how}, at {first.place}"
            problems.append(_problem(declared.place_of("renamed_from"), CONFLICT, message))


def _check_own(objects: dict[Key, Declared], policy: Policy, problems: Problems) -> None:
    """Check that nothing has a name of the tool: the journal's, or a temporary one. `absent` may list temporary
    names: the file can remove what a run left behind."""
    for declared in objects.values():
        key, name = declared.key, _name_of(declared)
        problems += _own_endings(declared, name)
        if name not in OWN_NAMES or key.schema != policy.journal_schema:
            continue
        if key.kind in _FILE_KINDS or key.kind in _RELATIONS:
            message = f"the name `{name}` in schema `{key.schema}` is reserved for the journal"
            problems.append(_problem(declared.place, TOOL_OWNED, message, "move it with `policy.journal_schema`"))


def _own_endings(declared: Declared, name: str | None) -> Iterator[Problem]:
    """Return endings of names of constraints and indexes that the tool uses while it replaces an object."""
    if declared.key.kind in _FILE_KINDS:
        return
    named = [(name, "name"), (declared.renamed_from, "renamed_from")]
    named += [(part, "partitions") for _, part in declared.definition.partition_indexes()]
    for given, field in named:
        if given is not None and is_temporary(given):
            message = f"the name `{given}` has an ending that is reserved for objects being replaced"
            yield _problem(declared.place_of(field), TOOL_OWNED, message, "choose another name")


def _problem(place: Place | None, rule: Rule, message: str, hint: str | None = None) -> Problem:
    return Problem(place=place, rule=rule, message=message, hint=hint)
