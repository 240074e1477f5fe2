"""The reasons against a restore that the catalog shows: missing objects and rights, a comment that proves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import Holds
from reconciler.model.names import ARCHIVE_SCHEMA, TableName, display, trusting
from reconciler.model.options import Options
from reconciler.model.plan import Refusal
from reconciler.model.retired import ArchivedTable, ParentTable, RestoredTable
from reconciler.model.rules.consent import ARCHIVE_NOT_PROVED
from reconciler.model.server import Server
from reconciler.model.state import Declared, LiveState, Policy
from reconciler.planning.dependents import unserved
from reconciler.planning.permissions import missing_rights
from reconciler.planning.refusals import missing_column, missing_privilege, missing_table
from reconciler.planning.target import Target
from reconciler.postgres.bounds import BoundsTaken
from reconciler.postgres.session import Session
from reconciler.restoring.joining import overlapping, unlike_parents


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """What is restored: the table's `change` and its foreign keys' `changes`, in the state `live`. The tables `before`
    are restored first, and the changes `earlier` are made before. `parts` are what it gets for its `parents`, whose
    bounds other partitions may have."""

    table: ArchivedTable
    change: Change
    changes: tuple[Change, ...]
    names: Mapping[str, str]
    live: LiveState
    policy: Policy
    major: int
    before: frozenset[TableName]
    earlier: Sequence[Change] = ()
    parents: Mapping[ParentTable, BoundsTaken] = field(default_factory=dict)
    parts: tuple[Change, ...] = ()


def reasons_against(restore: Restore, session: Session, options: Options, answers: Answers) -> Sequence[Refusal]:
    """Return the reasons against the restore that the catalog shows."""
    live, server, keys = restore.live, session.server, possible_keys(restore)
    found = [one for change in restore.changes for one in _missing(change, live)]
    declared = {
        one.key: Declared(key=one.key, definition=one.after, place=one.place)
        for one in keys
        if one.after is not None
    }
    found += unserved(keys, declared, Target([*restore.earlier, *keys], live))
    found += _without_parents(restore, server.info.user)
    found += unlike_parents(restore.change, restore.table, restore.parents, live)
    found += [
        one for parent, taken in restore.parents.items() for one in overlapping(restore.change, parent, taken)
    ]
    found += _unproved(restore, server.info.user, options)
    found += _missing_rights(restore, answers, server, options)
    return found


def possible_keys(restore: Restore) -> list[Change]:
    """Return the changes of the foreign keys that can be planned: their columns exist, and all that they refer to."""
    return [one for one in restore.changes if not list(_missing(one, restore.live))]


def _missing(change: Change, live: LiveState) -> Iterator[Refusal]:
    """Return a refusal for each column of a foreign key, and each table or column that it refers to, that does not
    exist."""
    reference = change.after.reference() if change.after is not None else None
    assert change.after is not None
    assert reference is not None
    own = live.tables[change.key.table_name]
    for column in change.after.referring_columns():
        if column not in own.columns:
            yield replace(
                missing_column(change.key, change.place, own.name, column, own.columns),
                remedy=f"add it; or remove the foreign key from `foreign_keys` in the comment of {change.place}",
            )
    table = live.tables.get(reference.table)
    if table is None:
        yield replace(
            missing_table(change.key, change.place, reference.table, live, "the referenced table"),
            remedy="restore or create it first; or remove the foreign key from `foreign_keys` in the comment of "
            f"{change.place}",
        )
        return
    for column in reference.columns:
        if column not in table.columns:
            yield missing_column(change.key, change.place, table.name, column, table.columns)


def _without_parents(restore: Restore, role: str) -> Iterator[Refusal]:
    """Return a refusal for each parent that is missing, or that the role may not alter."""
    change, after = restore.change, restore.change.after
    assert isinstance(after, RestoredTable)
    for parent in restore.table.moved.parents if after.attached else ():
        if parent.table in restore.before:
            continue
        table = restore.live.tables.get(parent.table)
        if table is None:
            missing = missing_table(change.key, change.place, parent.table, restore.live, "its parent")
            yield replace(
                missing, remedy="restore or create it first, or restore the table under another name with --as"
            )
        elif not table.owned:
            remedy = "run as its owner, or as a member of that role"
            yield missing_privilege(change.key, change.place, f"role {role} does not own {parent.table}", remedy)


def _unproved(restore: Restore, role: str, options: Options) -> Iterator[Refusal]:
    """Return a refusal if a role that is not trusted may have written the comment of the table."""
    writers = sorted(set(restore.table.moved.writers) - {role, *options.trusted_roles})
    if writers:
        yield Refusal(
            rule=ARCHIVE_NOT_PROVED,
            key=restore.change.key,
            place=restore.change.place,
            cause=f"these roles could have written the comment of {restore.change.place}, which says what the table "
            f"was: {', '.join(map(display, writers))}",
            remedy=f"trust these roles with {trusting(writers)}, or revoke their USAGE on schema {ARCHIVE_SCHEMA}",
        )


def _missing_rights(restore: Restore, answers: Answers, server: Server, options: Options) -> Iterator[Refusal]:
    table, change, role = restore.table, restore.change, server.info.user
    changes = [*possible_keys(restore), *restore.parts, change]
    schema = restore.policy.journal_schema
    yield from missing_rights(
        answers,
        changes,
        restore.live,
        server,
        schema,
        data_checks=options.data_checks,
        archives_rows=False,
        denied={},
        named={},
    )
    if not table.moved.owned:
        remedy = "run as its owner, or as a member of that role"
        yield missing_privilege(change.key, change.place, f"role {role} does not own {change.place}", remedy)
    target = change.key.schema
    if not answers[Holds(privilege="CREATE", schema=target)]:
        cause = f"role {role} may not create tables in schema {display(target)}"
        remedy = f"run GRANT CREATE ON SCHEMA {display(target)} TO {display(role)};"
        yield missing_privilege(change.key, change.place, cause, remedy)
