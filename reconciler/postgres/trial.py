"""Tries definitions out on empty temporary copies of their tables, and reads them back in the server's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from psycopg import sql

from reconciler.kinds import KINDS, kind_of
from reconciler.kinds.base.expressions import unwrapped
from reconciler.model.definition import Definition, expression_fields
from reconciler.model.facts.meaning import Interpretation, Meaning, MeaningOf, Rejected, Unknown
from reconciler.model.limits import milliseconds
from reconciler.model.names import TableName
from reconciler.model.private import NOTHING
from reconciler.model.server_error import ServerError
from reconciler.postgres.calls import Calls
from reconciler.postgres.catalog import CatalogNames, read_objects
from reconciler.postgres.copies import Original, oids_of, originals
from reconciler.postgres.gatekeeper import Gatekeeper
from reconciler.postgres.node_tree import takes_whole_row
from reconciler.postgres.session import Session, pipelined, rows, search_path_text, send, set_local

_MAX_ROUNDS = 5

# It replaces an expression while it is parsed: a check NOT VALID evaluates nothing.
_PARSED = "reconcile_parsed"

_CHECKS = """
    SELECT conrelid::int8, conname::text, conbin::text AS tree, pg_get_expr(conbin, conrelid) AS text
      FROM pg_constraint WHERE conrelid = ANY (%(tables)s) AND contype = 'c'"""

NOT_IMMUTABLE = ServerError(
    sqlstate="42P17",
    condition="invalid_object_definition",
    text="functions in index expression must be marked IMMUTABLE",
    words=NOTHING,
)

_LEAST_BUDGET = timedelta(seconds=1)
"""The shortest time limit of a statement on an empty copy, however small the limit of a data check is."""


def trial_timeout(gatekeeper: Gatekeeper) -> str:
    """Return the time limit of each statement that tries something out."""
    return milliseconds(max(gatekeeper.budget, _LEAST_BUDGET))


TRIAL = "reconcile_trial_"
"""How the names of copies and of the objects on them begin in a schema that is not temporary."""


class Trial:
    """The place where definitions are tried out: copies of their tables, in a transaction that the caller rolls
    back. If `schema` is not temporary, an expression cannot contain the name of its table."""

    def __init__(
        self, session: Session, questions: Sequence[MeaningOf], gatekeeper: Gatekeeper, schema: str = "pg_temp"
    ) -> None:
        self._session = session
        self._questions = questions
        self._schema = schema
        self._gatekeeper = gatekeeper
        self._names = CatalogNames(session)
        self._path: tuple[str, ...] = ()
        # Repeated queries are planned once: planning them takes longer than running them.
        limits = {"plan_cache_mode": "force_generic_plan", "statement_timeout": trial_timeout(gatekeeper)}
        set_local(session.connection, limits)
        tables = {question.key.table_name: question.search_path for question in questions}
        references = [question.definition.reference() for question in questions]
        referenced = (one.table for one in references if one is not None)
        self._originals = originals(session, list(dict.fromkeys([*tables, *referenced])))
        # The same name, because an expression may say `wallets.balance`.
        with pipelined(session.connection):
            self._copies = {
                table: self._copy(table, self._own(table.name, f"table_{n}"), path)
                for n, (table, path) in enumerate(tables.items())
            }
        self._keys = [
            question.key._replace(
                table=self._copies[question.key.table_name].name, name=self._own(question.key.name, str(n))
            )
            for n, question in enumerate(questions)
        ]
        self._reset_search_path()
        self._oids = oids_of(session, list(self._copies.values()))

    def _own(self, name: str, number: str) -> str:
        """Return the name of an object of the trial: in an ordinary schema, one that nobody else uses."""
        return name if self._schema == "pg_temp" else f"{TRIAL}{self._session.connection.info.backend_pid}_{number}"

    def answers(self) -> list[Interpretation]:
        """Return the answers, in the order of the questions."""
        meanings = self._round(dict(enumerate(question.definition for question in self._questions)))
        changed: dict[int, Meaning] = {}
        for _ in range(_MAX_ROUNDS):
            unsure = {n: meaning.definition for n, meaning in meanings.items() if not self._is_settled(n, meaning)}
            again = self._round(unsure) if unsure else {}
            changed = {n: meaning for n, meaning in again.items() if meaning != meanings[n]}
            meanings.update(changed)
            if not changed:
                break
        restless = Unknown(reason="the server prints the expression differently each time it reads it")
        return [restless if n in changed else _answer(meanings[n]) for n in range(len(self._questions))]

    def _is_settled(self, n: int, meaning: Meaning) -> bool:
        expected = self._questions[n].expected
        return meaning.definition.is_verbatim() or (
            expected is not None
            and all(
                getattr(meaning.definition, name) == getattr(expected, name)
                for name in expression_fields(meaning.definition)
            )
        )

    def _round(self, definitions: Mapping[int, Definition]) -> dict[int, Meaning]:
        """Create the objects on the copies, and read them like any live object.

        Checks are created NOT VALID, which evaluates nothing. Creating anything else evaluates constant parts of
        its expressions. So those are parsed first, and the object is created from the parsed expressions, if the
        functions in them may be called.
        """
        self._path = ()  # a rollback has reset it
        with self._session.connection.transaction(force_rollback=True):
            self._make_all({n: one for n, one in definitions.items() if _is_check(self._questions[n])})
            self._parse(definitions)
            checks = self._checks()
            understood = {n: self._understood(n, one, checks) for n, one in definitions.items()}
            made = {n: one.definition for n, one in understood.items() if not one.untried}
            self._make_all({n: one for n, one in made.items() if not _is_check(self._questions[n])})
            self._reset_search_path()
            read = self._read(made)
        return {
            n: replace(one, definition=in_words_of(read.get(self._place(n)), one.definition))
            for n, one in understood.items()
        }

    def _parse(self, definitions: Mapping[int, Definition]) -> None:
        """Let the server parse the expressions that are not checks."""
        made = {
            (n, i): text
            for n, one in definitions.items()
            if not _is_check(self._questions[n])
            for i, text in enumerate(_texts(one))
        }
        with pipelined(self._session.connection):
            for (n, i), text in made.items():
                question = self._questions[n]
                self._set_search_path(question.search_path)
                copy = sql.Identifier(*self._copies[question.key.table_name]).as_string(None)
                check = f"ADD CONSTRAINT {_PARSED}_{n}_{i} CHECK (({text}) IS NOT NULL) NOT VALID"
                send(self._session.connection, f"ALTER TABLE {copy} {check}")

    def _checks(self) -> Mapping[tuple[str, str], _Parsed]:
        """Return all checks on the copies, by table and name."""
        self._reset_search_path()
        found = rows(self._session.connection, _CHECKS, {"tables": list(self._oids)}, prepare=True)
        return {
            (self._oids[row["conrelid"]], row["conname"]): _Parsed(text=row["text"], tree=row["tree"])
            for row in found
        }

    def _understood(self, n: int, definition: Definition, checks: Mapping[tuple[str, str], _Parsed]) -> Meaning:
        """Return the parsed expressions of a definition, and the functions that it would call."""
        question, key = self._questions[n], self._keys[n]
        if _is_check(question):
            trees = [checks[key.table, key.name].tree]
            calls = self._gatekeeper.caller.calls_of(self._session, trees)
            return Meaning(
                definition=definition,
                volatile=calls.volatile(),
                named=calls.signatures(),
                hiding=calls.hiding(),
                whole_row=takes_whole_row(trees),
            )
        parsed = [checks[key.table, f"{_PARSED}_{n}_{i}"] for i in range(len(_texts(definition)))]
        if not parsed:
            return Meaning(definition=definition)
        texts = [_without_test(one.text) for one in parsed[: len(definition.parts())]]
        printed = definition.with_parts(texts)
        trees = [one.tree for one in parsed]
        calls = self._gatekeeper.caller.calls_of(self._session, trees)
        listed_only = self._gatekeeper.listed_only(question.key.table_name, printed.expressions())
        untried = calls.forbidden(listed_only=listed_only)
        return Meaning(
            definition=printed,
            volatile=_not_allowed(printed, calls, tried=not untried),
            named=calls.signatures(),
            untried=untried,
            hiding=calls.hiding(),
            whole_row=takes_whole_row(trees),
        )

    def _make_all(self, definitions: Mapping[int, Definition]) -> None:
        """Create the objects, each by its own statements, sent without waiting for answers."""
        with pipelined(self._session.connection):
            for n, definition in definitions.items():
                question = self._questions[n]
                self._set_search_path(question.search_path)
                self._make(n, definition)

    def _set_search_path(self, path: tuple[str, ...]) -> None:
        """Look names up in this search path from now on."""
        if path != self._path:
            self._path = path
            set_local(self._session.connection, {"search_path": search_path_text(path)})

    def _reset_search_path(self) -> None:
        self._set_search_path(("pg_catalog",))

    def _copy(self, table: TableName, name: str, path: tuple[str, ...], *, partitioned: bool = True) -> TableName:
        """Create a copy under the path of the file, because event triggers may look names up."""
        self._set_search_path(path)
        original = self._originals.get(table, Original())
        return original.copy(self._session, name, schema=self._schema, partitioned=partitioned)

    def _place(self, n: int) -> tuple[str, str, str]:
        """Return where an object is found on the copies: kind, table, name."""
        key = self._keys[n]
        return key.kind, key.table, key.name

    def _make(self, n: int, definition: Definition) -> None:
        key, copies = self._questions[n].key, dict(self._copies)
        reference = definition.reference()
        if reference is not None and reference[0] != key.table_name:
            path = self._questions[n].search_path
            referenced = self._copy(
                reference[0], self._own(f"reconcile_referenced_{n}", f"referenced_{n}"), path, partitioned=False
            )
            self._originals.get(reference[0], Original()).add_keys(self._session, referenced)
            copies[reference[0]] = referenced
        router = kind_of(key).router
        for statement in (
            router().probe(key._replace(name=self._keys[n].name), definition, copies) if router is not None else ()
        ):
            send(self._session.connection, str(statement))

    def _read(self, definitions: Mapping[int, Definition]) -> dict[tuple[str, str, str], Definition]:
        """Return the objects as the catalog has them."""
        kinds = {self._questions[n].key.kind for n, one in definitions.items() if not one.is_verbatim()}
        read: dict[tuple[str, str, str], Definition] = {}
        for kind in KINDS:
            if kind.id in kinds and kind.catalog is not None:
                for key, value, _ in read_objects(
                    self._session, kind.catalog, list(self._oids), self._names, again=("",)
                ):
                    read[key.kind, key.table, key.name] = value
        return read


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    """An expression as the server prints and stores it."""

    text: str
    tree: str


def _answer(meaning: Meaning) -> Interpretation:
    """Return the answer. The server would not accept functions that are not immutable."""
    rejected = meaning.untried and meaning.volatile and meaning.definition.must_be_immutable()
    return Rejected(error=NOT_IMMUTABLE) if rejected else meaning


def _not_allowed(definition: Definition, calls: Calls, *, tried: bool) -> tuple[str, ...]:
    """Return the functions that are a hazard, or that the server rejects: it says so itself if it tries the object."""
    if not definition.must_be_immutable():
        return calls.volatile()
    return () if tried else calls.mutable()


def _is_check(question: MeaningOf) -> bool:
    return question.key.kind == "check"


def _texts(definition: Definition) -> tuple[str, ...]:
    """Return the expressions to parse: the parts first, as they will be printed."""
    parts, expressions = definition.parts(), definition.expressions()
    return parts if parts == expressions else (*parts, *expressions)


def _without_test(text: str) -> str:
    """Return the expression whose test for NULL the server printed."""
    return unwrapped(unwrapped(text).removesuffix(" IS NOT NULL"))


def in_words_of(read: Definition | None, definition: Definition) -> Definition:
    """Return the definition with its expressions as they were read back, if there was anything to read."""
    if read is None or definition.is_verbatim():
        return definition
    return replace(definition, **{name: getattr(read, name) for name in expression_fields(definition)})
