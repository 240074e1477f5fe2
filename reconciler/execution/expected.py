"""The content of a plan file, which limits what a run may do. Its SQL is only compared, never sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reconciler.model.as_json import as_json
from reconciler.model.bound import without_numbers
from reconciler.model.content import (
    FORMAT_VERSION,
    Content,
    content_in,
    digest_of,
    key_content,
    refuse_unbound,
    step_content,
)
from reconciler.model.definition import is_invalid
from reconciler.model.errors import Refused, UsageError
from reconciler.model.options import Options
from reconciler.model.plan import Plan, Route, ServerInfo
from reconciler.model.rules.connections import PLAN_FILE
from reconciler.model.rules.runs import PLAN_CHANGED, PREVIEW

_AGAIN = "plan again, review the new plan, and apply it"
_LONGEST_SHOWN = 100
_WRITE = "plan again with this version: `reconcile plan -o PLANFILE`"
_OTHER_VERSION = "another version of reconcile wrote it"


Form = tuple[object, ...]
"""Two steps are equal if they send and check the same. Their ids and titles may differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPlan:
    """The steps that a plan file allows. The file's digest has been checked. Keys are those of its JSON.

    `builds` holds the keys of the relations that its steps build; `objects` the key of each change with the keys of
    its objects.
    """

    digest: str
    server: Mapping[str, Any]
    policy: Mapping[str, Any]
    accepted: frozenset[str]
    tables: tuple[str, ...]
    refused: bool
    steps: tuple[Form, ...]
    builds: Sequence[Content | None]
    objects: Sequence[tuple[Content, Sequence[Content]]]

    def narrowed(self, options: Options) -> Options:
        """Return the options of a new plan: only the tables of the plan file, and only hazards accepted in it."""
        return replace(options, allow=options.allow & self.accepted, tables=self.tables)


def expected_plan(document: Mapping[str, Any]) -> ExpectedPlan:
    """Return the plan in the JSON of a plan file. Raise `UsageError` if it is not a plan, or was changed,
    and `Refused` if it was made from a snapshot."""
    if "format_version" not in document:
        raise _broken("it is not a plan")
    if "preview" in document:
        raise Refused("the plan file was made from a snapshot, and is a preview", rule=PREVIEW, hint=PREVIEW.remedy)
    try:
        if document["format_version"] != FORMAT_VERSION:
            raise _broken(_OTHER_VERSION)
        expected, digest = _read(content_in(document)), document["digest"]
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        raise _broken(_OTHER_VERSION) from None
    if digest != expected.digest:
        raise _broken("its digest does not match its content, so it was changed after it was written")
    return expected


def _read(content: Content) -> ExpectedPlan:
    steps = [step for change in content["changes"] for step in change["steps"]]
    return ExpectedPlan(
        digest=digest_of(content),
        server=content["server"],
        policy={**content["policy"], "journal_schema": content["journal_schema"]},
        accepted=frozenset(content["allow"]),
        tables=tuple(map(str, content.get("tables", ()))),
        refused=bool(content["refusals"]),
        steps=tuple(_form(step) for step in steps),
        builds=[step["builds"] for step in steps],
        objects=[
            (change["key"], [one["key"] for state in change["states"] for one in state["objects"]])
            for change in content["changes"]
        ],
    )


def _broken(why: str) -> UsageError:
    return UsageError(f"the plan file cannot be used: {why}", rule=PLAN_FILE, hint=_WRITE)


def refuse_elsewhere(server: ServerInfo, expected: ExpectedPlan) -> None:
    """Raise `Refused` if the server, database or role is not that of the plan file."""
    refuse_unbound(server, "a run by a plan file")
    found, wanted = as_json(server), expected.server
    words = {
        "system_identifier": "the server's system identifier",
        "database": "the database",
        "database_oid": "the database's oid",
        "user": "the role",
    }
    different = [
        f"{words[name]} is {found[name]}, not {_shown(wanted[name])}"
        for name in words
        if found[name] != wanted[name]
    ]
    if different:
        raise Refused(
            f"the plan file was written for another database or role: {'; '.join(different)}",
            rule=PLAN_CHANGED,
            hint="connect as that role to the database that the plan was made for, or plan again",
        )


def refuse_unexpected(plan: Plan, expected: ExpectedPlan) -> None:
    """Raise `Refused` unless the plan is the expected one, or the rest of it after an interrupted run.

    Each step must be in the expected plan, or remove a remnant of an unfinished step of the expected plan.
    """
    if plan.digest == expected.digest:
        return
    _refuse_other_policy(plan, expected)
    if plan.refused:
        return
    if expected.refused:
        raise _changed("the plan in the file was refused")
    left = Counter(expected.steps)
    for route in plan.routes:
        for number, step in enumerate(route.steps):
            form = _form(step_content(step))
            if left[form]:
                left[form] -= 1
            elif not _removes_remnant(route, number, expected):
                raise _changed(f"`{step.title}` is not in the plan file")


def _shown(value: object) -> str:
    """Return a value of the file for a message, cut to a maximum length."""
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _changed(what: str) -> Refused:
    cause = "the database or the file has changed since the plan was written"
    return Refused(f"{what}: {cause}", rule=PLAN_CHANGED, hint=_AGAIN)


def _refuse_other_policy(plan: Plan, expected: ExpectedPlan) -> None:
    found, wanted = as_json(plan.policy), expected.policy
    names = [name for name in {**found, **wanted} if found.get(name) != wanted.get(name)]
    if names:
        different = "; ".join(
            f"{_shown(name)} is {found.get(name)}, not {_shown(wanted.get(name))}" for name in names
        )
        raise Refused(f"the policy differs from that of the plan file: {different}", rule=PLAN_CHANGED, hint=_AGAIN)


def _form(step: Content) -> Form:
    other = step["otherwise"]
    return (
        str(step["action"]),
        _texts(step["sql"]),
        str(step["execution"]),
        tuple((str(one["id"]), without_numbers(one["count_sql"]), str(one["moment"])) for one in step["guards"]),
        None if other is None else (str(other["action"]), *_texts(other["sql"])),
        bool(step["archives"]),
    )


def _texts(statements: list[str]) -> tuple[str, ...]:
    return tuple(without_numbers(statement) for statement in statements)


def _removes_remnant(route: Route, number: int, expected: ExpectedPlan) -> bool:
    """Return whether the step only removes a remnant of the plan file.

    A remnant is an invalid index that a step of the file builds, or an object that a change of the file replaces or
    has built. A plan contains such a step only with proof.
    """
    change = route.change
    if change.remnant_of is not None:
        return any(
            key == key_content(change.remnant_of) and key_content(change.key) in objects
            for key, objects in expected.objects
        )
    before, after = route.states[number].objects, route.states[number + 1].objects
    gone = [key for key, one in before.items() if _is_invalid(one) and key in after and after[key] is None]
    alone = len(gone) == len(route.steps[number].action.statements)
    return bool(gone) and alone and all(key_content(key) in expected.builds for key in gone)


def _is_invalid(found: object) -> bool:
    return is_invalid(found)
