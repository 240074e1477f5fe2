"""Ids of steps depend on action and object, not on the wording, also in plan files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from reconciler.execution.expected import expected_plan
from reconciler.model.digest import Digest, parse_digest
from reconciler.model.errors import UsageError
from reconciler.model.names import Key
from reconciler.model.plan import Plan
from reconciler.model.step_id import StepId, Verb
from reconciler.report import FORMATS, report_of
from tests.report.plans import PLANS, signed

KEY = Key(schema="public", table="t", kind="foreign_key", name="My.Key")


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (Verb.ADD.of(KEY), 'add foreign_key public.t."My.Key"'),
        (Verb.REMOVE_INVALID.of(KEY._replace(kind="index", name="i")), "remove-invalid index public.t.i"),
        (Verb.ADD.of(KEY._replace(kind="primary_key", name="")), "add primary_key public.t"),
        (
            Verb.VALIDATE.of(KEY, after=Key(schema="s", table="u", kind="primary_key")),
            'validate foreign_key public.t."My.Key" after primary_key s.u',
        ),
        (replace(Verb.RENAME.of(KEY._replace(name="k")), interim=True), "rename foreign_key public.t.k interim"),
    ],
)
def test_the_text_of_an_id(step: StepId, text: str) -> None:
    assert str(step) == text


def reworded(plan: Plan) -> Plan:
    """Return the same plan with other titles."""
    return replace(
        plan,
        routes=tuple(
            replace(route, steps=tuple(replace(step, title="other words", leaves="other") for step in route.steps))
            for route in plan.routes
        ),
    )


def document(plan: Plan) -> dict[str, Any]:
    found = json.loads(FORMATS["json"](report_of(signed(plan))))
    assert isinstance(found, dict)
    return found


def digest_in(plan: Plan) -> Digest:
    return parse_digest(document(plan)["digest"])


def test_a_plan_file_stays_the_same_plan_when_titles_are_reworded() -> None:
    plan = PLANS["changes"]
    assert digest_in(plan).hash == digest_in(reworded(plan)).hash
    step = document(plan)["changes"][0]["steps"][0]
    assert {name: step[name] for name in ("id", "object", "verb", "after", "interim", "action")} == {
        "id": "add foreign_key public.wallets.fk_wallets_user_id",
        "object": {"kind": "foreign_key", "schema": "public", "table": "wallets", "name": "fk_wallets_user_id"},
        "verb": "add",
        "after": None,
        "interim": False,
        "action": "sql",
    }


def with_prose_ids(found: dict[str, Any]) -> None:
    for step in (step for change in found["changes"] for step in change["steps"]):
        for name in ("object", "verb", "after", "interim", "action"):
            del step[name]


OLD: dict[str, Callable[[dict[str, Any]], None]] = {
    "an older format": lambda found: found.update(format_version=1),
    "ids of prose": with_prose_ids,
}


@pytest.mark.parametrize("how", OLD)
def test_an_old_plan_file_is_refused_with_one_message(how: str) -> None:
    found = document(PLANS["changes"])
    expected = expected_plan(found)
    assert expected is not None
    assert str(expected.digest) == found["digest"]
    OLD[how](found)
    with pytest.raises(UsageError) as refused:
        expected_plan(found)
    assert str(refused.value) == (
        "[plan-file] the plan file cannot be used: another version of reconcile wrote it\n"
        "  plan again with this version: `reconcile plan -o PLANFILE`"
    )
