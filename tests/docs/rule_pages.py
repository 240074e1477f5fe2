"""Generates the pages about rules from the registry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from reconciler.kinds.rules import HAZARDS, RULES
from reconciler.model.rules.rule import Example, Raised, Rule
from reconciler.report.rules import consequences_of
from tests.docs.pages import page

DETAILS: Final = {
    "refusals": ("Refusals of a plan", (Raised.REFUSAL,)),
    "errors": ("Refusals and errors of a run", (Raised.ERROR,)),
    "files": ("Problems of a file", (Raised.PROBLEM,)),
    "notes": ("Notes and warnings", (Raised.NOTE, Raised.WARNING)),
    "hazards": ("Hazards, with examples", (Raised.HAZARD,)),
}
"""The pages in `docs/rules/`: title, and the ways in which their rules are raised."""

_BLOCK: Final = re.compile(r"(<!-- (\w+) from the registry -->\n\n).*?(\n<!-- end -->)", re.DOTALL)


def rules_of(raised: Iterable[Raised]) -> list[Rule]:
    return sorted(rule for rule in RULES if rule.raised[0] in raised)


def expected(name: str) -> str:
    """Return a page written by people, with its tables generated from the registry."""
    return _BLOCK.sub(lambda block: block[1] + "\n".join(_table(block[2])) + "\n" + block[3], page(name))


def tables_of(name: str) -> list[str]:
    """Return the tables of rules of a page."""
    return [block[2] for block in _BLOCK.finditer(page(name))]


def details(name: str) -> str:
    """Return a whole page of `docs/rules/`."""
    title, raised = DETAILS[name]
    lines = [f"# {title}", "", "`reconcile explain ID` prints the same. [All rules](../rules.md)", ""]
    for rule in rules_of(raised):
        lines += _section(rule)
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(name: str) -> Iterator[str]:
    if name == "hazards":
        yield "| id | gated | what can go wrong | safer |"
        yield "|---|---|---|---|"
        for kind in sorted(HAZARDS, key=lambda kind: (not kind.gated, kind)):
            yield f"| {_link(kind, name)} | {'yes' if kind.gated else 'no'} | {kind.meaning} | {kind.remedy} |"
        return
    code = name == "errors"
    yield f"| id | {'exit code | what happened' if code else 'what it says'} | what to do |"
    yield f"|---|---|---|{'---|' if code else ''}"
    for rule in rules_of(DETAILS[name][1]):
        number = f"{rule.error_code} | " if code else ""
        yield f"| {_link(rule, name)} | {number}{_cell(rule.meaning)} | {_cell(rule.remedy)} |"


def _link(rule: Rule, name: str) -> str:
    return f"[`{rule}`](rules/{name}.md#{rule})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _section(rule: Rule) -> Iterator[str]:
    yield from (f"## {rule}", "", f"{_sentence(rule.meaning)} *{_sentence('; '.join(consequences_of(rule)))}*", "")
    yield from (f"What to do: {_sentence(rule.remedy)}", "")
    if rule.see:
        yield from (f"More: [{rule.see.partition('#')[0]}](../{rule.see})", "")
    for title, example in (("Bad", rule.bad), ("Good", rule.good)):
        yield from (f"{title}:", "")
        yield from _blocks(example)


def _blocks(example: Example) -> Iterator[str]:
    for language, text in example.parts():
        file = "# reconcile.policy.yaml\n" if language == "policy" else ""
        yield from (f"```{'yaml' if file else language}", *f"{file}{text}".splitlines(), "```", "")


def _sentence(text: str) -> str:
    first = text if text.startswith(("`", "reconcile")) else text[0].upper() + text[1:]
    return first if first.endswith(("?", ".")) else f"{first}."
