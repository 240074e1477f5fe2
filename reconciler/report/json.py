"""The format for programs. `FORMAT_VERSION` grows when a reader of an older one would be misled."""

from __future__ import annotations

import json
import re
from typing import Any

from reconciler.model.change import Difference
from reconciler.model.controls import ACTING
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim
from reconciler.model.names import Key, Place
from reconciler.model.plain import plain, plain_definition
from reconciler.model.plan import Finding, Guard, Note, Refusal
from reconciler.report.report import Report, ReportedChange, ReportedStep

FORMAT_VERSION = 1

# JSON allows these inside a string, but a terminal or an older reader acts on them.
_UNSAFE = re.compile(f"(?!\n)[{ACTING}]")


def render_json(report: Report) -> str:
    """The whole report, keys in a fixed order. Objects of the database are never sorted anew."""
    return dumps(as_dict(report))


def dumps(value: Any) -> str:
    """Indented JSON with a newline at the end; readable text stays readable."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: json.dumps(match.group())[1:-1], text) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain lists, dicts and scalars."""
    return {
        "format_version": FORMAT_VERSION,
        "verdict": report.verdict.replace(" ", "_"),
        "digest": report.digest,
        "server": plain(report.server),
        "sources": list(report.sources),
        "declared": report.declared,
        "journal_schema": report.journal.schema,
        "policy": report.bound["policy"],
        "allow": report.bound["allow"],
        "lock_timeout_s": report.lock_timeout.total_seconds(),
        "max_lock_wait_s": report.max_lock_wait.total_seconds(),
        "max_build_s": report.max_build.total_seconds(),
        "summary": {
            "text": report.summary,
            "changes": len(report.changes),
            "steps": report.step_count,
            "counts": [plain(count) for count in report.counts],
        },
        "changes": [_change(change) for change in report.changes],
        "findings": [_finding(finding) for finding in report.findings],
        "refusals": [_refusal(refusal) for refusal in report.refusals],
        "notes": [_note(note) for note in report.notes],
    }


def _change(change: ReportedChange) -> dict[str, Any]:
    return {
        "number": change.number,
        "action": change.action.value,
        "verb": change.verb,
        "title": change.title,
        "reason": change.reason,
        "key": _key(change.key),
        "place": _place(change.place),
        "renamed_from": change.renamed_from,
        "before": plain_definition(change.before),
        "after": plain_definition(change.after),
        "differences": [_difference(difference) for difference in change.differences],
        "states": list(change.states),
        "hazards": [_hazard(hazard) for hazard in change.hazards],
        "guards": [_guard(guard) for guard in change.guards],
        "steps": [_step(step) for step in change.steps],
    }


def _step(step: ReportedStep) -> dict[str, Any]:
    return {
        "number": step.number,
        "id": step.id,
        "title": step.title,
        "sql": [str(statement) for statement in step.statements],
        "execution": step.execution.value,
        "builds": _key(step.builds),
        "settings": dict(step.settings),
        "locks": [_lock(lock) for lock in step.locks],
        "hazards": [_hazard(hazard) for hazard in step.hazards],
        "guards": [{**_guard(guard), "moment": guard.moment.value} for guard in step.guards],
        "otherwise": _otherwise(step.otherwise),
        "leaves": step.leaves,
    }


def _otherwise(step: ReportedStep | None) -> dict[str, Any] | None:
    if step is None:
        return None
    return {"id": step.id, "title": step.title, "sql": [str(statement) for statement in step.statements]}


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "path": difference.path,
        "before": difference.before,
        "after": difference.after,
        "place": _place(difference.place),
    }


def _lock(lock: LockClaim) -> dict[str, Any]:
    return {"table": plain(lock.table), "mode": lock.mode.value, "blocks": list(lock.blocks)}


def _hazard(hazard: Hazard) -> dict[str, Any]:
    return {**plain(hazard.kind), "detail": hazard.detail}


def _guard(guard: Guard) -> dict[str, Any]:
    return {"id": guard.id, "title": guard.title, "count_sql": str(guard.count), "more_sql": str(guard.more)}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "guard": _guard(finding.guard),
        "key": _key(finding.key),
        "place": _place(finding.place),
        "result": finding.result.value.replace(" ", "_"),
        "count": finding.count,
        "error": str(finding.error) if finding.error else None,
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {
        "rule": refusal.rule,
        "key": _key(refusal.key),
        "place": _place(refusal.place),
        "cause": refusal.cause,
        "remedy": refusal.remedy,
        "finding": _finding(refusal.finding) if refusal.finding else None,
    }


def _note(note: Note) -> dict[str, Any]:
    return {"rule": note.rule, "key": _key(note.key), "place": _place(note.place), "message": note.message}


def _key(key: Key | None) -> dict[str, str] | None:
    return None if key is None else {"kind": key.kind, "schema": key.schema, "table": key.table, "name": key.name}


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}
