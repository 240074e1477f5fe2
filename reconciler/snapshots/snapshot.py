"""The content of a snapshot, and its file. The file is written as a whole; the reader trusts nobody who may have
written it."""

from __future__ import annotations

import enum
import hashlib
import json
import os
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import reconciler.kinds  # noqa: F401 - the codec of definitions knows those that were imported
from reconciler.model.codec import Codec, codec
from reconciler.model.errors import UsageError
from reconciler.model.facts import Question
from reconciler.model.facts.carried import DetailsOfConstraint, DetailsOfIndex
from reconciler.model.facts.dependents import (
    DependentsOf,
    FunctionsNaming,
    IndexesByAge,
    InheritedFrom,
    PartitionsBeingDetached,
    PartsOf,
    ReferencesTo,
    RoleOf,
    Tablespaces,
    WholeOf,
)
from reconciler.model.facts.event_triggers import EventTriggersOfCommands
from reconciler.model.facts.journal import LastChanged, ReplacementsOf, UnfinishedBuild
from reconciler.model.facts.names import WhatHas
from reconciler.model.facts.new_tables import PublicationsOfNewTables
from reconciler.model.facts.rights import AccessToJournal
from reconciler.model.facts.values import (
    ComparisonOf,
    EqualityOf,
    OperatorClassOf,
    PublicationsOf,
    WideColumnsOf,
)
from reconciler.model.features import NEWEST, OLDEST
from reconciler.model.names import Key
from reconciler.model.own_files import PLAN, own_file, strict_json
from reconciler.model.platform import Environment
from reconciler.model.rules.connections import SNAPSHOT
from reconciler.model.server import Server
from reconciler.model.state import LiveState
from reconciler.model.time_text import utc_text
from reconciler.postgres.conninfo import parameters_of
from reconciler.snapshots.skeleton import Skeleton

FORMAT_VERSION = 1

MAX_AGE = timedelta(days=7)
"""The largest age of a snapshot, unless the user sets another one."""

STORED: tuple[type[Question[Any]], ...] = (
    AccessToJournal,
    ComparisonOf,
    DependentsOf,
    DetailsOfConstraint,
    DetailsOfIndex,
    EqualityOf,
    EventTriggersOfCommands,
    FunctionsNaming,
    IndexesByAge,
    InheritedFrom,
    LastChanged,
    OperatorClassOf,
    PartitionsBeingDetached,
    PartsOf,
    PublicationsOf,
    PublicationsOfNewTables,
    ReferencesTo,
    ReplacementsOf,
    RoleOf,
    Tablespaces,
    UnfinishedBuild,
    WhatHas,
    WholeOf,
    WideColumnsOf,
)
"""The questions whose answers a snapshot stores, if they are not the usual ones."""

_AGAIN = "take a new snapshot with access to the database: `reconcile snapshot -o FILE`"
_CLOCKS_DIFFER = timedelta(hours=1)


class Result(enum.StrEnum):
    """The result of a data check: no row, some rows, or unknown."""

    NONE = "0"
    SOME = "more than 0"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedData:
    """The result of an object's data check. `query` is the SHA-256 of its query."""

    key: Key
    query: str
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that a plan needs to know about a database, without any row: see `docs/snapshots.md`.

    `environment` is the name of that of --env, or empty. `server` has neither an address nor a role. `live` is the
    state of all tables, without privileges. `names` are the schemas of which all names are known. `checks` are the data
    checks of the declarations at the time when the snapshot was `taken`; `skeleton` are the objects that expressions
    may name.
    """

    tool: str
    taken: datetime
    environment: str
    server: Server
    live: LiveState
    names: Mapping[str, tuple[str, ...]]
    checks: tuple[CheckedData, ...]
    skeleton: Skeleton
    answers: Mapping[Question[Any], Any]


def query_hash(query: object) -> str:
    """Return the hash that identifies the query of a data check."""
    return hashlib.sha256(str(query).encode("utf-8", "surrogatepass")).hexdigest()


def write_snapshot(snapshot: Snapshot) -> str:
    """Return the text of a snapshot's file."""
    content = {name: each.write(getattr(snapshot, name)) for name, each in _PARTS.items()}
    content["answers"] = {kind.__name__: list(_written(kind, snapshot.answers)) for kind in STORED}
    document = {"format_version": FORMAT_VERSION, **content}
    return _dumps({**document, "sha256": _hash(document)}) + "\n"


