"""The registry of rules: those that several rooms share, and those of each kind."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Final

from reconciler.kinds import KINDS
from reconciler.kinds.file.quoting import quoted_key
from reconciler.model.errors import UsageError
from reconciler.model.rules import (
    connections,
    consent,
    data,
    declarations,
    dependencies,
    dumps,
    files,
    hazards,
    notes,
    objects,
    platform,
    runs,
    undoing,
    usage,
)
from reconciler.model.rules.declarations import UNKNOWN_HAZARD, UNKNOWN_RULE
from reconciler.model.rules.rule import HazardKind, Rule, rules_of

RULES: Final[tuple[Rule, ...]] = (
    *(rule for kind in KINDS for rule in kind.rules),
    *rules_of(data, objects, dependencies, consent, platform, runs, dumps, undoing, usage, connections),
    *rules_of(files, declarations, notes, hazards),
)
HAZARDS: Final = tuple(rule for rule in RULES if isinstance(rule, HazardKind))
GATED: Final = frozenset(rule.id for rule in HAZARDS if rule.gated)
IN_FILE: Final = frozenset(rule.id for rule in HAZARDS if rule.gated and not rule.per_run)
"""The gated hazards that the file can accept. The others are accepted for each run."""

_MOST_NEAR: Final = 3
_LONGEST_ID: Final = 63
"""Only this many characters of an unknown id are compared with the known ids."""


def check_accepted(allow: Collection[str]) -> None:
    """Raise `UsageError` unless each id is that of a gated hazard."""
    unknown = sorted(set(allow) - GATED)
    if unknown:
        raise UsageError(
            f"not a hazard that can be accepted: {', '.join(unknown)}",
            rule=UNKNOWN_HAZARD,
            hint=f"hazards that can be accepted: {', '.join(sorted(GATED))}",
        )


def rule_of(id_: str) -> Rule:
    """Return the rule with this id; brackets as in messages are allowed. Raise `UsageError`, with similar ids, if
    there is none."""
    wanted = id_.strip().removeprefix("[").removesuffix("]").lower()
    if wanted in RULES:
        return RULES[RULES.index(wanted)]
    near = _near(wanted[:_LONGEST_ID])
    raise UsageError(
        f"no rule has the id {quoted_key(wanted, 'that you gave')}",
        rule=UNKNOWN_RULE,
        hint=f"did you mean {' or '.join(f'`{rule}`' for rule in near)}?" if near else UNKNOWN_RULE.remedy,
    )


def _near(word: str) -> list[Rule]:
    """Return the rules whose ids are similar to a word; otherwise the first ones that contain it."""
    close = difflib.get_close_matches(word, RULES, n=_MOST_NEAR)
    return [rule for rule in RULES if rule in close] or [rule for rule in RULES if word and word in rule][
        :_MOST_NEAR
    ]
