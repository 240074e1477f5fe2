"""Whether a plan is the one of a plan file, or what is left of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reconciler.kinds.index.definition import Index
from reconciler.model.bound import without_numbers
from reconciler.model.definition import IndexStatus
from reconciler.model.errors import Refused, UsageError
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.plain import plain
from reconciler.model.plan import Plan, Route, Step
from reconciler.model.plan_content import BOUND, bound_of, digest_of_content

Expected = Mapping[str, Any]
"""The content of a plan file."""

_WORDS = {
    "server": "the server, the database or the role",
    "journal_schema": "the schema of the journal",
    "policy": "the policy of the file",
}
_IDENTITY = ("system_identifier", "database", "database_oid", "user")
_HINT = "plan again, look at the new plan, and apply that"


def checked(expected: Expected) -> Expected:
    """The content of a plan file whose digest is that of its content. Raises `UsageError` for any other."""
    try:
        digest = digest_of_content(expected)
    except ValueError:
        digest = None
    if digest != expected.get("digest"):
        raise UsageError(
            "the plan file is broken, or was changed after it was written: its digest is not that of its content",
            rule="plan-file",
            hint="write it with `reconcile plan -o PLANFILE`",
        )
    return expected


def narrowed(options: Options, expected: Expected) -> Options:
    """The options, which accept no hazard that was not accepted when the plan file was written."""
    return replace(options, allow=options.allow & frozenset(expected["allow"]))


def refuse_unexpected(plan: Plan, expected: Expected) -> None:
    """Let only the expected plan pass, or what is left of it after an interrupted run.

    What is left: each step is one of the expected plan's, with the same SQL, in the same order; or it clears away, with
    proof, what such a step left behind.
    """
    if plan.digest == expected["digest"]:
        return
    mine = bound_of(plan)
    for name in BOUND:
        if _identity(name, mine) != _identity(name, expected):
            raise Refused(
                f"{_WORDS[name]} is another than when the plan file was written", rule="plan-changed", hint=_HINT
            )
    known = iter(_planned(expected))
    for route, step, dead in _steps(plan):
        if _clears_away(route, dead, expected):
            continue
        one = (step.id, tuple(without_numbers(str(statement)) for statement in step.statements))
        if not any(other == one for other in known):
            raise Refused(
                f"`{step.title}` is not in the plan file: the database or the file has changed since it was written",
                rule="plan-changed",
                hint=_HINT,
            )


def _identity(name: str, content: Expected) -> object:
    value = content[name]
    return [value.get(part) for part in _IDENTITY] if name == "server" else value


def _planned(expected: Expected) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (str(step["id"]), tuple(without_numbers(str(statement)) for statement in step["sql"]))
        for change in expected["changes"]
        for step in change["steps"]
    ]


def _steps(plan: Plan) -> Iterator[tuple[Route, Step, frozenset[Key]]]:
    """Each step with its route, and the dead indexes that it removes."""
    for route in plan.routes:
        for number, step in enumerate(route.steps):
            before, after = _dead(route, number), _dead(route, number + 1)
            yield route, step, before - after


def _dead(route: Route, number: int) -> frozenset[Key]:
    """Indexes that are invalid in a state: there is proof that an unfinished build of ours left them."""
    objects = route.states[number].objects.items()
    return frozenset(key for key, one in objects if isinstance(one, Index) and one.status is IndexStatus.INVALID)


def _clears_away(route: Route, dead: frozenset[Key], expected: Expected) -> bool:
    """Whether a step removes nothing but what a step of the plan file left: an index that it builds, or the predecessor
    or successor of an object that it replaces, of which the journal tells."""
    change = route.change
    if change.remnant_of is not None and change.journaled:
        return plain(change.remnant_of) in [one["key"] for one in expected["changes"]]
    built = [step["builds"] for one in expected["changes"] for step in one["steps"]]
    return bool(dead) and all(plain(key) in built for key in dead)
