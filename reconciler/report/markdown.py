"""The Markdown format, for a comment on a pull request.

Text from a file or the catalog never becomes markup: it is written in code spans and code fences that are longer than
any run of backticks in it, or, inside HTML blocks, with entities.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from reconciler.kinds import name_of, named
from reconciler.model.guard import GuardResult
from reconciler.model.hazards import Hazard
from reconciler.model.plan import Note, Refusal
from reconciler.model.rules.notes import FROM_SNAPSHOT
from reconciler.report.issues import Issue, Level, hazards_of, issues_of, worst_first
from reconciler.report.rehearsal import rehearsal_details, rehearsal_summary
from reconciler.report.report import Report, ReportedChange, ReportedStep
from reconciler.report.text import SYMBOLS, check_texts, digest_text, lock_texts, policy_text, server_text
from reconciler.report.wording import lines_of, one_line, path_text, plural

# GitHub rejects a comment of more than 65,536 characters.
MAX_CHARACTERS = 60_000
_MOST_DETAILS = 20
_SHORT = 1_000

Forms = tuple[str, ...]
"""A block of text, and a shorter form of it where there is one."""


def render_markdown(
    report: Report, *, most: int = MAX_CHARACTERS, size: Callable[[str], int] = len, tags: bool = True
) -> str:
    """Render the verdict, what was not checked, the summary, and then, the worst first: refusals, gated hazards,
    changes with their SQL in collapsed blocks, notes.

    What would make the text larger than `most`, as `size` measures it, is left out and counted: each section has the
    room that those before it leave. Without `tags`, for readers that show HTML as text, no block is collapsed.
    """
    blocks = [f"### reconcile: {report.verdict}", *_unchecked(report)]
    blocks += [f"**{report.summary}**", code(server_text(report))]
    blocks += [code(policy_text(report))] if report.policy else []
    label, _, digest = digest_text(report).partition(": ")
    blocks += [f"{label}: {code(digest)}"] if digest else []
    blocks += _rehearsal(report)
    table = [_table(report)] if report.changes else []

    def add(more: Sequence[Forms], noun: str) -> None:
        room = most - size("\n\n".join([*blocks, *table]))
        blocks.extend(_within(more, noun, room, size))

    add([(_refusal(one), _refused_in_short(one)) for one in report.refusals], "reason")
    add([(_gated(one),) for one in issues_of(report) if one.level is Level.WARNING], "gated hazard")
    blocks += table
    table = []
    add([(_change(one, tags), _change_in_short(one)) for one in worst_first(report).changes], "change")
    add([(_note(one),) for one in report.notes if one.rule != FROM_SNAPSHOT], "note")
    return "\n\n".join(blocks) + "\n"


def _rehearsal(report: Report) -> list[str]:
    if report.rehearsal is None:
        return []
    details = list(rehearsal_details(report.rehearsal))
    lines = [f"- {code(text)}" for text in details[:_MOST_DETAILS]]
    more = len(details) - _MOST_DETAILS
    lines += [f"- *… and {more} more; `reconcile plan --rehearse -v` prints all.*"] if more > 0 else []
    return ["\n".join([f"**{rehearsal_summary(report.rehearsal)}**", *([""] if lines else []), *lines])]


def _unchecked(report: Report) -> list[str]:
    """Return what the plan did not check: it comes before all results, because the reader would take it for checked."""
    found = [code(note.message) for note in report.notes if note.rule == FROM_SNAPSHOT]
    unknown = [one for one in report.findings if one.result not in (GuardResult.PASSED, GuardResult.FAILED)]
    if unknown:
        found.append(f"{plural(len(unknown), 'data check')} without a result")
    return [f"**Not checked:** {'; '.join(found)}"] if found else []


def _within(blocks: Sequence[Forms], noun: str, room: int, size: Callable[[str], int]) -> list[str]:
    """Return as many blocks as fit into the room, those that are too large in their short form, and a line with the
    number of the others."""
    kept: list[str] = []
    for forms in blocks:
        fitting = next((one for one in forms if size(one) + 2 <= room), None)
        if fitting is None:
            left = plural(len(blocks) - len(kept), noun)
            return [*kept, f"*… and {left} more, omitted for lack of space; `reconcile plan` prints all.*"]
        room -= size(fitting) + 2
        kept.append(fitting)
    return kept


def _table(report: Report) -> str:
    rows = "\n".join(f"| {count.verb} | {count.noun} | {count.count} |" for count in report.counts)
    return f"| action | object | count |\n|---|---|---:|\n{rows}"


def _refusal(refusal: Refusal) -> str:
    what = code(name_of(refusal.key)) if refusal.key else "the plan"
    where = f" at {code(str(refusal.place))}" if refusal.place else ""
    parts = [f"**Refused** ({code(refusal.rule)}): {what}{where}", fence("text", _reasons(refusal))]
    if refusal.finding:
        parts.append(fence("sql", f"{refusal.finding.guard.more};"))
    return "\n\n".join(parts)


def _refused_in_short(refusal: Refusal) -> str:
    what = code(_clipped(name_of(refusal.key))) if refusal.key else "the plan"
    return f"**Refused** ({code(refusal.rule)}): {what}: {code(_clipped(refusal.cause))}"


def _gated(issue: Issue) -> str:
    where = f" ({code(_clipped(str(issue.place)))})" if issue.place else ""
    return f"- hazard {code(issue.rule)} (gated): {code(_clipped(issue.message))}{where}"


def _clipped(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]} …"


def _reasons(refusal: Refusal) -> str:
    lines = [f"cause:   {refusal.cause}", f"remedy:  {refusal.remedy}"]
    if refusal.finding:
        found = refusal.finding
        timed_out = ": the time limit was reached" if found.result is GuardResult.TIMED_OUT else ""
        amount = found.amount if found.count is None else plural(found.count, found.guard.noun)
        lines.append(f"count:   {amount}{timed_out}")
    return "\n".join(lines)


def _note(note: Note) -> str:
    where = f" ({note.place})" if note.place else ""
    return f"- note ({code(note.rule)}): {code(named(note.key, note.message) + where)}"


def _change(change: ReportedChange, tags: bool) -> str:
    title, place = f"{SYMBOLS.get(change.verb, '~')} {change.title}", str(change.place)
    if tags:
        summary = f"<code>{entities(title)}</code> (<code>{entities(place)}</code>)"
        parts = [f"<details><summary>{summary}</summary>"]
    else:
        parts = [f"**Change:** {code(title)} ({code(place)})"]
    if change.differences:
        parts.append(
            "\n".join(
                f"- {code(path_text(d.path))}: {code(d.before)} → {code(d.after)}"
                + (f" ({code(str(d.place))})" if d.place else "")
                for d in change.differences
            )
        )
    if change.hazards:
        parts.append("\n".join(_hazard(hazard) for hazard in change.hazards))
    parts += [_step(step) for step in change.steps]
    return "\n\n".join([*parts, "</details>"] if tags else parts)


def _change_in_short(change: ReportedChange) -> str:
    """Return a change without its SQL, for one that is larger than the room for all of them."""
    kinds = dict.fromkeys(hazard.kind.id for hazard in hazards_of(change))
    facts = [*([f"hazards {', '.join(map(code, kinds))}"] if kinds else []), plural(len(change.steps), "step")]
    title = code(_clipped(f"{SYMBOLS.get(change.verb, '~')} {change.title}"))
    return f"- {title} ({code(_clipped(str(change.place)))}): {'; '.join(facts)}, too long to show here"


def _step(step: ReportedStep) -> str:
    # The number is not a list marker, because a fence would then have to be indented.
    head = f"**Step {step.number}:** {code(step.title)}, {step.execution}"
    sql = fence("sql", "\n".join(f"{statement};" for statement in step.action.statements))
    facts = [f"- locks {code(text)}" for text in lock_texts(step.locks)]
    facts += [f"- {code(text)}" for text in check_texts(step)]
    facts += [f"- {code(str(step.reversal))}"]
    facts += [_hazard(hazard) for hazard in step.hazards]
    return "\n\n".join(filter(None, (head, sql, "\n".join(facts))))


def _hazard(hazard: Hazard) -> str:
    gated = " (gated)" if hazard.kind.gated else ""
    effect = "; ".join(filter(None, (hazard.detail, hazard.kind.meaning)))
    return f"- hazard {code(hazard.kind.id)}{gated}: {code(effect)}"


def code(text: str) -> str:
    """Return `text` as a code span without markup. Not for table cells, because a pipe would end the cell."""
    text = one_line(text)
    if not text.strip():
        return "` `"
    ticks = "`" * (_longest_run(text) + 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def fence(language: str, text: str) -> str:
    """Return `text` as a fenced block with its line breaks; other control characters are escaped."""
    body = "\n".join(lines_of(text))
    ticks = "`" * max(3, _longest_run(body) + 1)
    return f"{ticks}{language}\n{body}\n{ticks}"


def entities(text: str) -> str:
    """Return `text` on one line for an HTML block, with entities so that it cannot open a tag."""
    return html.escape(one_line(text))


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
