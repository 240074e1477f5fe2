"""`retired-table`: what the file says about a table that goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reconciler.kinds import section_for
from reconciler.kinds.file.fields import Attribute
from reconciler.kinds.kind import Purpose
from reconciler.model.rules.platform import RETIRED_TABLE
from reconciler.model.visible import is_visible
from reconciler.policy.readers import Words
from reconciler.policy.rule import Found, PolicyRule, Subject


def check_retired_tables(subject: Subject, values: Mapping[str, Any]) -> Iterator[Found]:
    """Report the tables that go without a `reason` or an `owner`."""
    for table, declared in subject.desired.dropped_tables.items():
        retired = declared.definition.retirement()
        given = {"reason": retired.reason, "owner": retired.owner} if retired is not None else {}
        missing = [f"`{one}`" for one in values["require"] if not is_visible(given.get(one) or "")]
        if missing:
            cause = f"{table} is to go, and its entry has no {' and no '.join(missing)}"
            yield Found(key=declared.key, place=declared.place, cause=cause)


RULE = PolicyRule(
    rule=RETIRED_TABLE,
    parameters={
        "require": Attribute(
            reader=Words("reason", "owner"),
            doc=f"What each entry of `{section_for(Purpose.DROPS_TABLE)}` must have: `reason`, `owner` or both.",
            examples=("reason",),
            default=("reason", "owner"),
        )
    },
    check=check_retired_tables,
    of_file=True,
)
