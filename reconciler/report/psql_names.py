r"""Names in the archive in a script for psql: variables that are set in the first step that needs them.

`:"archive_1"` is such a name, `:'origin_1'` a text that contains names. The whole script uses one time. A name that is
taken gets the next number, as in `apply`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from reconciler.model.bound import LAST_NUMBER, BoundName, BoundText, Parameter
from reconciler.model.names import ARCHIVE_SCHEMA
from reconciler.model.statement import Statement
from reconciler.report import psql
from reconciler.report.report import Report, ReportedStep

_TIME = """SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS run_time \\gset"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variables:
    """The variable of each name and text. `first` are the names that are used first in the step of each number."""

    names: Mapping[BoundName, str]
    texts: Mapping[BoundText, str]
    first: Mapping[int, tuple[BoundName, ...]]

    def rendered(self, statement: Statement) -> str:
        """Return the statement for psql, without its semicolon."""
        return "".join(map(self._part, statement.parts))

    def _part(self, part: str | BoundName | BoundText | Parameter) -> str:
        match part:
            case BoundName():
                return f':"{self.names[part]}"'
            case BoundText():
                return f":'{self.texts[part]}'"
            case Parameter():
                return psql.protected(part.shown)
            case _:
                return psql.protected(part)

    def sent(self, statements: Iterable[Statement]) -> str:
        """Return an expression for the JSON array of the texts of statements, with the names that they have got."""
        texts = (" || ".join(map(self._text_of, statement.parts)) for statement in statements)
        return f"to_jsonb(ARRAY[{', '.join(texts)}]::text[])"

    def _text_of(self, part: str | BoundName | BoundText | Parameter) -> str:
        match part:
            case BoundName():
                return f"concat('\"', replace(:'{self.names[part]}', '\"', '\"\"'), '\"')"
            case BoundText():
                return f"quote_literal(:'{self.texts[part]}')"
            case Parameter():
                return psql.string(part.shown)
            case _:
                return psql.string(part)

    def at_start(self) -> Iterator[str]:
        """Yield the commands that set the time, and the names that an earlier run has chosen."""
        if any(self.first.values()):
            yield _TIME
        for name, variable in self.names.items():
            if name.present is not None:
                yield f"SELECT {psql.string(name.present)} AS {variable} \\gset"

    def at_step(self, step: ReportedStep, schema: str) -> Iterator[str]:
        """Yield the commands that set the variables of the step, in its transaction.

        `schema` is the original schema of the table.
        """
        chosen: list[str] = []
        for name in self.first.get(step.number, ()):
            yield f"SELECT {_free(name, schema, chosen)} AS {self.names[name]} \\gset"
            chosen.append(self.names[name])
        for text in _texts(step):
            yield f"SELECT {self._text(text)} AS {self.texts[text]} \\gset"

    def _text(self, text: BoundText) -> str:
        parts = (
            f"to_json(:'{self.names[part]}'::text)" if isinstance(part, BoundName) else psql.string(part)
            for part in text.parts
        )
        return " || ".join(parts)


def variables_of(report: Report) -> Variables:
    """Return the variables of a script."""
    names: dict[BoundName, str] = {}
    texts: dict[BoundText, str] = {}
    first: dict[int, tuple[BoundName, ...]] = {}
    for step in (step for change in report.changes for step in change.steps):
        new = [name for name in dict.fromkeys(_names(step)) if name not in names]
        for name in new:
            names[name] = f"archive_{len(names) + 1}"
        for text in _texts(step):
            texts.setdefault(text, f"origin_{len(texts) + 1}")
        first[step.number] = tuple(name for name in new if name.present is None)
    return Variables(names=names, texts=texts, first=first)


def _names(step: ReportedStep) -> Iterator[BoundName]:
    for statement in (*step.action.statements, *(guard.count for guard in step.guards)):
        yield from statement.names
    for one in step.otherwise:
        yield from _names(one)


def _texts(step: ReportedStep) -> Iterator[BoundText]:
    for statement in step.action.statements:
        yield from (part for part in statement.parts if isinstance(part, BoundText))


def _free(name: BoundName, schema: str, chosen: list[str]) -> str:
    """Return a query for the first name that no relation, type, or array type of a table with this name has."""
    number = "CASE WHEN n > 1 THEN '_' || n ELSE '' END"
    own = "".join(f" AND candidate <> :'{variable}'" for variable in chosen)
    schemas = ", ".join(psql.string(one) for one in (ARCHIVE_SCHEMA, schema))

    def taken(catalog: str, column: str, namespace: str) -> str:
        return (
            f"EXISTS (SELECT FROM {catalog} c JOIN pg_namespace s ON s.oid = c.{namespace} "
            f"WHERE s.nspname IN ({schemas}) AND c.{column} IN (candidate, '_' || candidate))"
        )

    return (
        f"(SELECT candidate FROM generate_series({name.number}, {LAST_NUMBER}) AS n "
        f"CROSS JOIN LATERAL (SELECT {psql.string(name.prefix)} || {number} || '__' || :'run_time') AS t (candidate) "
        f"WHERE NOT {taken('pg_class', 'relname', 'relnamespace')} "
        f"AND NOT {taken('pg_type', 'typname', 'typnamespace')}{own} ORDER BY n LIMIT 1)"
    )
