"""Finds out who changed the objects that differ, from the journal and, if it exists, the log of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reconciler.execution.last_steps import LastStep, last_steps
from reconciler.kinds import purpose_of, section_for
from reconciler.kinds.kind import Purpose
from reconciler.model.as_json import definition_as_json
from reconciler.model.change import Action, Change
from reconciler.model.controls import shown
from reconciler.model.errors import Refused, UsageError
from reconciler.model.guard import GuardResult
from reconciler.model.names import JOURNAL_TABLE, Key, display
from reconciler.model.plan import Note, Plan
from reconciler.model.rules.notes import CHANGED_OUTSIDE, LAST_CHANGE
from reconciler.model.time_text import utc_text
from reconciler.postgres.ddl_log import LOG_TABLE, LoggedStatement, logged_statements
from reconciler.postgres.session import Session

_DONE = {
    Action.CREATE: "created",
    Action.ALTER: "altered",
    Action.RENAME: "renamed",
    Action.VALIDATE: "validated",
    Action.DROP: "dropped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """What is known of who changed the objects that differ.

    `kept` are the objects that the database has not changed, or may not have changed, and the reasons. `unproved` are
    those of which no run and no log tells whether the file or the database was changed.
    """

    notes: tuple[Note, ...] = ()
    kept: Mapping[Key, str] = field(default_factory=dict)
    unproved: frozenset[Key] = frozenset()


def find_origins(session: Session, plan: Plan) -> Origins:
    """Return a note for each object that differs and of which something is known, and one for the others."""
    changes = {route.change.key: route.change for route in plan.routes}
    if not changes:
        return Origins()
    steps: Mapping[Key, LastStep] | None = None
    where = f"the journal {display(plan.journal.schema)}.{JOURNAL_TABLE}"
    notes = []
    try:
        steps = last_steps(session, plan.journal, list(changes))
    except (Refused, UsageError) as error:
        notes.append(_general(f"{where} is not used: {error.message}"))
    logged, problem = logged_statements(
        session, {key: one.before for key, one in changes.items()}, plan.trusted_roles
    )
    if problem:
        notes.append(_general(f"the log of statements {LOG_TABLE} is not used: {problem}"))
    # An object may have several checks: of its rows, and of the values that a repair writes.
    unclean = {one.key for one in plan.findings if one.result is not GuardResult.PASSED}
    clean = {one.key for one in plan.findings} - unclean
    known_steps = steps or {}
    known = {
        key: "; ".join(_details(change, known_steps.get(key), logged.get(key), clean=key in clean))
        for key, change in changes.items()
    }
    for key, message in known.items():
        if message:
            outside = _is_from_outside(changes[key], known_steps.get(key), logged.get(key))
            rule = CHANGED_OUTSIDE if outside else LAST_CHANGE
            notes.append(Note(rule=rule, key=key, place=changes[key].place, message=message))
    unknown = [key for key in changes if not known[key]]
    if unknown and steps is not None:
        others = (
            f" and {len(unknown) - 1} other object{'s' if len(unknown) > 2 else ''}" if len(unknown) > 1 else ""
        )
        notes.append(_general(f"no run in {where} has changed {unknown[0]}{others}"))
    kept = {key: _why_kept(change, known_steps.get(key), logged.get(key)) for key, change in changes.items()}
    return Origins(
        notes=tuple(notes),
        kept={key: why for key, why in kept.items() if why is not None},
        unproved=frozenset(key for key in changes if key not in known_steps and not _names(logged.get(key))),
    )


_PENDING = "a pending change: the file asks for it, and no run has made it"


def _why_kept(change: Change, step: LastStep | None, logged: LoggedStatement | None) -> str | None:
    """Return why the declaration is to be kept: the file asks for what no run has made yet, or may do so. A removal is
    pending until a run has made it, and an object is new if nothing shows that it was there."""
    since = None if step is None else _since(change, step)
    if change.action is Action.DROP:
        removed = step is not None and (step.action == Action.DROP or since in _BACK.values())
        return None if removed and since != _FILE_CHANGED else _PENDING
    if since is None and change.before is None and not _names(logged):
        return "it is missing, and no run or log shows that it was there: apply it if it is new, else remove it by hand"
    if since == _BOTH_CHANGED:
        return "both the file and the database have changed since the last run that changed it: edit it by hand"
    return _PENDING if since in (_FILE_CHANGED, _NOT_VALIDATED) else None


def _names(logged: LoggedStatement | None) -> bool:
    """Whether a logged statement was about the object itself: then it existed."""
    return logged is not None and logged.own


def _general(message: str) -> Note:
    return Note(rule=LAST_CHANGE, key=None, place=None, message=message)


def _details(
    change: Change, step: LastStep | None, logged: LoggedStatement | None, *, clean: bool
) -> Iterator[str]:
    if step is not None:
        done = next((word for action, word in _DONE.items() if action == step.action), "changed")
        yield shown(f"{done} by run {step.run_id or '?'} on {utc_text(step.at)} as role {step.user or '?'}")
        since = _since(change, step)
        yield (
            f"{since}: no row violates it, so the next run validates it"
            if since == _NOT_VALIDATED and clean
            else since
        )
    if logged is not None and _is_newer(logged, step):
        acting = f" as {logged.acting_as}" if logged.acting_as else ""
        what = f"{logged.command} of {logged.object} on {utc_text(logged.at)} by role {logged.role}{acting}"
        yield shown(f"logged: {what} ({logged.application or 'no application name'})")


def _is_newer(logged: LoggedStatement, step: LastStep | None) -> bool:
    return step is None or logged.at > step.at


def _is_from_outside(change: Change, step: LastStep | None, logged: LoggedStatement | None) -> bool:
    """Whether somebody else made the difference, as far as is known: a run left the object otherwise, or a statement
    was logged after the run."""
    if logged is not None and _is_newer(logged, step):
        return True
    return step is not None and _since(change, step) not in {_FILE_CHANGED, _NOT_VALIDATED, *_BACK.values()}


_NOT_VALIDATED = "not validated yet"
_FILE_CHANGED = "the file has changed since"
_BOTH_CHANGED = "the file has changed since, and so has the database, or its own wording of an expression"
_BACK = {
    "undo": "this run was an undo, and the file still declares what it took back",
    "restore": "this run was a restore, and the file still lists the table under "
    f"`{section_for(Purpose.DROPS_TABLE)}`",
}


def _since(change: Change, step: LastStep) -> str:
    """Return what has happened since that step, by comparing what it left with the file and the database."""
    before, after = definition_as_json(change.before), definition_as_json(_declared(change))
    if step.command in _BACK and _is_left(change.key, before, step):
        return _BACK[step.command]
    if step.action == Action.DROP:
        return _FILE_CHANGED if before is None else "created again outside reconcile since"
    if before is None or change.renamed_from is not None:  # another object may take its place
        return "dropped or renamed outside reconcile since"
    if not isinstance(step.after, dict):
        return "it has changed since"
    if _same(before, step.after):
        return _FILE_CHANGED
    if change.action is Action.VALIDATE and not step.validated:
        return _NOT_VALIDATED
    if after is None or _same(after, step.after):
        return "changed outside reconcile since"
    return _BOTH_CHANGED


def _is_left(key: Key, before: Mapping[str, Any] | None, step: LastStep) -> bool:
    """Whether the database is as the step left it, as far as it says: of a table only that it is there."""
    if before is None or step.action == Action.DROP:
        return before is None and step.action == Action.DROP
    is_table = purpose_of(key) is Purpose.DROPS_TABLE
    return is_table or not isinstance(step.after, dict) or _same(before, step.after)


def _declared(change: Change) -> Any:
    return None if change.action is Action.DROP else change.after


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two definitions are the same in each attribute that both have: files omit some."""
    return all(one[name] == other[name] for name in one.keys() & other.keys())
