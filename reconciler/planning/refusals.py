"""The refusals of the comparison, each with its cause and remedy."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from reconciler.kinds import kind_of, purpose_of, section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.change import Change
from reconciler.model.definition import Definition, Reference
from reconciler.model.features import FEATURES
from reconciler.model.names import ARCHIVE_SCHEMA, Key, Place, TableName, display, trusting
from reconciler.model.plan import Note, Refusal
from reconciler.model.retired import ArchivedTable
from reconciler.model.rules.consent import ARCHIVE_NOT_PROVED, MISSING_PRIVILEGE, PROTECTED_TABLE, ROW_SECURITY
from reconciler.model.rules.dependencies import CIRCULAR, CONFLICT, HAS_DEPENDENTS, INHERITED, STILL_REFERENCED
from reconciler.model.rules.notes import PURGE_DUE
from reconciler.model.rules.objects import (
    COLUMN_COUNT,
    DUPLICATE_OBJECT,
    MISSING_COLUMN,
    MISSING_TABLE,
    NAME_TAKEN,
    NEEDS_NEWER_SERVER,
    NO_UNIQUE_KEY,
    NOT_SUPPORTED_YET,
    REJECTED_BY_SERVER,
    UNKNOWN,
)
from reconciler.model.server_error import ServerError
from reconciler.model.size_text import freed
from reconciler.model.state import Declared, LiveState
from reconciler.planning.inheritance import ancestors

HINTED = 100
"""After this many refusals there are no suggestions: they no longer help, and each one is compared with all
names."""


_SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})


def suggestion(name: str, candidates: Iterable[str]) -> str:
    """Return `; did you mean …?`, or nothing."""
    close = _closest(name, tuple(candidates))
    return f"; did you mean {display(close)}?" if close is not None else ""


@lru_cache(maxsize=256)
def _closest(name: str, candidates: tuple[str, ...]) -> str | None:
    """This is cached, because thousands of foreign keys may refer to one missing table."""
    return next(iter(difflib.get_close_matches(name, candidates, n=1)), None)


def missing_table(key: Key, place: Place, table: TableName, live: LiveState, role: str = "the table") -> Refusal:
    """Return the refusal of a missing table. `role` says what the table is for this object: `the referenced
    table`."""
    return Refusal(
        rule=MISSING_TABLE,
        key=key,
        place=place,
        cause=f"{role} {table} does not exist",
        remedy="create it with your migrations, or correct its name in the file"
        + suggestion(table.name, live.neighbours.get(table.schema, ())),
    )


def missing_column(key: Key, place: Place, table: TableName, column: str, columns: Iterable[str]) -> Refusal:
    cause = f"table {table} has no column {display(column)}"
    remedy = "add it with your migrations, or correct its name in the file" + suggestion(column, columns)
    if column in _SYSTEM_COLUMNS:
        cause = f"{column} is a system column, and PostgreSQL allows only columns of the table itself here"
        remedy = "choose other columns"
    return Refusal(rule=MISSING_COLUMN, key=key, place=place, cause=cause, remedy=remedy)


def unsupported_table(key: Key, place: Place, what: str) -> Refusal:
    return Refusal(
        rule=NOT_SUPPORTED_YET,
        key=key,
        place=place,
        cause=f"{key.table_name} is {what}",
        remedy=f"remove {key} from the file; the table itself may stay declared as required",
    )


def newer_server(declared: Declared, field: str, feature: str, version: str) -> Refusal:
    needed = FEATURES[feature]
    return Refusal(
        rule=NEEDS_NEWER_SERVER,
        key=declared.key,
        place=declared.place_of(field),
        cause=f"{needed.title} needs PostgreSQL {needed.since}; the server is {version}",
        remedy=f"remove `{field}` from the file, or upgrade the server",
    )


def rejected(declared: Declared, error: ServerError) -> Refusal:
    return Refusal(
        rule=REJECTED_BY_SERVER,
        key=declared.key,
        place=declared.place,
        cause=f"PostgreSQL does not accept the definition: {error}",
        remedy=REJECTED_BY_SERVER.remedy,
        error=error,
    )


def whole_row(declared: Declared, below: TableName) -> Refusal:
    return Refusal(
        rule=REJECTED_BY_SERVER,
        key=declared.key,
        place=declared.place,
        cause=f"the expression uses whole rows of {declared.key.table_name}, so PostgreSQL cannot create it on "
        f"{below} as well",
        remedy="name the columns in the expression instead of the row",
    )


def unlogged_reference(declared: Declared, table: TableName) -> Refusal:
    return Refusal(
        rule=REJECTED_BY_SERVER,
        key=declared.key,
        place=declared.place_of("references"),
        cause=f"{table} is unlogged, and {declared.key.table_name} is not: PostgreSQL allows foreign keys of permanent "
        "tables to refer to permanent tables only",
        remedy=f"run ALTER TABLE {table} SET LOGGED, or remove the foreign key from the file",
    )


def inherited(declared: Declared) -> Refusal:
    return Refusal(
        rule=INHERITED,
        key=declared.key,
        place=declared.place,
        cause=f"{declared.key} is inherited, and its parent's definition differs from the file's",
        remedy=INHERITED.remedy,
    )


def named_otherwise_below(declared: Declared, table: TableName, name: str, other: str) -> Refusal:
    return Refusal(
        rule=INHERITED,
        key=declared.key,
        place=declared.place_of("name"),
        cause=f"{declared.key} has the name {display(name)} here and {display(other)} on {table}, which inherits it: "
        "PostgreSQL cannot rename only one of them",
        remedy=f"omit `name`, or write `name: {name}`",
    )


def unknown(
    declared: Declared, reason: str, error: ServerError | None = None, grants: Sequence[str] = ()
) -> Refusal:
    """Return the refusal. `grants` are statements without which the server does not answer."""
    return Refusal(
        rule=UNKNOWN,
        key=declared.key,
        place=declared.place,
        cause=f"cannot tell whether the live definition equals the declared one: {reason}",
        remedy=f"run {' '.join(grants)}"
        if grants
        else "plan with a role that may create temporary tables, on the primary; "
        "or write the expression as pg_get_constraintdef or pg_get_indexdef prints it",
        error=error,
    )


def no_unique_key(declared: Declared, reference: Reference) -> Refusal:
    table, columns, period = reference
    listed = ", ".join(map(display, columns))
    if period:
        cause = f"no key makes {table}({listed}) unique: a period needs a primary key or unique "
        cause += "constraint `without_overlaps` there that is not deferrable, with that column last"
        remedy = f"declare one with exactly these columns under {table}, or refer to other columns"
    else:
        cause = f"no key makes {table}({listed}) unique: a foreign key needs a primary key, a unique constraint "
        cause += "that is not deferrable, or a unique index without expressions or predicate there"
        remedy = (
            f"declare `primary_key` or `unique` with exactly these columns under {table}, or refer to other columns"
        )
    return Refusal(
        rule=NO_UNIQUE_KEY, key=declared.key, place=declared.place_of("references"), cause=cause, remedy=remedy
    )


def older_temporal_key(change: Change, foreign_key: Key, temporal: Key, place: Place) -> Refusal:
    """Return the refusal of a foreign key. `change` adds it, alone or together with a key that is replaced."""
    with_it = "" if change.key == foreign_key else f" again with {change.key}"
    return Refusal(
        rule=NO_UNIQUE_KEY,
        key=change.key,
        place=place,
        cause=f"{foreign_key} cannot be added{with_it}: it has no period, and PostgreSQL uses the oldest key over the "
        f"referenced columns, {temporal}, which is `without_overlaps`",
        remedy=f"give the foreign key a period; or list {temporal} under `absent`, apply, and declare it again "
        "if you need it: then it is the newer key",
    )


def no_primary_key(declared: Declared, table: TableName, live: LiveState) -> Refusal:
    keys = sorted(columns for one in live.on(table).values() if (columns := one.unique_columns()))
    named = f"`references: {table.name}({', '.join(keys[0])})`" if keys else ""
    remedy = f"name the columns, as in {named}" if keys else f"declare `primary_key` or `unique` under {table}"
    return Refusal(
        rule=NO_UNIQUE_KEY,
        key=declared.key,
        place=declared.place_of("references"),
        cause=f"`references: {table.name}` means its primary key, but {table} has none",
        remedy=remedy,
    )


def needed_by_key(declared: Declared) -> Refusal:
    return Refusal(
        rule=CONFLICT,
        key=declared.key,
        place=declared.place_of("validated"),
        cause=f"{display(declared.key.name)} is part of the declared primary key, which does not allow NULL",
        remedy="remove `validated: false` from the file",
    )


def column_count(declared: Declared, count: int, others: int) -> Refusal:
    return Refusal(
        rule=COLUMN_COUNT,
        key=declared.key,
        place=declared.place,
        cause=f"{count} referring and {others} referenced columns",
        remedy=COLUMN_COUNT.remedy,
    )


def name_taken(declared: Declared, name: str, by: str) -> Refusal:
    return Refusal(
        rule=NAME_TAKEN,
        key=declared.key,
        place=declared.place,
        cause=f"the name {display(name)} is taken by {by}",
        remedy="choose another name in the file, or rename or drop that object",
    )


def silent_duplicate(declared: Declared, other: Key) -> Refusal:
    section = kind_of(other).absent_section
    return Refusal(
        rule=DUPLICATE_OBJECT,
        key=declared.key,
        place=declared.place,
        cause=f"{other} is not declared and has the same definition: {declared.key} would be its duplicate",
        remedy=f"to keep its name, declare it as {display(other.name)}; "
        f"to rename it, add `renamed_from: {other.name}` to {display(declared.key.name)}; "
        f"to replace it, add `absent: {{{section}: [{other.name}]}}` under the table",
    )


def missing_privilege(key: Key | None, place: Place | None, cause: str, remedy: str) -> Refusal:
    """Return the refusal for a missing right of `apply`. `Draft.with_rights_as_notes` turns it into a note of a
    plan that will not be applied."""
    return Refusal(rule=MISSING_PRIVILEGE, key=key, place=place, cause=cause, remedy=remedy)


def protected_table(key: Key, place: Place, pattern: str, action: str) -> Refusal:
    return Refusal(
        rule=PROTECTED_TABLE,
        key=key,
        place=place,
        cause=f"{key.table_name} is protected (by {pattern}); the plan would {action} {_what(key)}",
        remedy=PROTECTED_TABLE.remedy,
    )


def _what(key: Key) -> str:
    return f"table {key.table_name}" if purpose_of(key) is Purpose.DROPS_TABLE else str(key)


def only_droppable(key: Key, place: Place, what: str, *, dumped: bool) -> Refusal:
    return Refusal(
        rule=NOT_SUPPORTED_YET,
        key=key,
        place=place,
        cause=f"{key.table_name} is a {what}, which cannot be {'dumped' if dumped else 'archived'}",
        remedy="set `backup: none`, which drops it once the hazard `drop-table` is accepted",
    )


def rows_hidden(declared: Declared, table: TableName, replacing: Place | None = None) -> Refusal:
    """Return the refusal of a table whose rows must be read, but are hidden. `replacing` is the place of `replaced_by`,
    if that is why."""
    why, other = (
        ("counted", "remove `replaced_by` from the file") if replacing else ("dumped", "use `backup: archive`")
    )
    return Refusal(
        rule=ROW_SECURITY,
        key=declared.key,
        place=replacing or declared.place,
        cause=f"row security of {table} hides rows from the role, so its rows cannot be {why}",
        remedy="plan and apply as a role that sees all rows: one with BYPASSRLS, or the owner unless row "
        f"security is forced; or {other}",
    )


def purge_due(declared: Declared, archived: ArchivedTable) -> Note:
    there = TableName(schema=ARCHIVE_SCHEMA, name=archived.name)
    return Note(
        rule=PURGE_DUE,
        key=declared.key,
        place=declared.place,
        message=f"{there} has been in the archive for longer than its purge_after; to drop it for good, which frees "
        f"{freed(archived.rows, archived.bytes)}, use --allow purge",
    )


def has_dependents(key: Key, place: Place, dependent: str) -> Refusal:
    return Refusal(
        rule=HAS_DEPENDENTS,
        key=key,
        place=place,
        cause=f"{dependent} depends on {key.table_name}",
        remedy="change or drop the dependent object first; nothing is ever dropped by CASCADE",
    )


def undroppable(key: Key, place: Place) -> Refusal:
    return Refusal(
        rule=NOT_SUPPORTED_YET,
        key=key,
        place=place,
        cause=f"{key.table_name} is a foreign partition, or has `replaced_by` and either inheritance children or "
        "partitions that do not stay in the archive, where they could be counted together",
        remedy="use `backup: archive` for a partitioned table; or remove `replaced_by`; or remove the table from "
        f"`{section_for(Purpose.DROPS_TABLE)}`, and drop it by hand",
    )


def moved_and_present(declared: Declared, archived: str) -> Refusal:
    there = TableName(schema=ARCHIVE_SCHEMA, name=archived)
    return Refusal(
        rule=NAME_TAKEN,
        key=declared.key,
        place=declared.place,
        cause=f"an unfinished run moved {declared.key.table_name} to {there}; another table has its name now",
        remedy="rename or drop the new table; then apply again, which counts the rows of the moved table again",
    )


def moved_twice(declared: Declared, count: int) -> Refusal:
    return Refusal(
        rule=ARCHIVE_NOT_PROVED,
        key=declared.key,
        place=declared.place,
        cause=f"the comments of {count} tables in {ARCHIVE_SCHEMA} say that an unfinished run moved them from "
        f"{declared.key.table_name}",
        remedy="find out which one was moved, and remove `unfinished` from the comments of the others",
    )


def moved_by_others(change: Change, archived: str, writers: Sequence[str]) -> Refusal:
    there = TableName(schema=ARCHIVE_SCHEMA, name=archived)
    return Refusal(
        rule=ARCHIVE_NOT_PROVED,
        key=change.key,
        place=change.place,
        cause=f"the comment of {there} says that an unfinished run moved it from {change.key.table_name}, and "
        f"these roles could have written it: {', '.join(map(display, writers))}",
        remedy=f"trust these roles with {trusting(writers)}, or revoke their USAGE on schema {ARCHIVE_SCHEMA}",
    )


def still_referenced(key: Key, place: Place, by: Sequence[Key], *, deferrable: bool = False) -> Refusal:
    lost = "cannot become deferrable" if deferrable else "cannot be dropped"
    why = ", and no foreign key can refer to a deferrable key" if deferrable else ""
    return Refusal(
        rule=STILL_REFERENCED,
        key=key,
        place=place,
        cause=f"{key} {lost}: {_depend(by)} on it{why}",
        remedy="declare another unique key over the same columns; or list these foreign keys under `absent` as well; "
        "or make them refer to another key, and apply that first",
    )


def dependents_undeclared(key: Key, place: Place, by: Mapping[Key, Definition]) -> Refusal:
    """Return the refusal of a change of a key. `by` are the live foreign keys that the file does not name."""
    from reconciler.spec.writer import in_a_file  # late: a plan without changes writes no file

    return Refusal(
        rule=STILL_REFERENCED,
        key=key,
        place=place,
        cause=f"{key} cannot be dropped: {_depend(list(by))} on it, would be dropped and added again with it, "
        f"and {'is' if len(by) == 1 else 'are'} not declared",
        remedy=f"to allow that, declare {'it' if len(by) == 1 else 'them'}: `{in_a_file(by)}`",
    )


def circular(change: Change, changes: Sequence[Change], live: LiveState) -> Refusal:
    """Return the refusal of changes that wait for each other. Tables are dropped once no foreign key refers to them: if
    they refer to each other, one of the keys has to be dropped before."""
    between = next(_keys_between(changes, live), None)
    remedy = (
        "remove all but one from the file, apply, then add them again; "
        "you may need another unique key over the same columns in the meantime"
    )
    if between is not None:
        remedy = (
            f"remove the tables from `{section_for(Purpose.DROPS_TABLE)}`, list {between} under `absent.constraints` "
            "of its table, and apply; then drop the tables (a restore does not bring that key back)"
        )
    return Refusal(
        rule=CIRCULAR,
        key=change.key,
        place=change.place,
        cause=f"these changes wait for each other in a circle: {', '.join(map(str, changes))}",
        remedy=remedy,
    )


def _keys_between(changes: Sequence[Change], live: LiveState) -> Iterator[Key]:
    """Yield the foreign keys by which dropped tables refer to each other, and a partitioned table to itself."""
    dropped = {one.key.table_name for one in changes if purpose_of(one.key) is Purpose.DROPS_TABLE}
    tables = dropped | {above for table in dropped for above in ancestors(table, live)}
    for table in sorted(tables):
        for key, definition in sorted(live.on(table).items()):
            reference = definition.reference()
            if reference is None or reference.table not in tables:
                continue
            if reference.table != table or live.below(table):
                yield key


def _depend(by: Sequence[Key]) -> str:
    return f"{', '.join(map(str, by))} depend{'s' if len(by) == 1 else ''}"
