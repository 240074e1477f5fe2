"""The JSON format, for programs and plan files. It contains the content from which the digest is computed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from reconciler.model.as_json import as_json, definition_as_json
from reconciler.model.change import Difference
from reconciler.model.content import FORMAT_VERSION, Content, guard_content, key_content, refusal_content
from reconciler.model.controls import ACTING
from reconciler.model.drift import Drift
from reconciler.model.guard import Finding, Guard
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim
from reconciler.model.names import Place
from reconciler.model.plan import KeptRows, Note, Refusal
from reconciler.model.rehearsal import Rehearsal
from reconciler.model.route import Need
from reconciler.report.report import Report, ReportedChange, ReportedStep

# JSON allows these characters inside a string, but a terminal or an older parser interprets them.
_UNSAFE = re.compile(f"(?!\n)[{ACTING}]")


def render_json(report: Report) -> str:
    """Return the whole report, with keys in a fixed order. The order of database objects is not changed."""
    return dumps(as_dict(report))


def dumps(value: Any) -> str:
    """Return indented JSON with a line break at the end. Non-ASCII text is not escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], text) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain lists, dicts and scalars."""
    return {
        "format_version": FORMAT_VERSION,
        "verdict": report.verdict.replace(" ", "_"),
        "digest": report.digest,
        **({"preview": as_json(report.preview)} if report.preview else {}),
        **({"rehearsal": _rehearsal(report.rehearsal)} if report.rehearsal else {}),
        **({"no_digest": report.no_digest} if report.digest is None else {}),
        **({"drift": _drift(report.drift)} if report.drift else {}),
        "server": as_json(report.server),
        "sources": list(report.sources),
        "declared": report.declared,
        "journal_schema": report.journal.schema,
        "policy": report.content["policy"],
        "allow": report.content["allow"],
        **({"tables": list(report.tables)} if report.tables else {}),
        "lock_timeout_s": report.lock_timeout.total_seconds(),
        "max_lock_wait_s": report.max_lock_wait.total_seconds(),
        "max_build_s": report.max_build.total_seconds(),
        "summary": {
            "text": report.summary,
            "changes": len(report.changes),
            "steps": report.step_count,
            "counts": [as_json(count) for count in report.counts],
        },
        "changes": [_change(*pair) for pair in zip(report.changes, report.content["changes"], strict=True)],
        "findings": [_finding(finding) for finding in report.findings],
        "refusals": [_refusal(refusal) for refusal in report.refusals],
        "notes": [_note(note) for note in report.notes],
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "strict": drift.strict,
        "undeclared": [
            {"key": key_content(key), "definition": definition_as_json(one)}
            for key, one in drift.undeclared.items()
        ],
    }


def _rehearsal(one: Rehearsal) -> dict[str, Any]:
    differing = [
        {"step": str(each.step), "first": each.first, "claimed": _locks(each.claimed), "taken": _locks(each.taken)}
        for each in one.differing
    ]
    return {"verdict": one.verdict.value, **as_json(one), "differing": differing}


def _locks(locks: Sequence[LockClaim]) -> list[dict[str, Any]]:
    return [{"table": as_json(lock.table), "mode": lock.mode.value} for lock in locks]


def _change(change: ReportedChange, content: Content) -> dict[str, Any]:
    return {
        "number": change.number,
        "action": content["action"],
        "verb": change.verb,
        "title": change.title,
        "reason": change.reason,
        "key": content["key"],
        "place": _place(change.place),
        "renamed_from": content["renamed_from"],
        "before": content["before"],
        "after": content["after"],
        "differences": [_difference(difference) for difference in change.differences],
        "states": content["states"],
        "search_path": content["search_path"],
        "needs": [_need(number, need) for number, need in change.needs],
        "hazards": [_hazard(hazard) for hazard in change.hazards],
        "guards": [_guard(guard) for guard in change.guards],
        "steps": [_step(*pair) for pair in zip(change.steps, content["steps"], strict=True)],
    }


def _need(number: int, need: Need) -> dict[str, Any]:
    return {
        "change": number,
        "for": "the same object" if need.resource is None else str(need.resource),
        "only_order": need.only_order,
    }


def _step(step: ReportedStep, content: Content) -> dict[str, Any]:
    other = step.otherwise
    return {
        "number": step.number,
        "id": content["id"],
        "object": content["object"],
        "verb": content["verb"],
        "after": content["after"],
        "interim": content["interim"],
        "title": step.title,
        "action": content["action"],
        "sql": content["sql"],
        **({"repair": content["repair"]} if "repair" in content else {}),
        "execution": content["execution"],
        "builds": content["builds"],
        "archives": content["archives"],
        "settings": dict(step.settings),
        "locks": content["locks"],
        "hazards": [_hazard(hazard) for hazard in step.hazards],
        "guards": [{**_guard(guard), **guard_content(guard)} for guard in step.guards],
        "otherwise": {"title": ", ".join(one.title for one in other), **content["otherwise"]} if other else None,
        "leaves": step.leaves,
        "reversal": as_json(step.reversal),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "path": difference.path,
        "before": difference.before,
        "after": difference.after,
        "place": _place(difference.place),
    }


def _hazard(hazard: Hazard) -> dict[str, Any]:
    kind = hazard.kind
    return {
        "id": kind.id,
        "gated": kind.gated,
        "effect": kind.meaning,
        "safer": kind.remedy,
        "detail": hazard.detail,
    }


def _guard(guard: Guard) -> dict[str, Any]:
    return {"id": guard.id, "title": guard.title, "count_sql": str(guard.count), "more_sql": str(guard.more)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "guard": _guard(finding.guard),
        "key": key_content(finding.key),
        "place": _place(finding.place),
        "result": finding.result.value.replace(" ", "_"),
        "count": finding.count,
        "error": str(finding.error) if finding.error else None,
        **({"as_of": finding.as_of.isoformat()} if finding.as_of is not None else {}),
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        **refusal_content(refusal),
        "key": key_content(refusal.key),
        "place": _place(refusal.place),
        "remedy": refusal.remedy,
        "finding": _finding(refusal.finding) if refusal.finding else None,
    }


def _note(note: Note) -> dict[str, Any]:
    return {
        "rule": note.rule,
        "key": key_content(note.key),
        "place": _place(note.place),
        "message": note.message,
        **({"rows_left": _rows_left(note.rows_left)} if note.rows_left else {}),
    }


def _rows_left(left: KeptRows) -> dict[str, Any]:
    at = left.before_at
    return {"count": left.count, **({"before": left.before, "before_at": at.isoformat()} if at else {})}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}
