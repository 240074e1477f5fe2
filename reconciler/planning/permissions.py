"""Privileges that the session's role lacks to apply a plan: all of them are looked up before the first step.

`plan` and `drift` work with a role that may only read, so there the missing privileges are notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from reconciler.kinds import purpose_of
from reconciler.kinds.base.ddl import Sql, name, names, relation, text_of
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Action, Change, former_key
from reconciler.model.definition import Definition, has_index
from reconciler.model.effects import Resource, Sort, schema_of
from reconciler.model.facets import Facet
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import AccessToJournal, Holds, ObjectionToJournal, Owner, OwnerOf
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE, Key, TableName, display
from reconciler.model.plan import JournalAt, Note, Refusal
from reconciler.model.retired import Moved
from reconciler.model.rules.objects import MISSING_SCHEMA
from reconciler.model.rules.runs import JOURNAL_NOT_OURS
from reconciler.model.server import Server
from reconciler.model.state import ARCHIVE_KEY, LiveState, LiveTable
from reconciler.planning.completion import differs_only, is_replaced
from reconciler.planning.executing import called_names, not_executable
from reconciler.planning.refusals import missing_privilege

_NAMED = 5
"""If a role does not own tables, this many of their names are printed."""


class RequiredRight(NamedTuple):
    """A right that a change needs: on a schema, on columns of a table, or on a tablespace, which has no schema.
    `purpose` continues the sentence `role R may not`. Without a privilege, it is the right of the table's owner."""

    privilege: str
    schema: str
    table: str = ""
    columns: tuple[str, ...] = ()
    purpose: str = ""

    @property
    def on(self) -> TableName:
        return TableName(schema=self.schema, name=self.table)


def missing_rights(
    answers: Answers,
    changes: Sequence[Change],
    live: LiveState,
    server: Server,
    journal_schema: str,
    *,
    data_checks: bool,
    archives_rows: bool,
) -> Iterator[Refusal]:
    """Return a refusal for each missing right, without repetition. `data_checks`: rows are counted before the first
    step. `archives_rows`: repairs keep rows in the archive."""
    if not changes:
        return
    found: dict[RequiredRight, tuple[RequiredRight, Change]] = {}
    for change in changes:
        for need in _needs(change, live, data_checks=data_checks):
            found.setdefault(need._replace(purpose=""), (need, change))
    needs = dict(found.values())
    owning = {need.on: change for need, change in needs.items() if not need.privilege}
    not_owned = {table: change for table, change in owning.items() if not live.tables[table].owned}
    yield from _not_owned(answers, not_owned, server)
    if not server.superuser:
        # A role that becomes the owner of a table may refer to it and read it.
        others = {need: change for need, change in needs.items() if need.privilege and need.on not in not_owned}
        yield from _not_granted(answers, others, server.info.user)
    known = [change for change in changes if change.key.table_name in live.tables]
    yield from not_executable(answers, known, [live.tables[change.key.table_name].oid for change in known])
    role = server.info.user
    for change in changes:
        if isinstance(change.before, Moved) and not change.before.owned:
            owned = f"the table that was moved from {change.key.table_name} to {ARCHIVE_SCHEMA}"
            remedy = "run as its owner, or as a member of that role"
            yield missing_privilege(change.key, change.place, f"role {role} does not own {owned}", remedy)
    if archives_rows or any(_moves(change) for change in changes):
        yield from _archive_rights(answers, live, server)
    yield from _journal_rights(answers, journal_schema, role)


def _moves(change: Change) -> bool:
    retired = change.after.retirement() if change.after is not None else None
    return retired is not None and retired.moves


def _needs(change: Change, live: LiveState, *, data_checks: bool) -> Iterator[RequiredRight]:
    table = live.tables.get(change.key.table_name)
    if table is None:
        return  # it is in the archive
    others = sorted({key.table_name for key in change.also_altered} & set(live.tables))
    for touched in (table, *live.below(table.name), *(live.tables[other] for other in others)):
        yield RequiredRight("", touched.name.schema, touched.name.name)
        yield _use(touched.name.schema)
    if _moves(change):
        schema = table.name.schema
        yield RequiredRight(
            "CREATE", schema, purpose=f"rename tables in schema {display(schema)}, nor move them back"
        )
        yield from _to_replace(change.after, live)
    if _makes_relation(change, live):
        yield from _to_make_relations(change, table, live)
    yield from _to_name_statistics(change, live)
    for called in called_names(change):
        yield _use(called.schema)
    for after, added in _references(change):
        yield from _to_refer(after, live, added=added, data_checks=data_checks)


