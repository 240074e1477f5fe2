"""The rows of a repair with their new values: they must comply with the object, and with the other rules of their
table, live ones and those of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.kinds.base import ddl, guards
from reconciler.kinds.base.not_valid import is_in_force, is_repaired_before, of_not_valid
from reconciler.kinds.base.routing import RouteContext
from reconciler.kinds.base.row_changes import RowChanges
from reconciler.model.definition import has_index
from reconciler.model.guard import Assignment, Guard
from reconciler.model.names import Key, TableName, display
from reconciler.model.repair import RowAction
from reconciler.model.rules.data import UNFIT_REPAIR


def checks_of_new_values(changes: RowChanges) -> Iterator[Guard]:
    """Yield a data check for each rule that new values might break."""
    written, table = dict(changes.written()), changes.key.table_name
    if not written or not written.keys() <= changes.context.live.tables[table].columns.keys():
        return  # planning refuses unknown columns
    if changes.policy.action is RowAction.SET:
        yield from (_assigned(changes, column, text) for column, text in written.items())
        yield _still_violating(changes)
        yield from _missing_values(changes, written)
    for rows_of, key, condition in _other_rules(changes, _affected(changes, written)):
        wrong = ddl.compose("NOT ({condition})", condition=ddl.fragment(condition))
        not_valid = condition in changes.context.not_valid.get(key, ())
        if not_valid:
            yield of_not_valid(_broken(changes, rows_of, wrong, key), key, changes.context)
        else:
            yield _with_remedy(
                _broken(changes, rows_of, wrong, key, _left_of(key, condition, changes)), key, changes
            )


def _left_of(key: Key, condition: str, changes: RowChanges) -> ddl.Sql | None:
    """Return the condition of rows that the repair for another rule leaves, if it removes rows before."""
    if not is_repaired_before(key, changes.context) or not changes.context.declared[key].rows.removes:
        return None
    return ddl.compose("({condition}) IS NOT FALSE", condition=ddl.fragment(condition))


def _with_remedy(guard: Guard, key: Key, changes: RowChanges) -> Guard:
    """Return the data check with what helps if the rows have other values by then."""
    if not is_repaired_before(key, changes.context):
        return guard
    return replace(guard, remedy=f"{guard.remedy}; or apply {key} without {changes.key} first, then plan again")


def _shown(written: Mapping[str, str]) -> str:
    return ", ".join(f"{display(column)} = {text}" for column, text in written.items())


def _assigned(changes: RowChanges, column: str, text: str) -> Guard:
    """Return the check that the column can store its new values. Another cast than that of an assignment would shorten
    texts, so the query for people only computes the values."""
    table, value = changes.key.table_name, changes.typed(column, text)
    type_ = changes.context.live.tables[table].columns[column].type
    rows, condition = changes.everything(table), changes.rows.condition
    values = ddl.compose(
        "SELECT {value} AS value FROM {rows} WHERE {condition}", value=value, rows=rows, condition=condition
    )
    source = ddl.compose("FROM ({values}) AS v WHERE num_nulls(v.value) > 1", values=values)
    return Guard(
        id=UNFIT_REPAIR,
        title=f"assigning {text} to {display(column)} of {table} ({type_})",
        count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
        sample=ddl.statement(ddl.compose("SELECT v.value::text {source}", source=source)),
        more=ddl.statement(values),
        noun="row",
        cause=f"of {table} cannot get {display(column)} = {text}",
        remedy="choose a value that the column can store, cast to its type if necessary, or correct the rows from "
        "which it is computed",
        unchecked_ok=True,
        values=(text,),
        assignment=Assignment(
            column=ddl.statement(
                ddl.compose("SELECT {column} FROM {rows}", column=changes.column(column), rows=rows)
            ),
            values=ddl.statement(values),
        ),
    )


def _still_violating(changes: RowChanges) -> Guard:
    check, after = changes.rows.check, _shown(dict(changes.written()))
    source = ddl.compose(
        "FROM {rows} WHERE {condition}",
        rows=_with_new_values(changes, changes.key.table_name, changes.rows.alias),
        condition=changes.rows.condition,
    )
    return replace(
        _counted(check, changes, source, changes.rows.alias),
        title=f"{check.title}, after {after}",
        cause=f"{check.cause}, also after {after}",
        remedy="choose other values",
    )


def _missing_values(changes: RowChanges, written: Mapping[str, str]) -> Iterator[Guard]:
    table = changes.key.table_name
    for column, key in changes.context.no_nulls.get(table, {}).items():
        if column in written and key != changes.key:
            null = ddl.compose("{column} IS NOT DISTINCT FROM NULL", column=ddl.name(column))
            yield _broken(changes, table, null, key)


def _broken(
    changes: RowChanges, rows_of: TableName, wrong: ddl.Sql, key: Key, left: ddl.Sql | None = None
) -> Guard:
    """Return the check that no row gets values which satisfy the condition `wrong`. With `left`, only of the rows that
    satisfy that before."""
    after, alias = _shown(dict(changes.written())), rows_of.name
    source = ddl.compose(
        "FROM {rows} WHERE {wrong}", rows=_with_new_values(changes, rows_of, alias, left), wrong=wrong
    )
    return replace(
        _counted(changes.rows.check, changes, source, alias),
        id=UNFIT_REPAIR,
        title=f"rows of {rows_of} that would violate {key} after {after}",
        noun="row",
        cause=f"in {rows_of} would violate {key} after {after}",
        remedy="choose other values or another policy",
    )


def _counted(check: Guard, changes: RowChanges, source: ddl.Sql, alias: str) -> Guard:
    table = changes.key.table_name
    identity = guards.identification(changes.context.live, table)
    columns = identity if identity != ("ctid",) else tuple(column for column, _ in changes.written())
    label = guards.labelled(columns, alias)
    return replace(
        check,
        count=ddl.statement(ddl.compose("SELECT count(*) {source}", source=source)),
        sample=ddl.statement(ddl.compose("SELECT {label} {source} ORDER BY 1", label=label, source=source)),
        more=ddl.statement(ddl.compose("SELECT * {source}", source=source)),
        hazard=None,
        ages=None,
        values=tuple(text for _, text in changes.written()),
    )


def _with_new_values(changes: RowChanges, rows_of: TableName, alias: str, left: ddl.Sql | None = None) -> ddl.Sql:
    """Return a subquery that replaces columns in a copy of each row; its own expressions generate columns again."""
    live, inner = changes.context.live, changes.rows.alias
    columns, written = live.tables[rows_of].columns, dict(changes.written())
    values = (changes.typed(one, written[one]) if one in written else changes.column(one) for one in columns)
    copy = ddl.compose(
        "(SELECT {columns} FROM {rows} WHERE {condition}) AS {alias}",
        columns=_named(zip(values, columns, strict=True)),
        rows=changes.everything(rows_of) if left is None else changes.those(rows_of, left),
        condition=changes.rows.condition,
        alias=ddl.name(inner),
    )
    generated = dict(changes.context.generated.get(rows_of, ()))
    if not generated and alias == inner:
        return copy
    again = (
        ddl.compose("({text})", text=ddl.fragment(generated[one])) if one in generated else ddl.name(one)
        for one in columns
    )
    shown = _named(zip(again, columns, strict=True))
    return ddl.compose("(SELECT {columns} FROM {copy}) AS {alias}", columns=shown, copy=copy, alias=ddl.name(alias))


def _named(values: Iterable[tuple[ddl.Sql, str]]) -> ddl.Sql:
    pairs = (ddl.compose("{value} AS {column}", value=value, column=ddl.name(column)) for value, column in values)
    return ddl.joined(pairs, ", ")


def _affected(changes: RowChanges, written: Mapping[str, str]) -> set[str]:
    """Return the columns that may change: those that are written, and those generated from them."""
    generated = changes.context.generated.get(changes.key.table_name, ())
    return {*written, *(column for column, text in generated if guards.words_in(text) & written.keys())}


def _other_rules(changes: RowChanges, columns: set[str]) -> Iterator[tuple[TableName, Key, str]]:
    """Yield the checks and not-nulls that are NOT VALID, and the checks that name one of the columns, before and after
    the plan, each with the table whose rows it concerns. A new one whose violating rows are repaired later is left
    out."""
    table, context = changes.key.table_name, changes.context
    live, whole = context.live, context.live.tables[table].is_partitioned or changes.rows.inherits
    above = {one for one in live.tables if table in live.tree(one)}
    below = {one.name for one in live.below(table)} if whole else set()
    known = [(key, one) for key, conditions in context.not_valid.items() for one in conditions]
    for key, definition in (*live.inherited.items(), *live.objects.items(), *context.target.items()):
        own = key == changes.key or has_index(definition) or not definition.is_enforced()
        if key.table_name in above | below and not own and is_in_force(key, definition, context):
            # An expression may use the name of the table for the whole row.
            words = {*columns, key.table}
            known += [(key, one) for one in definition.conditions() if guards.words_in(one) & words]
    found: dict[tuple[TableName, str], Key] = {}
    for key, condition in known:
        rows_of = table if key.table_name in above else key.table_name
        same = (key.kind, key.name) == (changes.key.kind, changes.key.name)  # its own copy on a descendant
        inherited = key.table_name in below and (same or key in live.inherited)
        apart = key.table_name in above - {table} and not _passed_on(key, context)
        if key.table_name in above | below and not inherited and not apart:
            found.setdefault((rows_of, condition), key)
    yield from ((rows_of, key, condition) for (rows_of, condition), key in found.items())


def _passed_on(key: Key, context: RouteContext) -> bool:
    definition = context.live.get(key) or context.target.get(key)
    return definition is not None and definition.passes_on()
