"""What of a plan must be the same from a snapshot as from the database."""

from __future__ import annotations

import json
import re
from typing import Any

from reconciler.model.plan import Plan
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.rules.notes import FROM_SNAPSHOT, SUPERUSER
from reconciler.model.rules.runs import JOURNAL_NOT_OURS
from reconciler.report import render_json, report_of

_OF_ROLES = frozenset({MISSING_PRIVILEGE, SUPERUSER, JOURNAL_NOT_OURS, FROM_SNAPSHOT})

_SIZE = re.compile(r"\([\d,.]+ (?:bytes|[kMGT]B)\)")


def substance(plan: Plan) -> dict[str, Any]:
    """Changes in order, with their SQL, locks, guards and hazards; refusals and notes but for those about roles.

    Hazards and refusals are told by their ids, as their texts name sizes.
    """
    document = json.loads(render_json(report_of(plan)))
    return {
        "changes": [_without_sizes(change) for change in document["changes"]],
        "refusals": sorted(_said(one) for one in document["refusals"]),
        "notes": sorted(_said(one) for one in document["notes"] if one["rule"] not in _OF_ROLES),
    }


def _without_sizes(change: dict[str, Any]) -> dict[str, Any]:
    steps = [
        {
            **step,
            "hazards": [one["id"] for one in step["hazards"]],
            "reversal": {**step["reversal"], "why": _SIZE.sub("(<size>)", step["reversal"]["why"])},
        }
        for step in change["steps"]
    ]
    return {**change, "steps": steps, "hazards": sorted(one["id"] for one in change["hazards"])}


def _said(one: dict[str, Any]) -> str:
    return json.dumps([one["rule"], one["key"], one["place"]])