def _to_replace(after: Definition | None, live: LiveState) -> Iterator[RequiredRight]:
    """The rows of a table that replaces a dropped table are always counted."""
    retired = after.retirement() if after is not None else None
    replacing = retired.replaced_by if retired is not None else None
    if replacing is not None and replacing in live.tables:
        yield _use(replacing.schema)
        yield RequiredRight(
            "SELECT", replacing.schema, replacing.name, purpose=f"read {replacing}, whose rows are counted"
        )


def _use(schema: str) -> RequiredRight:
    return RequiredRight("USAGE", schema, purpose=f"use schema {display(schema)}")


def _makes_relation(change: Change, live: LiveState) -> bool:
    """Whether an index is built or renamed. A constraint's index is renamed with the constraint, which needs no such
    right."""
    if change.after is None or not has_index(change.after):
        return False
    if change.before is None or change.action is Action.CREATE:
        return True
    if change.action is Action.RENAME:
        return purpose_of(change.key) is Purpose.IS_INDEX
    return change.before.partition_indexes() != change.after.partition_indexes() or is_replaced(change, live)


def _to_make_relations(change: Change, table: LiveTable, live: LiveState) -> Iterator[RequiredRight]:
    parts = live.below(table.name) if table.is_partitioned else ()
    for schema in dict.fromkeys(indexed.name.schema for indexed in (table, *parts)):
        yield RequiredRight("CREATE", schema, purpose=f"create an index in schema {display(schema)}")
    tablespace = change.after.index_tablespace() if change.after is not None else None
    if isinstance(tablespace, str) and change.action is not Action.RENAME:
        yield RequiredRight(
            "CREATE", "", tablespace, purpose=f"create an index in tablespace {display(tablespace)}"
        )


def _to_name_statistics(change: Change, live: LiveState) -> Iterator[RequiredRight]:
    """Statistics may be in another schema than their table. A role that creates, renames or moves them needs CREATE
    on that schema."""
    old, new = _statistics(former_key(change), change.before), _statistics(change.key, change.after)
    for one in sorted(old | new):
        yield _use(schema_of(one))
    for one in sorted(new if is_replaced(change, live) else new - old):
        schema = schema_of(one)
        yield RequiredRight("CREATE", schema, purpose=f"create statistics in schema {display(schema)}")


def _statistics(key: Key, definition: Definition | None) -> set[Resource]:
    names = definition.names(key) if definition is not None else set()
    return {one for one in names if one.sort is Sort.STATISTICS_NAME}


def _references(change: Change) -> Iterator[tuple[Definition, bool]]:
    """Return the definitions that refer to other rows and are checked, and whether they are added (or added
    again)."""
    after, before = change.after, change.before
    if after is not None and change.action is not Action.DROP:
        yield after, before is None or not differs_only(before, after, Facet.ALTERED)
    for definition in (*change.dependents.values(), *(moved.after for moved in change.moved_dependents)):
        if definition is not None:
            yield definition, True


def _to_refer(after: Definition, live: LiveState, *, added: bool, data_checks: bool) -> Iterator[RequiredRight]:
    reference = after.reference()
    if reference is None or reference.table not in live.tables:
        return
    table, columns, _ = reference
    listed = f"{table}({', '.join(map(display, columns))})"
    yield _use(table.schema)
    if added:
        yield RequiredRight("REFERENCES", table.schema, table.name, columns, f"refer to {listed}")
    if data_checks and after.is_validated():
        purpose = f"read {listed}, so rows that refer to missing rows cannot be counted"
        yield RequiredRight("SELECT", table.schema, table.name, columns, purpose)


def _not_owned(answers: Answers, missing: Mapping[TableName, Change], server: Server) -> Iterator[Refusal]:
    """Return a refusal for each role that owns tables which the session's role does not own."""
    asked = sorted(missing)
    owned: dict[Owner, list[TableName]] = {}
    for table, owner in zip(asked, answers.of(OwnerOf(table=table) for table in asked), strict=True):
        if owner is not None:
            owned.setdefault(owner, []).append(table)
    for owner, tables in owned.items():
        several, left = len(tables) > 1, len(tables) - _NAMED
        listed = ", ".join(map(str, tables[:_NAMED] if left > 1 else tables))
        listed += f" and {left} more tables" if left > 1 else ""
        role, belong = server.info.user, "belong" if several else "belongs"
        change = missing[tables[0]]
        yield missing_privilege(
            None if several else change.key,
            None if several else change.place,
            f"role {role} does not own {listed}, which {belong} to role {owner.role}",
            f"connect as {owner.role}, or run " + "\n".join(_to_own(tables, owner, server)),
        )


def _to_own(tables: Sequence[TableName], owner: Owner, server: Server) -> list[str]:
    """Return the statements that let the role act as the owner. Membership in a superuser would grant far too
    much."""
    role, owning = text_of(name(server.info.user)), text_of(name(owner.role))
    if owner.superuser:
        return [f"ALTER TABLE {text_of(relation(table))} OWNER TO {role};" for table in tables]
    if not owner.member:
        return [f"GRANT {owning} TO {role};"]
    inherit = f"GRANT {owning} TO {role} WITH INHERIT TRUE;"
    return [f"ALTER ROLE {role} INHERIT;" if server.major < 16 else inherit]


