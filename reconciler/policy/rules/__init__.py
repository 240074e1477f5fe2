"""The rules of the platform's policy: each is one module here, and one line below."""

from __future__ import annotations

from typing import Final

from reconciler.policy.rule import PolicyRule
from reconciler.policy.rules import (
    foreign_key_index,
    hazard_not_allowed,
    large_build,
    long_lock,
    object_name,
    retired_table,
    too_many_changes,
)

POLICY_RULES: Final[tuple[PolicyRule, ...]] = (
    hazard_not_allowed.RULE,
    object_name.RULE,
    foreign_key_index.RULE,
    long_lock.RULE,
    large_build.RULE,
    retired_table.RULE,
    too_many_changes.RULE,
)