def read_snapshot(text: bytes, *, tool: str, now: datetime, max_age: timedelta) -> Snapshot:
    """Return the snapshot in a file. Raise `UsageError` if it is damaged, too old, or of another version of the
    tool.

    Nothing in it is trusted: it is used as names and other values, never as SQL.
    """
    document = _document(text)
    version, writer = document.get("format_version"), document.get("tool")
    if version != FORMAT_VERSION or writer != tool:
        other = writer if isinstance(writer, str) and len(writer) < 40 and writer != tool else "another"
        raise unusable(f"it was written by version {other} of reconcile, and this is version {tool}")
    try:
        if document.pop("sha256", None) != _hash(document):
            raise ValueError("another content")
    except (ValueError, RecursionError):
        raise unusable("it is damaged: its content was changed after it was written") from None
    snapshot = Snapshot(
        answers=_entry("answers", document, lambda written: dict(_read_answers(written))),
        **{name: _entry(name, document, each.read) for name, each in _PARTS.items()},
    )
    major = snapshot.server.major
    if snapshot.server.info.version_num // 10000 != major:
        raise unusable("its entry `server` is not valid")
    if not OLDEST <= major <= NEWEST:
        raise unusable(f"the server was PostgreSQL {major}; supported are {OLDEST} to {NEWEST}")
    age = _entry("taken", document, lambda _: now - snapshot.taken)
    if age > max_age:
        raise unusable(f"it is too old: it was taken {_ago(age)} ago, and the limit is {_ago(max_age)} (--max-age)")
    if age < -_CLOCKS_DIFFER:
        raise unusable(f"it was taken in the future, at {utc_text(snapshot.taken)}")
    return snapshot


def refuse_other_database(
    snapshot: Snapshot, environment: Environment, environ: Mapping[str, str] = os.environ
) -> None:
    """Raise `UsageError` if the snapshot is of another environment, or, if it does not say of which, of a database
    with another name than that of the environment's connection string.

    Without a name for the environment, and without its variable, nothing is known: reports name the database.
    """
    name, of = environment.name, snapshot.environment
    if name is None or of == name:
        return
    again = f"take a snapshot of it: `reconcile snapshot --env {name} -o FILE`"
    if of:
        raise unusable(f"it was taken in environment {of}, and the plan is for environment {name}", again)
    url = environ.get(environment.variable, "") if environment.variable is not None else ""
    wanted = parameters_of(url).get("dbname") if url.strip() else None
    found = snapshot.server.info.database
    if wanted and wanted != found:
        raise unusable(f"it is of database {found}, and that of environment {name} is {wanted}", again)


def _entry(name: str, document: Mapping[str, Any], read: Callable[[Any], Any]) -> Any:
    """Return an entry of a snapshot. Raise `UsageError` if it is not valid: anybody can compute a checksum."""
    try:
        return read(document[name])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise unusable(f"its entry `{name}` is not valid") from None


def unusable(why: str, hint: str = _AGAIN) -> UsageError:
    return UsageError(f"the snapshot cannot be used: {why}", rule=SNAPSHOT, hint=hint)


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours // 24} days" if hours >= 48 else f"{hours} hours"


def _document(text: bytes) -> dict[str, Any]:
    try:
        document = strict_json(text)
    except (ValueError, RecursionError):
        raise unusable("it is not JSON") from None
    if not isinstance(document, dict) or "format_version" not in document:
        raise unusable("it is not a snapshot")
    if own_file(document) is PLAN:
        raise unusable(f"it is {PLAN.title}", PLAN.usage)
    return document


def _dumps(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _hash(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dumps(document).encode("utf-8")).hexdigest()


def _answer(kind: type[Question[Any]]) -> Codec:
    """Return how answers to questions of a type are written."""
    (base,) = kind.__orig_bases__  # type: ignore[attr-defined]
    return codec(typing.get_args(base)[0])


def _written(kind: type[Question[Any]], answers: Mapping[Question[Any], Any]) -> Iterator[Sequence[Any]]:
    question, answer = codec(kind), _answer(kind)
    for one, found in answers.items():
        if type(one) is kind:
            yield question.write(one), answer.write(found)


def _read_answers(document: Mapping[str, Any]) -> Iterator[tuple[Question[Any], Any]]:
    for kind in STORED:
        question, answer = codec(kind), _answer(kind)
        for asked, found in document[kind.__name__]:
            yield question.read(asked), answer.read(found)


_PARTS: Mapping[str, Codec] = {
    "tool": codec(str),
    "taken": codec(datetime),
    "environment": codec(str),
    "server": codec(Server),
    "live": codec(LiveState),
    "names": codec(Mapping[str, tuple[str, ...]]),
    "checks": codec(tuple[CheckedData, ...]),
    "skeleton": codec(Skeleton),
}
