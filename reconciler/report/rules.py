"""Renders rules for people and programs: one rule with its examples, or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from reconciler.model.content import FORMAT_VERSION
from reconciler.model.rules.rule import Example, HazardKind, Raised, Rule
from reconciler.report.json import dumps
from reconciler.report.page import Page

_SAYS: Final = {
    Raised.REFUSAL: "a plan is refused",
    Raised.ERROR: "a command fails or is refused",
    Raised.PROBLEM: "a file is invalid",
    Raised.NOTE: "a note of a plan",
    Raised.WARNING: "a warning about a file",
    Raised.HAZARD: "a hazard of a change",
}
_TITLES: Final = {
    Raised.REFUSAL: "A plan is refused",
    Raised.ERROR: "A run is refused, or a command fails",
    Raised.PROBLEM: "A file is invalid",
    Raised.NOTE: "Notes of a plan",
    Raised.WARNING: "Warnings about a file",
    Raised.HAZARD: "Hazards",
}
_INDENT: Final = 2
_FILES: Final = {"yaml": "schema.yaml", "policy": "reconcile.policy.yaml"}


def render_rule_text(rule: Rule, page: Page, docs: Path | None = None) -> str:
    """Render the meaning of a rule, what to do, its examples, and the page in the folder `docs` that says more."""
    lines = [f"{page.theme('title', rule.id)}: {'; '.join(consequences_of(rule))}"]
    lines += ["", *page.prose(_INDENT, rule.meaning)]
    lines += ["", page.theme("title", "What to do"), *page.prose(_INDENT, rule.remedy)]
    for title, role, example in (("Bad", "refused", rule.bad), ("Good", "good", rule.good)):
        lines += ["", page.theme(role, title), *_example_lines(example)]
    lines += ["", _see(rule.see, docs)] if rule.see and docs else []
    return "\n".join(lines) + "\n"


def render_rules_text(rules: Sequence[Rule], page: Page) -> str:
    """Render the ids of all rules with their meanings, by how they are raised."""
    blocks = []
    width = max(map(len, rules)) + 2 * _INDENT
    for raised, title in _TITLES.items():
        lines = [page.theme("title", title)]
        for rule in sorted(rule for rule in rules if rule.raised[0] is raised):
            lines += page.prose(width, rule.meaning, first=f"{' ' * _INDENT}{rule}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def render_rule_json(rule: Rule) -> str:
    """Render one rule as JSON."""
    return dumps({"format_version": FORMAT_VERSION, "rule": _content(rule)})


def render_rules_json(rules: Sequence[Rule]) -> str:
    """Render all rules as JSON, sorted by id."""
    return dumps({"format_version": FORMAT_VERSION, "rules": [_content(rule) for rule in sorted(rules)]})


def consequences_of(rule: Rule) -> Iterator[str]:
    """Yield `a plan is refused (exit code 3)`, for each way in which the rule is raised."""
    for raised in rule.raised:
        code = rule.exit_code(raised)
        if isinstance(rule, HazardKind):
            yield (
                f"a gated hazard of a change: accept it with --allow {rule}"
                if rule.gated
                else "a hazard of a change"
            )
        else:
            yield f"{_SAYS[raised]} (exit code {code})" if code else f"{_SAYS[raised]}, which stops nothing"


def _see(place: str, docs: Path) -> str:
    """Return `See /path/of/repairs.md, section "checks and not-nulls".`"""
    name, _, anchor = place.partition("#")
    section = anchor.replace("-", " ")
    return f'See {docs / name}, section "{section}".' if section else f"See {docs / name}."


def _example_lines(example: Example) -> Iterator[str]:
    for number, (language, text) in enumerate(example.parts()):
        yield from [""] if number else []
        yield from [f"{' ' * _INDENT}# {_FILES[language]}"] if language in _FILES else []
        start = " " * _INDENT + ("$ " if language == "shell" else "")
        yield from (start + line for line in text.splitlines())


def _content(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "raised": [{"as": raised.value, "exit_code": rule.exit_code(raised)} for raised in rule.raised],
        "gated": isinstance(rule, HazardKind) and rule.gated,
        "meaning": rule.meaning,
        "remedy": rule.remedy,
        "bad": dict(rule.bad.parts()),
        "good": dict(rule.good.parts()),
        "see": f"docs/{rule.see}" if rule.see else None,
    }
