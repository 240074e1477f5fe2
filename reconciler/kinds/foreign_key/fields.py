"""The `foreign_keys` section."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, cast

from reconciler.kinds.file.columns import Columns, is_short_column
from reconciler.kinds.file.deferral import check_deferral
from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import (
    Attribute,
    Namespace,
    Naming,
    Section,
    Values,
    attribute_values,
    comment,
    deferral,
)
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading
from reconciler.kinds.file.quoting import quoted_key, quoted_text
from reconciler.kinds.file.readers import (
    NAME_SCHEMA,
    SIMPLE_NAME,
    Choice,
    name_problem,
    read_name,
    scalar_text,
)
from reconciler.kinds.file.rows import RowPolicies
from reconciler.kinds.file.tables import (
    long_table_schema,
    manageable,
    read_long_table,
    short_table,
    split_table,
    written_table,
)
from reconciler.kinds.file.writing import Writing, Written
from reconciler.kinds.foreign_key.definition import ForeignKey, Match, ReferentialAction
from reconciler.kinds.validated.fields import check_enforcement, enforcement, enforcement_fields, enforcement_values
from reconciler.model.names import Key, TableName
from reconciler.model.repair import REFUSED_ROWS, RowAction, RowPolicy
from reconciler.model.rules.declarations import AMBIGUOUS_NAME, BAD_NAME, REPEATED_COLUMN, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT

_LONG = "write {schema: …, table: …, columns: […]}"
_PERIOD: Final = (
    "The range column of the referenced table, which covers the last referring column (PERIOD, PostgreSQL 18). "
    "`columns` are the others."
)
_SHORT_REFERENCE = re.compile(r"(?P<table>[^()]+)(?:\((?P<columns>[^()]*)\))?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceTarget:
    """What a foreign key refers to; no columns means the primary key. With `period`, the last column is a range."""

    table: TableName
    columns: tuple[str, ...]
    period: bool = False


class References:
    """`users`, `users(id)`, `billing.invoices(a, b)` or `{schema:, table:, columns:}`."""

    def read(self, node: Node, reading: Reading) -> ReferenceTarget | Invalid:
        if isinstance(node, MappingNode):
            return self._read_long(node, reading)
        text = scalar_text(node, reading, "`table` or `table(column, …)`")
        if text is INVALID:
            return INVALID
        match = _SHORT_REFERENCE.match(text.rstrip())
        if match is None:
            return reading.report(
                node, AMBIGUOUS_NAME, f"{quoted_text(text)} is not of the form `table(column, …)`", _LONG
            )
        table = manageable(split_table(match["table"].rstrip(), node, reading), node, reading)
        columns = self._split_columns(match["columns"], node, reading)
        return INVALID if table is INVALID or columns is INVALID else ReferenceTarget(table=table, columns=columns)

    @staticmethod
    def _split_columns(text: str | None, node: Node, reading: Reading) -> tuple[str, ...] | Invalid:
        if text is None:
            return ()
        if SIMPLE_NAME.match(text):
            return (text,)
        columns = tuple(column.strip() for column in text.split(","))
        for column in columns:
            problem = name_problem(column)
            if problem:
                return reading.report(node, BAD_NAME, f"in the list of columns: {problem}")
            if not is_short_column(column):
                return reading.report(node, AMBIGUOUS_NAME, f"{quoted_text(column)} is not a plain column", _LONG)
        if len(set(columns)) < len(columns):
            return reading.report(node, REPEATED_COLUMN, "a column is listed twice")
        return columns

    @staticmethod
    def _read_long(node: MappingNode, reading: Reading) -> ReferenceTarget | Invalid:
        table = manageable(read_long_table(node, reading, extra=("columns", "period")), node, reading)
        columns: tuple[str, ...] | Invalid = ()
        if "columns" in node.entries:
            columns = Columns().read(node.entries["columns"][1], reading)
        period = "period" in node.entries
        if period and columns is not INVALID:
            columns = References._with_period(columns, *node.entries["period"], reading)
        if table is INVALID or columns is INVALID:
            return INVALID
        return ReferenceTarget(table=table, columns=columns, period=period)

    @staticmethod
    def _with_period(
        columns: tuple[str, ...], key: Node, node: Node, reading: Reading
    ) -> tuple[str, ...] | Invalid:
        name = read_name(node, reading, "a column")
        if not columns:
            hint = "write {table: …, columns: …, period: …}; the table alone means its primary key, and its period"
            return reading.report(key, CONFLICT, "`period` needs `columns` as well", hint)
        if name in columns:
            return reading.report(
                node, REPEATED_COLUMN, f"{quoted_key(name, 'the column')} is also listed under `columns`"
            )
        return INVALID if name is INVALID else (*columns, name)

    def write(self, value: Any, writing: Writing) -> Written:
        target: ReferenceTarget = value
        table = short_table(target.table, writing)
        if table is not None and not target.period and _is_short_target(table, target.columns):
            return f"{table}({', '.join(target.columns)})" if target.columns else table
        long = written_table(target.table, writing)
        if target.period:
            *columns, period = target.columns
            return {**long, "columns": Columns().write(tuple(columns), writing), "period": period}
        return {**long, "columns": Columns().write(target.columns, writing)} if target.columns else long

    def schema(self) -> Json:
        columns = described(
            Columns().schema(), "The referenced columns.", omitted="the primary key", examples=("id", ["a", "b"])
        )
        period = described(NAME_SCHEMA, _PERIOD, omitted="none", examples=("open",))
        long = long_table_schema({"columns": columns, "period": period})
        return {"anyOf": [{"type": ["string", "number", "boolean"], "minLength": 1}, long]}


def _is_short_target(table: str, columns: tuple[str, ...]) -> bool:
    """Whether `table(columns)` reads as exactly these names."""
    bracketed = any(character in name for name in (table, *columns) for character in "()")
    stripped = all(name == name.strip() for name in (table, *columns))
    return stripped and not bracketed and all(map(is_short_column, columns))


_ACTIONS: Final = {action.value: action for action in ReferentialAction}
_ACTION: Final = Choice(values=_ACTIONS)
_WITH_COLUMNS: Final = ("set null", "set default")


class OnDelete:
    """An action, or `{set null: columns}` or `{set default: columns}`, as (action, columns)."""

    def read(self, node: Node, reading: Reading) -> tuple[ReferentialAction, tuple[str, ...]] | Invalid:
        if not isinstance(node, MappingNode):
            action: Any = _ACTION.read(node, reading)
            return INVALID if action is INVALID else (action, ())
        if len(node.entries) != 1 or next(iter(node.entries)) not in _WITH_COLUMNS:
            expected = "expected an action, {set null: [columns]} or {set default: [columns]}"
            return reading.report(node, WRONG_VALUE, f"{expected}, found a mapping")
        (key, value) = next(iter(node.entries.values()))
        columns = Columns().read(value, reading)
        return INVALID if columns is INVALID else (_ACTIONS[key.text], columns)

    def write(self, value: Any, writing: Writing) -> Written:
        action, columns = value
        return {action.value: Columns().write(columns, writing)} if columns else str(action.value)

    def schema(self) -> Json:
        with_columns: list[Json] = [
            {
                "type": "object",
                "properties": {
                    action: described(Columns().schema(), f"The columns to {action}.", examples=(["user_id"],))
                },
                "required": [action],
                "additionalProperties": False,
            }
            for action in _WITH_COLUMNS
        ]
        return {"anyOf": [{"enum": list(_ACTIONS)}, *with_columns]}


def _build(values: Values) -> ForeignKey:
    target: ReferenceTarget = values["references"]
    on_delete, on_delete_columns = values["on_delete"]
    return ForeignKey(
        key=values["columns"],
        ref_table=target.table,
        ref_columns=target.columns,
        period=target.period,
        match=values["match"],
        on_update=values["on_update"],
        on_delete=on_delete,
        on_delete_columns=on_delete_columns,
        deferrable=values["deferrable"],
        initially_deferred=values["initially_deferred"],
        **enforcement_fields(values),
        comment=values["comment"],
    )


def _values(definition: ForeignKey) -> dict[str, Any]:
    return {
        **enforcement_values(attribute_values(definition)),
        "references": ReferenceTarget(
            table=definition.ref_table, columns=definition.ref_columns, period=definition.period
        ),
        "on_delete": (definition.on_delete, definition.on_delete_columns),
    }


def _check(values: Values, key: Key, reading: Reading) -> None:
    check_deferral(values, key, reading)
    check_enforcement(values, key, reading)
    columns, target, on_delete = values["columns"], values["references"], values["on_delete"]
    if columns is INVALID:
        return
    if isinstance(target, ReferenceTarget) and target.columns and len(target.columns) != len(columns):
        reading.report(
            values.place_of("references"),
            CONFLICT,
            f"{len(columns)} referring and {len(target.columns)} referenced columns",
        )
    for column in () if on_delete is INVALID else on_delete[1]:
        if column not in columns:
            message = f"on_delete sets {quoted_key(column, 'a column')}, which is not a column of the foreign key"
            reading.report(values.place_of("on_delete"), CONFLICT, message)


SECTION: Final = Section(
    kind="foreign_key",
    key="foreign_keys",
    what="a foreign key",
    doc="Foreign keys by name: details.",
    examples=({"fk_wallets_user_id": {"columns": "user_id", "references": "users(id)"}},),
    naming=Naming.NAME,
    namespaces=frozenset({Namespace.CONSTRAINT}),
    attributes={
        "columns": Attribute(
            reader=Columns(repeatable=True),
            doc="The referring columns: one, or a list.",
            examples=("user_id", ["a", "b"]),
        ),
        "references": Attribute(
            reader=References(),
            doc="The referenced table and columns: `users(id)`, `billing.invoices(a, b)`, `users` (its primary "
            "key, with its period if it has one), or `{schema:, table:, columns:, period:}`.",
            examples=("users(id)", "billing.invoices(a, b)", "users"),
        ),
        "on_delete": Attribute(
            reader=OnDelete(),
            doc="What happens to the rows when the row that they refer to is deleted: an action, or "
            "`{set null: [columns]}`, `{set default: [columns]}` (PostgreSQL 15).",
            examples=("cascade", "restrict", "set null"),
            default=(ReferentialAction.NO_ACTION, ()),
        ),
        "on_update": Attribute(
            reader=Choice(values=_ACTIONS),
            doc="What happens to the rows when the key that they refer to changes.",
            default=ReferentialAction.NO_ACTION,
        ),
        "match": Attribute(
            reader=Choice(
                values={match.value: match for match in Match},
                missing={"partial": "PostgreSQL has no MATCH PARTIAL"},
            ),
            doc="`full`: either all columns of the key are null or none is.",
            default=Match.SIMPLE,
        ),
        **deferral(),
        **enforcement(),
        "comment": comment(),
        "orphans": Attribute(
            reader=RowPolicies(RowAction.QUARANTINE, RowAction.DELETE, RowAction.SET_NULL),
            doc="What happens to rows that refer to missing rows. `refuse`: the plan is refused. `quarantine`: they "
            "move to a table in `reconcile_archive`. `delete`: they are deleted without a copy. `set null`: their "
            "columns become NULL. `keep`: it stays NOT VALID while there are such rows.",
            examples=("quarantine", "set null"),
            default=REFUSED_ROWS,
        ),
    },
    build=_build,
    values=_values,
    rows=lambda values: cast(RowPolicy, values["orphans"]),
    check=_check,
)
