"""Which jobs a pipeline has: the `rules` of GitLab and the conditions of Azure DevOps, as far as the parts use them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

_OPERAND = re.compile(r'\$(\w+)|"([^"]*)"')
_TOKEN = re.compile(r"\s*(?:variables\['([\w.]+)'\]|'([^']*)'|(\w+)\(|([),]))")


def gitlab_jobs(jobs: Mapping[str, Any], variables: Mapping[str, str], *, changed: bool) -> dict[str, str]:
    """Return the jobs of a pipeline by name, and when each starts. `changed`: whether the `changes` of rules hold."""
    found = {}
    for name, job in jobs.items():
        for rule in job.get("rules", ()):
            assert rule.keys() <= {"if", "changes", "when"}
            if _all_equal(rule["if"], variables) and (changed or "changes" not in rule):
                found[name] = rule.get("when", "on_success")
                break
    return found


def _all_equal(condition: str, variables: Mapping[str, str]) -> bool:
    pairs = [part.split(" == ") for part in condition.split(" && ")]
    return all(_value(left, variables) == _value(right, variables) for left, right in pairs)


def _value(operand: str, variables: Mapping[str, str]) -> str:
    found = _OPERAND.fullmatch(operand)
    assert found, operand
    return found[2] if found[1] is None else variables.get(found[1], "")


def azure_stages(
    stages: Sequence[Mapping[str, Any]], variables: Mapping[str, str], *, failing: Collection[str] = ()
) -> list[str]:
    """Return the stages that run. A stage without `dependsOn` comes after the one before."""
    results: dict[str, bool] = {}
    before: list[str] = []
    for stage in stages:
        name, needed = stage["stage"], stage.get("dependsOn", before)
        needed = [needed] if isinstance(needed, str) else needed
        before = [name]
        succeeded = all(results.get(one, False) for one in needed)
        tokens = _tokens(stage.get("condition", "succeeded()"))
        if _evaluated(tokens, variables, succeeded=succeeded):
            results[name] = name not in failing
        assert tokens == []
    return list(results)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match, f"not understood: {text[position:]}"
        sort = ("variable", "text", "function", "sign")[(match.lastindex or 0) - 1]
        found.append((sort, match[match.lastindex or 0]))
        position = match.end()
    return found


def _evaluated(tokens: list[tuple[str, str]], variables: Mapping[str, str], *, succeeded: bool) -> Any:
    sort, value = tokens.pop(0)
    if sort in ("variable", "text"):
        return variables[value] if sort == "variable" else value
    arguments = []
    while tokens[0] != ("sign", ")"):
        if tokens[0] == ("sign", ","):
            tokens.pop(0)
        arguments.append(_evaluated(tokens, variables, succeeded=succeeded))
    tokens.pop(0)
    return {
        "succeeded": lambda: succeeded,
        "eq": lambda a, b: a.lower() == b.lower(),
        "ne": lambda a, b: a.lower() != b.lower(),
        "and": lambda *each: all(each),
        "or": lambda *each: any(each),
    }[value](*arguments)
