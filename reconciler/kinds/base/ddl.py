"""SQL that several kinds write, composed from raw names with `psycopg.sql` and quoted at the very end.

No statement has CASCADE, IF EXISTS or IF NOT EXISTS: an unexpected state must be an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from psycopg import sql

from reconciler.model.bound import BoundName, BoundText, Parameter
from reconciler.model.facets import Unmanaged
from reconciler.model.guard import Guard
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import TableName
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import StepId

Sql = sql.Composable


def name(raw: str) -> Sql:
    return sql.Identifier(raw)


def relation(table: TableName) -> Sql:
    return sql.Identifier(table.schema, table.name)


def names(raw: Iterable[str]) -> Sql:
    """Return `"a", "b"`."""
    return sql.SQL(", ").join(sql.Identifier(one) for one in raw)


def literal(text: str | Unmanaged | None) -> Sql:
    """Return a string literal, or NULL. Values that are not managed were filled in before."""
    return sql.Literal(text) if isinstance(text, str) else sql.SQL("NULL")


def fragment(text: str) -> Sql:
    """Return SQL text that is used unchanged: fixed words, or an expression that has passed the gate."""
    return sql.SQL(text)


def compose(template: str, **parts: Sql) -> Sql:
    """Compose SQL from a fixed text (`template`) with named parts."""
    return sql.SQL(template).format(**parts)


def joined(parts: Iterable[Sql], separator: str = " ") -> Sql:
    return sql.SQL(separator).join(parts)


def text_of(composed: Sql) -> str:
    return composed.as_string(None)


def statement(*parts: Sql | BoundName | BoundText | Parameter) -> Statement:
    """Return a finished statement: text, and the bound names, bound texts and parameters in their order."""
    return Statement(parts=tuple(text_of(part) if isinstance(part, Sql) else part for part in parts))


def parameters(pairs: Sequence[tuple[str, str]]) -> Sql:
    """Return storage or operator class parameters: `fillfactor = '70'`. A name may be qualified: `toast.x`."""
    return joined(
        (
            compose("{name} = {value}", name=sql.Identifier(*key.split(".")), value=sql.Literal(value))
            for key, value in pairs
        ),
        ", ",
    )


def alter_table(table: TableName, action: Sql, *, only: bool = False) -> Statement:
    """Return an ALTER TABLE statement. `only` excludes partitions and inheritance children."""
    words = fragment("ONLY " if only else "")
    return statement(
        compose("ALTER TABLE {only}{table} {action}", only=words, table=relation(table), action=action)
    )


def output_form(value: Sql) -> Sql:
    """Return the text that the output function of the value's type makes of it; NULL stays NULL. A cast to text would
    call a function that a user declared for it.

    `IS NULL` would also be true for a composite value whose fields are all NULL.
    """
    return compose("CASE WHEN {value} IS DISTINCT FROM NULL THEN pg_catalog.format('%s', {value}) END", value=value)


def object_of(pairs: Iterable[tuple[str, Sql]]) -> Sql:
    """Return a JSON object with these texts. A function has at most 100 arguments."""
    listed = [compose("{name}, {value}", name=literal(key), value=value) for key, value in pairs]
    parts = [joined(listed[first : first + 50], ", ") for first in range(0, len(listed), 50)]
    return joined(
        (compose("pg_catalog.jsonb_build_object({part})", part=part) for part in parts), " OPERATOR(pg_catalog.||) "
    )


def add_constraint(table: TableName, constraint: str, definition: Sql, *, only: bool = False) -> Statement:
    action = compose("ADD CONSTRAINT {name} {definition}", name=name(constraint), definition=definition)
    return alter_table(table, action, only=only)


def drop_constraint(table: TableName, constraint: str) -> Statement:
    return alter_table(table, compose("DROP CONSTRAINT {name}", name=name(constraint)))


def rename_constraint(table: TableName, old: str, new: str) -> Statement:
    return alter_table(table, compose("RENAME CONSTRAINT {old} TO {new}", old=name(old), new=name(new)))


def validate_constraint(table: TableName, constraint: str) -> Statement:
    return alter_table(table, compose("VALIDATE CONSTRAINT {name}", name=name(constraint)))


def comment_on_constraint(table: TableName, constraint: str, comment: str | Unmanaged | None) -> Statement:
    return statement(
        compose(
            "COMMENT ON CONSTRAINT {name} ON {table} IS {comment}",
            name=name(constraint),
            table=relation(table),
            comment=literal(comment),
        )
    )


def drop_index_concurrently(schema: str, index: str) -> Statement:
    return statement(compose("DROP INDEX CONCURRENTLY {index}", index=sql.Identifier(schema, index)))


def drop_index(schema: str, index: str) -> Statement:
    """Drop an index that must be dropped in one transaction with other changes. This locks the table."""
    return statement(compose("DROP INDEX {index}", index=sql.Identifier(schema, index)))


def rename_index(schema: str, old: str, new: str) -> Statement:
    return statement(compose("ALTER INDEX {old} RENAME TO {new}", old=sql.Identifier(schema, old), new=name(new)))


def comment_on_index(schema: str, index: str, comment: str | Unmanaged | None) -> Statement:
    return statement(
        compose(
            "COMMENT ON INDEX {index} IS {comment}", index=sql.Identifier(schema, index), comment=literal(comment)
        )
    )


def claims(mode: LockMode, *tables: TableName) -> tuple[LockClaim, ...]:
    """Return the same lock claim on each of the tables, without repetition."""
    return tuple(LockClaim(table=table, mode=mode) for table in dict.fromkeys(tables))


def strongest(claims: Iterable[LockClaim]) -> tuple[LockClaim, ...]:
    """Return one claim for each table: the strongest."""
    order = list(LockMode)
    found: dict[TableName, LockMode] = {}
    for claim in claims:
        mode = found.get(claim.table, claim.mode)
        found[claim.table] = max(mode, claim.mode, key=order.index)
    return tuple(LockClaim(table=table, mode=mode) for table, mode in found.items())


NOTHING_LEFT = "nothing: the transaction was rolled back"


def archiving(step: Step) -> Step:
    """Return the same step, whose transaction checks who owns the archive."""
    return replace(step, archives=True)


def brief(
    step_id: StepId,
    title: str,
    statements: Sequence[Statement],
    locks: Sequence[LockClaim],
    *,
    guards: Sequence[Guard] = (),
    hazards: Sequence[Hazard] = (),
) -> Step:
    """Return a step that is a short transaction."""
    return Step(
        id=step_id,
        title=title,
        action=SqlAction(statements=tuple(statements)),
        execution=ExecutionClass.BRIEF,
        locks=tuple(locks),
        hazards=tuple(hazards),
        guards=tuple(guards),
        leaves=NOTHING_LEFT,
    )
