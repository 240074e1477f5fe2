"""Parses a definition on its table itself, and creates it with columns in place of its expressions.

This is for definitions that a copy of the table cannot have: an expression that the plan must not evaluate, or that
calls a function of the table's row type. Each expression becomes a temporary view, which shows its type and
collation and the functions that it would call, and evaluates nothing. A temporary table then gets a column of that
type and collation for each, so that the server checks the definition without its expressions, and finds its
operator classes, collations and operators.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from psycopg import sql

from reconciler.kinds import kind_of, router_of
from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.definition import Definition
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Rejected, Unknown
from reconciler.model.private import NOTHING
from reconciler.model.server_error import ServerError
from reconciler.postgres.catalog import CatalogNames, read_objects
from reconciler.postgres.copies import Original, oids_of, originals
from reconciler.postgres.gatekeeper import Gatekeeper
from reconciler.postgres.node_tree import takes_whole_row
from reconciler.postgres.session import Session, rows, search_path_text, send, set_local
from reconciler.postgres.trial import NOT_IMMUTABLE, in_words_of, trial_timeout

_VIEWS = """
    SELECT r.ev_action::text AS tree, pg_get_viewdef(c.oid) AS text, a.atttypid::int8 AS type_oid,
           format_type(a.atttypid, a.atttypmod) AS type, CASE WHEN l.oid IS NULL THEN ''
                ELSE ' COLLATE ' || quote_ident(n.nspname) || '.' || quote_ident(l.collname) END AS collation
      FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
      LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
     WHERE c.relnamespace = pg_my_temp_schema() AND c.relname LIKE 'reconcile\\_part\\_%'
     ORDER BY length(c.relname), c.relname"""

_STAND_IN = "reconcile_stand_in"
_COLUMN = "reconcile_expression"

_BOOLEAN = 16  # a fixed oid: catalog/pg_type.dat

_NOT_BOOLEAN = ServerError(
    sqlstate="42804",
    condition="datatype_mismatch",
    text="the expression of a check must be of type boolean",
    words=NOTHING,
)
_SUBQUERY = ServerError(
    sqlstate="0A000",
    condition="feature_not_supported",
    text="a constraint or index cannot use a subquery",
    words=NOTHING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """An expression as the server parsed it. `column` is the declaration of the column that replaces it."""

    text: str
    tree: str
    type_oid: int
    column: str


def parsed_on_table(session: Session, question: MeaningOf, gatekeeper: Gatekeeper) -> Interpretation:
    """Return the meaning of the definition, in a transaction that the caller rolls back.

    Raise `psycopg.Error` if the server does not accept it.
    """
    parts = _parse(session, question, trial_timeout(gatekeeper))
    if any("{SUBLINK " in part.tree for part in parts):
        return Rejected(error=_SUBQUERY)
    trees = [part.tree for part in parts]
    calls = gatekeeper.caller.calls_of(session, trees)
    definition = question.definition.with_parts([part.text for part in parts])
    understood = Meaning(
        definition=definition,
        named=calls.signatures(),
        exact=False,
        hiding=calls.hiding(),
        whole_row=takes_whole_row(trees),
    )
    if question.key.kind == "check":
        if any(part.type_oid != _BOOLEAN for part in parts):
            return Rejected(error=_NOT_BOOLEAN)
        return replace(understood, volatile=calls.volatile())
    if calls.mutable() and definition.must_be_immutable():
        return Rejected(error=NOT_IMMUTABLE)
    found = _stood_in_for(session, question, parts)
    if found is None:
        return Unknown(reason="the server does not show the object that was tried out")
    listed_only = gatekeeper.listed_only(question.key.table_name, definition.expressions())
    untried = calls.forbidden(listed_only=listed_only)
    words = found.with_parts(definition.parts())
    return replace(understood, definition=in_words_of(words, definition), untried=untried)


def _parse(session: Session, question: MeaningOf, timeout: str) -> list[_Part]:
    """Create the expressions as views of the table."""
    table = question.key.table_name
    path = search_path_text(question.search_path)
    set_local(session.connection, {"statement_timeout": timeout, "search_path": path})
    for n, text in enumerate(question.definition.parts()):
        query = sql.SQL("CREATE TEMPORARY VIEW {} AS SELECT ({}) AS {} FROM ONLY {}").format(
            sql.Identifier(f"reconcile_part_{n}"),
            sql.SQL(text),
            sql.Identifier(_COLUMN),
            sql.Identifier(table.schema, table.name),
        )
        send(session.connection, query.as_string(None))
    set_local(session.connection, {"search_path": search_path_text(["pg_catalog"])})
    return [
        _Part(
            text=unwrapped(_selected(row["text"])),
            tree=row["tree"],
            type_oid=row["type_oid"],
            column=f"{row['type']}{row['collation']}",
        )
        for row in rows(session.connection, _VIEWS)
    ]


def _selected(view: str) -> str:
    """Return the expression that the definition of a view selects."""
    return view.strip().removeprefix("SELECT").rsplit(f" AS {_COLUMN}\n", 1)[0].strip()


def _stood_in_for(session: Session, question: MeaningOf, parts: Sequence[_Part]) -> Definition | None:
    """Return the definition as read back when it is created with columns in place of expressions."""
    key, reference = question.key, question.definition.reference()
    names = [f"{_COLUMN}_{n}" for n in range(len(parts))]
    further = ", ".join(f"{name} {part.column}" for name, part in zip(names, parts, strict=True))
    original = originals(session, [key.table_name]).get(key.table_name, Original())
    set_local(session.connection, {"search_path": search_path_text(question.search_path)})
    copy = original.copy(session, _STAND_IN, further=further)
    assert reference is None, "a foreign key has no expressions"
    # Use an expression, because the catalog prints a column and its collation differently.
    definition = question.definition.with_parts([f"COALESCE({name}, {name})" for name in names])
    for statement in router_of(key).probe(key, definition, {key.table_name: copy}):
        send(session.connection, str(statement))
    set_local(session.connection, {"search_path": search_path_text(["pg_catalog"])})
    return _read(session, question, oids_of(session, [copy]))


def _read(session: Session, question: MeaningOf, oids: Mapping[int, str]) -> Definition | None:
    catalog = kind_of(question.key).catalog
    assert catalog is not None
    found = read_objects(session, catalog, list(oids), CatalogNames(session), again=("",))
    return next((one.definition for one in found if one.key.name == question.key.name), None)