def _not_granted(answers: Answers, needs: Mapping[RequiredRight, Change], role: str) -> Iterator[Refusal]:
    asked = [(need, column) for need in needs for column in need.columns or ("",)]
    wanted = (
        Holds(privilege=need.privilege, schema=need.schema, table=need.table, column=column)
        for need, column in asked
    )
    lacking: dict[RequiredRight, list[str]] = {}
    for (need, column), held in zip(asked, answers.of(wanted), strict=True):
        if not held:
            lacking.setdefault(need, []).append(column)
    for need, columns in lacking.items():
        change = needs[need]
        yield missing_privilege(
            change.key, change.place, f"role {role} may not {need.purpose}", _granting(need, columns, role)
        )


def _granting(need: RequiredRight, columns: Sequence[str], role: str) -> str:
    if need.columns:
        table = relation(need.on)
        grant = _grant(f"{need.privilege} ({text_of(names(columns))}) ON", table, role)
        return f"run {grant}{' or apply with --no-data-checks' if need.privilege == 'SELECT' else ''}"
    if not need.schema:
        return f"run {_grant('CREATE ON TABLESPACE', name(need.table), role)}"
    if need.table:
        return f"run {_grant(f'{need.privilege} ON', relation(need.on), role)}"
    return f"run {_grant(f'{need.privilege} ON SCHEMA', name(need.schema), role)}"


def _archive_rights(answers: Answers, live: LiveState, server: Server) -> Iterator[Refusal]:
    role = server.info.user
    if ARCHIVE_KEY not in live.objects:
        if not server.may_create_schema:
            yield missing_privilege(
                None,
                None,
                f"role {role} may not create the schema {ARCHIVE_SCHEMA}",
                f"run {_grant('CREATE ON DATABASE', name(server.info.database), role)} "
                "or create the schema for the role",
            )
        return
    for privilege, purpose in (("USAGE", "use"), ("CREATE", "move tables to")):
        if not answers[Holds(privilege=privilege, schema=ARCHIVE_SCHEMA)]:
            remedy = f"run {_grant(f'{privilege} ON SCHEMA', name(ARCHIVE_SCHEMA), role)}"
            yield missing_privilege(None, None, f"role {role} may not {purpose} {ARCHIVE_SCHEMA}", remedy)


def _journal_rights(answers: Answers, schema: str, role: str) -> Iterator[Refusal]:
    found = answers[AccessToJournal(schema=schema)]
    remedy = (
        f"run {_grant('USAGE, CREATE ON SCHEMA', name(schema), role)} or set policy.journal_schema to another schema: "
        "since PostgreSQL 15, roles may not create objects in public by default"
    )
    journal = f"{display(schema)}.{JOURNAL_TABLE}"
    if not found.schema_exists:
        yield Refusal(
            rule=MISSING_SCHEMA,
            key=None,
            place=None,
            cause=f"the schema {display(schema)} for the journal does not exist",
            remedy="create it, or correct policy.journal_schema",
        )
        return
    if not found.guarded:  # the blocks that check journal and archive in each transaction
        statement = _grant("USAGE ON LANGUAGE", name("plpgsql"), role)
        yield missing_privilege(None, None, f"role {role} may not use language plpgsql", f"run {statement}")
    if not found.creatable:
        yield missing_privilege(
            None, None, f"role {role} may not create {JOURNAL_TABLE} in schema {display(schema)}", remedy
        )
    elif not found.usable:
        statement = _grant("USAGE ON SCHEMA", name(schema), role)
        yield missing_privilege(
            None,
            None,
            f"role {role} may not use schema {display(schema)}, which holds the journal",
            f"run {statement}",
        )
    if not found.writable:
        statement = _grant("SELECT, INSERT ON", relation(TableName(schema=schema, name=JOURNAL_TABLE)), role)
        yield missing_privilege(
            None, None, f"role {role} may not read and write the journal {journal}", f"run {statement}"
        )


def untrusted_journal(answers: Answers, at: JournalAt) -> Iterator[Note]:
    """Return a note if `apply` would refuse to use the existing journal."""
    objection = answers[ObjectionToJournal(journal=at)]
    if objection is not None:
        message = f"`apply` would be refused: {objection.message}; {objection.hint}"
        yield Note(rule=JOURNAL_NOT_OURS, key=None, place=None, message=message)


def _grant(privileges: str, on: Sql, role: str) -> str:
    """Return a complete GRANT statement."""
    return f"GRANT {privileges} {text_of(on)} TO {text_of(name(role))};"
