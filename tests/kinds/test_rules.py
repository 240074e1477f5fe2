"""The registry contains exactly the rules that are raised."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reconciler.kinds.rules import RULES
from reconciler.model.rules.rule import Example, Raised, Rule

ROOT = Path(__file__).resolve().parents[2] / "reconciler"
DEFINING = {*(ROOT / "model" / "rules").glob("*.py"), *(ROOT / "kinds").glob("*/rules.py")}
CLASSES = {"Rule", "HazardKind"}
BUILT_FROM_RULES = {
    "Refusal": {Raised.REFUSAL},
    "Refused": {Raised.REFUSAL, Raised.ERROR},
    "Note": {Raised.NOTE},
    "Hazard": {Raised.HAZARD},
    "Problem": {Raised.PROBLEM, Raised.WARNING},
    "report": {Raised.PROBLEM},
    "ReconcileError": {Raised.ERROR},
    "UsageError": {Raised.ERROR},
    "DatabaseError": {Raised.ERROR},
    "ConnectionFailed": {Raised.ERROR},
    "StepFailed": {Raised.ERROR},
    "Interrupted": {Raised.ERROR},
}
"""How a rule must be raised according to itself, for each class that is built from it."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def constants() -> dict[str, str]:
    """Return the name of each constant that is a rule, with its id."""
    return {
        target.id: ast.literal_eval(node.value.args[0])
        for path in DEFINING
        for node in tree(path).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) in CLASSES
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield from ((path, node) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def test_every_rule_is_defined_where_the_registry_looks() -> None:
    elsewhere = [path for path, call in calls() if called(call) in CLASSES and path not in DEFINING]
    assert elsewhere == []
    assert sorted(constants().values()) == sorted(RULES)


def test_ids_are_unique_and_words_with_hyphens() -> None:
    assert len(set(RULES)) == len(RULES)
    assert [rule for rule in RULES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", rule)] == []


def test_every_rule_is_raised() -> None:
    used = {
        node.id
        for path in set(ROOT.rglob("*.py")) - DEFINING
        for parent in ast.walk(tree(path))
        if not isinstance(parent, ast.Compare)
        for node in ast.iter_child_nodes(parent)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert set(constants()) - used == set()


def test_no_rule_is_compared_with_a_text() -> None:
    """A string that is not an id would never be equal."""
    compared = [
        f"{path.name}:{node.lineno}"
        for path in sorted(ROOT.rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Compare)
        if any(isinstance(one, ast.Attribute) and one.attr == "rule" for one in (node.left, *node.comparators))
        if any(isinstance(one, ast.Constant) for one in (node.left, *node.comparators))
    ]
    assert compared == []


def test_rules_say_how_they_are_raised() -> None:
    """If something is built from a rule by its name, the rule lists this way of raising it."""
    by_id = {rule.id: rule for rule in RULES}
    by_name = {name: by_id[id_] for name, id_ in constants().items()}
    wrong = []
    for path, call in calls():
        expected = BUILT_FROM_RULES.get(called(call))
        named = [word.value for word in call.keywords if word.arg in ("rule", "kind")] + call.args[1:2]
        for rule in (by_name[node.id] for node in named if isinstance(node, ast.Name) and node.id in by_name):
            if expected is not None and not expected & set(rule.raised):
                wrong.append(f"{path.name}:{call.lineno}: {called(call)} of {rule}")
    assert wrong == []


def test_rules_are_complete() -> None:
    assert [rule for rule in RULES if not (rule.raised and rule.meaning and rule.remedy)] == []
    assert [rule for rule in RULES for one in (rule.bad, rule.good) if not any(one.parts())] == []
    assert [rule for rule in RULES if Raised.ERROR in rule.raised and not rule.error_code] == []
    with_code = [rule for rule in RULES if rule.error_code and Raised.ERROR not in rule.raised]
    assert {(rule.raised, rule.error_code) for rule in with_code} == {((Raised.PROBLEM,), 64)}


def test_a_rule_is_its_id_to_programs() -> None:
    rule = Rule("a-rule", Raised.NOTE, meaning="m", remedy="r", bad=Example(), good=Example())
    assert rule == "a-rule"
    assert type(rule.id) is str
    assert f"[{rule}]" == "[a-rule]"


def test_rules_can_be_copied() -> None:
    """Library code converts plans to dictionaries, and sends them to other processes."""
    for rule in RULES:
        for same in (copy.deepcopy(rule), pickle.loads(pickle.dumps(rule))):
            assert (same, type(same), same.meaning, same.good) == (rule, type(rule), rule.meaning, rule.good)
