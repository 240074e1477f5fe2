"""Privileges that the session's role lacks to apply a plan: all of them are looked up before the first step.

`plan` and `drift` work with a role that may only read, so there the missing privileges are notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reconciler.kinds import purpose_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition, has_index
from reconciler.model.effects import schema_of
from reconciler.model.facets import Facet
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import OwnerOf
from reconciler.model.index_facts import IndexStatus
from reconciler.model.names import ARCHIVE_SCHEMA, Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.retired import ArchivedTable, Moved
from reconciler.model.server import Server
from reconciler.model.state import LiveState, LiveTable
from reconciler.planning.adoption import adopted_index
from reconciler.planning.completion import differs_only, is_replaced
from reconciler.planning.copying import not_tried
from reconciler.planning.executing import is_written, not_executable, schemas_named_in
from reconciler.planning.granting import RequiredRight, not_granted, use
from reconciler.planning.own_rights import archive_rights, journal_rights
from reconciler.planning.owning import altered_statistics, not_owned, statistics_names
from reconciler.planning.refusals import missing_privilege


def missing_rights(
    answers: Answers,
    changes: Sequence[Change],
    live: LiveState,
    server: Server,
    journal_schema: str,
    *,
    data_checks: bool,
    archives_rows: bool,
    denied: Mapping[Key, str],
    named: Mapping[Key, Sequence[str]],
) -> Iterator[Refusal]:
    """Return a refusal for each missing right, without repetition. `data_checks`: rows are counted before the first
    step. `archives_rows`: repairs keep rows in the archive. `denied`: what the server said when it denied a trial.
    `named`: the signatures of the functions in expressions, as far as the server has parsed them."""
    found = list(
        _missing_rights(
            answers,
            changes,
            live,
            server,
            journal_schema,
            data_checks=data_checks,
            archives_rows=archives_rows,
            named=named,
        )
    )
    yield from found
    yield from not_tried(answers, changes, denied, server.info.user, found)


def _missing_rights(
    answers: Answers,
    changes: Sequence[Change],
    live: LiveState,
    server: Server,
    journal_schema: str,
    *,
    data_checks: bool,
    archives_rows: bool,
    named: Mapping[Key, Sequence[str]],
) -> Iterator[Refusal]:
    found: dict[RequiredRight, tuple[RequiredRight, Change]] = {}
    for change in changes:
        for need in _needs(change, live, data_checks=data_checks):
            found.setdefault(need._replace(purpose=""), (need, change))
    needs = dict(found.values())
    owning = {need.on: change for need, change in needs.items() if not need.privilege}
    foreign = {table: change for table, change in owning.items() if not live.tables[table].owned}
    tables = {OwnerOf(table=table): change for table, change in foreign.items()}
    yield from not_owned(answers, tables | altered_statistics(changes, live), server)
    if not server.superuser:
        # A role that becomes the owner of a table may refer to it and read it, if its owner may.
        others = {
            need: change
            for need, change in needs.items()
            if need.privilege and (need.owner_of or need.on not in foreign)
        }
        yield from not_granted(answers, others, server.info.user)
    known = [change for change in changes if change.key.table_name in live.tables]
    yield from not_executable(answers, known, live, named)
    role = server.info.user
    for change in changes:
        before = change.before.moved if isinstance(change.before, ArchivedTable) else change.before
        if isinstance(before, Moved) and not before.owned:
            owned = f"the table that was moved from {before.table} to {ARCHIVE_SCHEMA}"
            remedy = "run as its owner, or as a member of that role"
            yield missing_privilege(change.key, change.place, f"role {role} does not own {owned}", remedy)
    if archives_rows or any(_moves(change) for change in changes):
        yield from archive_rights(answers, live, server)
    yield from journal_rights(answers, journal_schema, server)


def _moves(change: Change) -> bool:
    retired = change.after.retirement() if change.after is not None else None
    return retired is not None and retired.moves


def _needs(change: Change, live: LiveState, *, data_checks: bool) -> Iterator[RequiredRight]:
    table = live.tables.get(change.key.table_name)
    if table is None:
        return  # it is in the archive
    others = sorted({key.table_name for key in change.also_altered} & set(live.tables))
    below = () if _only_remarks(change) else live.below(table.name)
    for touched in (table, *below, *(live.tables[other] for other in others)):
        yield RequiredRight("", touched.name.schema, touched.name.name)
        yield use(touched.name.schema)
    if _moves(change):
        schema = table.name.schema
        yield RequiredRight(
            "CREATE", schema, purpose=f"rename tables in schema {display(schema)}, nor move them back"
        )
        yield from _to_replace(change.after, live)
    if _makes_relation(change, live):
        yield from _to_make_relations(change, table, live)
    yield from _to_name_statistics(change, live)
    if change.after is not None and (is_written(change, live) or change.action is Action.VALIDATE):
        yield from map(use, schemas_named_in(change.after, table.name.name))
    for one in _references(change):
        yield from _to_refer(one, live, data_checks=data_checks)


def _only_remarks(change: Change) -> bool:
    """Whether only a comment changes, which needs nothing of descendants."""
    before, after = change.before, change.after
    return (
        change.action is Action.ALTER
        and before is not None
        and after is not None
        and differs_only(before, after, Facet.REMARK)
    )


def _to_replace(after: Definition | None, live: LiveState) -> Iterator[RequiredRight]:
    """The rows of a table that replaces a dropped table are always counted."""
    retired = after.retirement() if after is not None else None
    replacing = retired.replaced_by if retired is not None else None
    if replacing is not None and replacing in live.tables:
        yield use(replacing.schema)
        yield RequiredRight(
            "SELECT", replacing.schema, replacing.name, purpose=f"read {replacing}, whose rows are counted"
        )


def _makes_relation(change: Change, live: LiveState) -> bool:
    """Whether an index is built or renamed. A constraint's index is renamed with the constraint, which needs no such
    right."""
    if change.after is None or not has_index(change.after):
        return False
    if change.before is None or change.action is Action.CREATE:
        adopted = adopted_index(change, live)
        return adopted is None or live.objects[adopted].index_status() is not IndexStatus.VALID
    if change.action is Action.RENAME:
        return purpose_of(change.key) is Purpose.IS_INDEX
    return change.before.partition_indexes() != change.after.partition_indexes() or is_replaced(change, live)


def _to_make_relations(change: Change, table: LiveTable, live: LiveState) -> Iterator[RequiredRight]:
    for schema in dict.fromkeys(indexed.name.schema for indexed in (table, *_parts(table.name, live))):
        yield RequiredRight("CREATE", schema, purpose=f"create an index in schema {display(schema)}")
    tablespace = change.after.index_tablespace() if change.after is not None else None
    if isinstance(tablespace, str) and change.action is not Action.RENAME:
        yield RequiredRight(
            "CREATE", "", tablespace, purpose=f"create an index in tablespace {display(tablespace)}"
        )


def _to_name_statistics(change: Change, live: LiveState) -> Iterator[RequiredRight]:
    """Statistics may be in another schema than their table. A role that creates, renames or moves them needs CREATE
    on that schema."""
    old, new = statistics_names(former_key(change), change.before), statistics_names(change.key, change.after)
    for one in sorted(old | new):
        yield use(schema_of(one))
    for one in sorted(new if is_replaced(change, live) else new - old):
        schema = schema_of(one)
        yield RequiredRight("CREATE", schema, purpose=f"create statistics in schema {display(schema)}")


class _Referring(NamedTuple):
    """A definition that refers to other rows. `added`: it is added, or added again. `checked`: its rows are compared
    with those."""

    table: TableName
    definition: Definition
    added: bool
    checked: bool


def _references(change: Change) -> Iterator[_Referring]:
    after, before = change.after, change.before
    if after is not None and change.action is not Action.DROP:
        added = before is None or not differs_only(before, after, Facet.ALTERED)
        validated = after.is_validated() and not (before is not None and before.is_validated())
        checked = after.is_validated() and (added or validated)
        yield _Referring(change.key.table_name, after, added, checked)
    moved = {one.key: one.after for one in change.moved_dependents}
    for key, definition in (*change.dependents.items(), *moved.items()):
        if definition is not None:
            yield _Referring(key.table_name, definition, added=True, checked=definition.is_validated())


def _to_refer(one: _Referring, live: LiveState, *, data_checks: bool) -> Iterator[RequiredRight]:
    """The server compares existing rows as the session's role if that may read both tables, and else, like each later
    row, as the owner of the referenced table, which locks the row there."""
    reference = one.definition.reference()
    if reference is None or reference.table not in live.tables or not (one.added or one.checked):
        return
    table, columns, _ = reference
    listed = _columns_of(table, columns)
    yield use(table.schema)
    if one.added:
        yield RequiredRight("REFERENCES", table.schema, table.name, columns, f"refer to {listed}")
    if data_checks and one.checked:
        purpose = f"read {listed}, so rows that refer to missing rows cannot be counted"
        yield RequiredRight("SELECT", table.schema, table.name, columns, purpose)
        for referring in (one.table, *(part.name for part in _parts(one.table, live))):
            read = one.definition.referring_columns()
            purpose = f"read {_columns_of(referring, read)}, so rows that refer to missing rows cannot be counted"
            yield RequiredRight("SELECT", referring.schema, referring.name, read, purpose)
    purpose = f"read and lock rows of {listed}, which foreign keys do as the owner"
    yield RequiredRight("USAGE", table.schema, purpose=purpose, owner_of=table)
    yield RequiredRight("SELECT", table.schema, table.name, columns, purpose, owner_of=table)
    yield RequiredRight("UPDATE", table.schema, table.name, purpose=purpose, owner_of=table)


def _columns_of(table: TableName, columns: Sequence[str]) -> str:
    return f"{table}({', '.join(map(display, columns))})"


def _parts(table: TableName, live: LiveState) -> Sequence[LiveTable]:
    return live.below(table) if live.tables[table].is_partitioned else ()
