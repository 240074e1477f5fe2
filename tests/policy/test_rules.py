"""Each rule of the platform's policy on plain values: what violates it, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reconciler.model.definition import Definition
from reconciler.model.hazards import Hazard
from reconciler.model.index_facts import IndexStatus
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import TableSize
from reconciler.model.platform import PlatformPolicy, RuleSetting, Severity
from reconciler.model.route import Route
from reconciler.model.rules.hazards import BLOCKING_BUILD, INDEX_DROPPED
from reconciler.model.state import DesiredState
from reconciler.policy.check import check_policy
from reconciler.policy.file import read_policy_file
from reconciler.policy.rule import Subject
from reconciler.policy.rules.foreign_key_index import without_index
from tests.execution.support import desired
from tests.report.plans import PLANS

ORDERS = TableName(schema="public", name="orders")
ROUTE = next(route for route in PLANS["changes"].routes if route.steps)


def policy(text: str, environment: str | None = None) -> PlatformPolicy:
    return read_policy_file("policy.yaml", f"version: 1\n{text}\n".encode()).policy_for(environment)


def found(subject: Subject, text: str) -> list[tuple[str, str]]:
    return [(str(one.rule), one.cause) for one in check_policy(subject, policy(text))]


def target_of(state: DesiredState) -> dict[Key, Definition]:
    return {key: one.definition for key, one in state.objects.items()}


# --- foreign-key-index -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "index", "good"),
    [
        ("a", "a", True),
        ("a", "[a, b]", True),
        ("a", "[b, a]", False),
        ("[a, b]", "[b, a, c]", True),
        ("[a, b]", "a", False),
        ("a", "{columns: a, using: hash}", True),
        ("a", "{columns: a, using: brin}", False),
        ("a", "{columns: a, where: a IS NOT NULL}", True),
        ("a", "{columns: a, where: (a IS NOT NULL)}", True),
        ("a", "{columns: a, where: a > 0}", False),
        ("a", "{columns: a, where: '(A) is  not null'}", True),
        ("a", "{columns: a, where: '\"a\"IS NOT NULL'}", True),
        ("A", "{columns: A, where: '\"A\" IS NOT NULL'}", True),
        ("A", "{columns: A, where: 'A IS NOT NULL'}", False),
        ("a", "{columns: a, where: '\"A\" IS NOT NULL'}", False),
        ("a", "{columns: a, where: '\"(a)\" IS NOT NULL'}", False),
        ("a", "{columns: a, where: 'a() IS NOT NULL'}", False),
        ("ß", "{columns: ß, where: '\"ss\" IS NOT NULL'}", False),
        ("a", "{columns: a, where: 'a IS NOT NULL AND b IS NOT NULL'}", False),
        ("a", "{columns: [{expression: lower(b)}, a], where: a IS NOT NULL}", False),
        ("a", "{columns: b, include: a}", False),
    ],
)
def test_an_index_finds_the_rows_of_a_foreign_key(tmp_path: Path, columns: str, index: str, good: bool) -> None:
    state = desired(
        tmp_path,
        f"tables:\n  t:\n    foreign_keys: {{fk: {{columns: {columns}, references: u}}}}\n"
        f"    indexes: {{i: {index}}}\n",
    )
    assert (list(without_index(target_of(state))) == []) is good


def test_an_index_that_is_broken_or_on_another_table_does_not_count(tmp_path: Path) -> None:
    state = desired(
        tmp_path,
        "tables:\n  t:\n    foreign_keys: {fk: {columns: a, references: u}}\n    indexes: {i: a}\n"
        "  v:\n    indexes: {j: a}\n",
    )
    broken = {key: one.with_index_status(IndexStatus.INVALID) for key, one in target_of(state).items()}
    assert [key.name for key in without_index(broken)] == ["fk"]
    assert [key.name for key in without_index({k: one for k, one in broken.items() if k.name != "i"})] == ["fk"]


def test_only_declared_foreign_keys_are_judged_and_undeclared_indexes_count(tmp_path: Path) -> None:
    declared = "tables:\n  t:\n    foreign_keys: {fk: {columns: a, references: u}}\n"
    state, other = desired(tmp_path, declared), desired(tmp_path, f"{declared}    indexes: {{i: a}}\n  v: \n")
    rules = "rules: {foreign-key-index: error}"
    assert [one for one, _ in found(Subject(desired=state, target=target_of(state)), rules)] == [
        "foreign-key-index"
    ]
    assert found(Subject(desired=state, target=target_of(other)), rules) == []
    nothing = DesiredState(objects={})
    assert found(Subject(desired=nothing, target=target_of(state)), rules) == []
    assert found(Subject(desired=state), rules) == []  # no database: an index may exist that the file does not name


# --- Rules about the file ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "name", "good"),
    [
        ("idx_{table}_*", "idx_orders_day", True),
        ("idx_{table}_*", "orders_day", False),
        ("{schema}_{table}_{columns}_idx", "public_orders_day_note_idx", True),
        ("{table}_{columns}_idx", "orders_note_day_idx", False),
    ],
)
def test_names_match_patterns(tmp_path: Path, pattern: str, name: str, good: bool) -> None:
    state = desired(tmp_path, f"tables:\n  orders:\n    indexes: {{{name}: [day, note]}}\n")
    rules = found(Subject(desired=state), f"rules: {{object-name: {{indexes: '{pattern}'}}}}")
    assert rules == ([] if good else [("object-name", f"the name `{name}` does not match `{pattern}`")])


@pytest.mark.parametrize("pattern", ["idx_{table}", "idx_{table}*"])
@pytest.mark.parametrize(
    ("table", "name", "good"),
    [
        ("a*", "idx_a*", True),
        ("a*", "idx_anything", False),
        ("a?", "idx_a?", True),
        ("a?", "idx_ab", False),
        ("{schema}", "idx_{schema}", True),
        ("{schema}", "idx_public", False),
    ],
)
def test_names_in_patterns_have_no_wildcards(
    tmp_path: Path, pattern: str, table: str, name: str, good: bool
) -> None:
    state = desired(tmp_path, f"tables:\n  '{table}':\n    indexes: {{'{name}': day}}\n")
    rules = found(Subject(desired=state), f"rules: {{object-name: {{indexes: '{pattern}'}}}}")
    assert (rules == []) is good


def test_a_name_that_postgresql_would_cut_is_compared_as_cut(tmp_path: Path) -> None:
    table = "t" * 50
    name = f"fk_{table}_referring"[:63]
    key = f"{{{name}: {{columns: referring, references: u}}}}"
    state = desired(tmp_path, f"tables:\n  {table}:\n    foreign_keys: {key}\n")
    rules = "rules: {object-name: {foreign_keys: 'fk_{table}_{columns}'}}"
    assert found(Subject(desired=state), rules) == []


def test_a_retired_table_needs_a_reason_and_an_owner(tmp_path: Path) -> None:
    state = desired(
        tmp_path, "dropped_tables:\n  a: {reason: old, owner: us}\n  b: {reason: ' '}\n  c: {owner: us}\n"
    )
    causes = [cause for _, cause in found(Subject(desired=state), "rules: {retired-table: }")]
    assert causes == [
        "public.b is to go, and its entry has no `reason` and no `owner`",
        "public.c is to go, and its entry has no `reason`",
    ]
    only_owner = found(Subject(desired=state), "rules: {retired-table: {require: owner}}")
    assert [cause for _, cause in only_owner] == ["public.b is to go, and its entry has no `owner`"]


@pytest.mark.parametrize(
    "text", [r"\u200b", r"\u00ad\u2060\ufeff", r"\u3164", r"\ufe0f\u034f", r"\u2028 \u00a0", r"\U000e0041"]
)
def test_an_invisible_reason_is_none(tmp_path: Path, text: str) -> None:
    entry = f'{{reason: "{text}", owner: "\\u0434.\\u200b"}}'
    state = desired(tmp_path, f"dropped_tables:\n  a: {entry}\n")
    causes = [cause for _, cause in found(Subject(desired=state), "rules: {retired-table: }")]
    assert causes == ["public.a is to go, and its entry has no `reason`"]


# --- Rules about the plan ----------------------------------------------------------------------------------------


def planned(*routes: Route, **given: Any) -> Subject:
    return Subject(desired=DesiredState(objects={}), target={}, routes=routes, **given)


def step_of(**given: Any) -> Route:
    route = replace(
        ROUTE, states=ROUTE.states[:2], steps=(replace(ROUTE.steps[0], guards=(), **given),), hazards=()
    )
    return replace(route, needs={})


def test_gated_hazards_that_the_policy_does_not_allow() -> None:
    hazards = tuple(Hazard(kind=kind, detail="d") for kind in (BLOCKING_BUILD, INDEX_DROPPED, BLOCKING_BUILD))
    subject = planned(step_of(hazards=hazards))
    assert [rule for rule, _ in found(subject, "rules: {hazard-not-allowed: }")] == ["hazard-not-allowed"]
    assert found(subject, "rules: {hazard-not-allowed: {allow: [blocking-build, purge]}}") == []


@pytest.mark.parametrize(
    ("mode", "execution", "size", "said"),
    [
        (LockMode.SHARE, ExecutionClass.SCAN, TableSize(rows=1, bytes=10 * 1024**3), "for about 102 s"),
        (LockMode.SHARE, ExecutionClass.SCAN, TableSize(rows=None, bytes=0), "whose size is not known"),
        (LockMode.SHARE, ExecutionClass.SCAN, None, "whose size is not known"),
        (LockMode.SHARE, ExecutionClass.SCAN, TableSize(rows=1, bytes=100 * 1024**2), None),
        (LockMode.SHARE, ExecutionClass.BRIEF, TableSize(rows=1, bytes=10 * 1024**3), None),
        (LockMode.ACCESS_SHARE, ExecutionClass.SCAN, TableSize(rows=1, bytes=10 * 1024**3), None),
    ],
)
def test_locks_that_last_too_long(
    mode: LockMode, execution: ExecutionClass, size: TableSize | None, said: str | None
) -> None:
    route = step_of(execution=execution, locks=(LockClaim(table=ORDERS, mode=mode),))
    sizes = {ORDERS: size} if size else {}
    causes = [cause for _, cause in found(planned(route, sizes=sizes), "rules: {long-lock: }")]
    assert [said in cause for cause in causes] == ([True] if said else [])  # type: ignore[operator]


def test_builds_that_are_too_large() -> None:
    key = Key(schema="public", table="orders", kind="index", name="i")
    route = step_of(execution=ExecutionClass.CONCURRENT, builds=key)
    rules = "rules: {large-build: {largest: 1GB}}"
    for size, said in ((1024**3 + 1, ["has 1,024 MB"]), (1024**3, [])):
        causes = [c for _, c in found(planned(route, sizes={ORDERS: TableSize(rows=1, bytes=size)}), rules)]
        assert [text in cause for text, cause in zip(said, causes, strict=True)] == [True] * len(said)
    assert "is not known" in found(planned(route), rules)[0][1]
    assert found(planned(step_of(execution=ExecutionClass.BRIEF, builds=None)), rules) == []


def test_too_many_changes() -> None:
    rules = "rules: {too-many-changes: {most: 1}}"
    assert found(planned(step_of()), rules) == []
    subject = planned(step_of(), step_of())
    change = subject.routes[1].change
    assert found(subject, rules) == [
        ("too-many-changes", f"the plan has 2 changes; the policy allows 1 at once, which {change.key} exceeds")
    ]
    (violation,) = check_policy(subject, policy(rules))
    assert (violation.key, violation.place) == (None, change.place)


# --- Limits ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "limits", "effective", "loose"),
    [
        ("{max_drops: 50}", "{max_drops: 5}", {"max_drops": 5}, ["max_drops"]),
        ("{max_drops: 2}", "{max_drops: 5}", {"max_drops": 2}, []),
        ("", "{max_drops: 5}", {"max_drops": 5}, []),
        ("{lock_timeout: 3s}", "{lock_timeout: 1s}", {"lock_timeout": timedelta(seconds=1)}, ["lock_timeout"]),
        ("{max_drops: 50}", "", {"max_drops": 50}, []),
    ],
)
def test_the_file_can_only_be_stricter(
    tmp_path: Path, given: str, limits: str, effective: dict[str, Any], loose: list[str]
) -> None:
    from reconciler.policy.limits import limited

    state, platform = desired(tmp_path, f"policy: {given}\n"), policy(f"limits: {limits}")
    assert {name: getattr(limited(state, platform).policy, name) for name in effective} == effective
    violations = check_policy(Subject(desired=state), platform)
    assert [(one.rule, one.severity) for one in violations] == [("looser-policy", Severity.ERROR) for _ in loose]
    assert [one.place == state.policy_keys[name] for one, name in zip(violations, loose, strict=True)] == [
        True for _ in loose
    ]


def test_the_file_cannot_accept_a_hazard_that_the_policy_does_not_allow(tmp_path: Path) -> None:
    state = desired(tmp_path, "policy: {allow: [drop-table, blocking-build]}\n")
    rules = "rules: {hazard-not-allowed: {allow: blocking-build}}"
    ((rule, cause),) = found(Subject(desired=state), rules)
    assert rule == "looser-policy"
    assert cause.endswith("does not allow: drop-table")


# --- Exceptions --------------------------------------------------------------------------------------------------

BAD_NAME = (
    "tables:\n  users:\n    indexes:\n      by_email: email  # reconcile: ignore[object-name] because of a hint\n"
)
NAMES = "indexes: 'idx_*'"


def test_an_exception_needs_a_rule_that_permits_it(tmp_path: Path) -> None:
    subject = Subject(desired=desired(tmp_path, BAD_NAME))
    assert found(subject, f"rules: {{object-name: {{exceptions: true, {NAMES}}}}}") == []
    kept = [rule for rule, _ in found(subject, f"rules: {{object-name: {{{NAMES}}}}}")]
    assert kept == ["object-name", "exception-not-allowed"]
    assert [rule for rule, _ in found(subject, "rules: {object-name: off}")] == ["exception-not-allowed"]


def test_an_exception_that_matches_nothing_is_a_warning(tmp_path: Path) -> None:
    platform = policy("rules: {object-name: {exceptions: true, indexes: '*'}}")
    state = desired(tmp_path, BAD_NAME)
    (one,) = check_policy(Subject(desired=state), platform)
    assert (one.rule, one.severity, one.place) == ("unused-exception", Severity.WARNING, state.exemptions[0].place)
    assert check_policy(Subject(desired=state, restricted=True), platform) == ()


def test_an_exception_for_another_line_has_no_effect(tmp_path: Path) -> None:
    text = BAD_NAME + "      by_name: name\n"
    rules = [
        rule
        for rule, _ in found(
            Subject(desired=desired(tmp_path, text)), f"rules: {{object-name: {{exceptions: true, {NAMES}}}}}"
        )
    ]
    assert rules == ["object-name"]


def test_an_unknown_severity_is_never_less_than_an_error() -> None:
    assert RuleSetting().severity is Severity.ERROR
