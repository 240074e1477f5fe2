"""The format for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.change import Difference
from reconciler.model.hazards import Hazard
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key
from reconciler.model.plan import Finding, Note, Refusal, ServerInfo
from reconciler.model.server_error import ServerError
from reconciler.report.report import Report, ReportedChange, ReportedStep, name_of
from reconciler.report.theme import PLAIN, Theme
from reconciler.report.wording import enumerate_words, lines_of, one_line

SYMBOLS = {"create": "+", "alter": "~", "rename": ">", "validate": "*", "drop": "-", "archive": "-"}


def render_text(report: Report, theme: Theme = PLAIN, *, samples: int = 0) -> str:
    """The plan, change by change, then what speaks against it, then one line that sums it up.

    With `samples`, it shows so many offending values of each data check, and errors in the server's own words, which
    may hold values as well.
    """
    lines = [theme("faint", one_line(server_text(report)))]
    failed = _failed_checks(report)
    if report.policy and (report.changes or report.refusals):
        lines.append(theme("faint", one_line(policy_text(report))))
    lines.append("")
    for change in report.changes:
        lines += [*_change(change, theme)]
        lines += [line for finding in failed.get(change.key, ()) for line in _words(finding.error, samples)]
        lines.append("")
    if report.notes:
        lines += [*(line for note in report.notes for line in _note(note, theme)), ""]
    for refusal in report.refusals:
        lines += [*_refusal(refusal, theme, samples), ""]
    role = {"refused": "refused", "in sync": "good"}.get(report.verdict, "title")
    lines.append(theme(role, report.summary))
    return "\n".join(lines) + "\n"


def _failed_checks(report: Report) -> dict[Key, list[Finding]]:
    """The data checks whose query failed, and that no refusal shows, by their object."""
    shown = [refusal.finding for refusal in report.refusals]
    failed: dict[Key, list[Finding]] = {}
    for finding in report.findings:
        if finding.error is not None and finding not in shown:
            failed.setdefault(finding.key, []).append(finding)
    return failed


def policy_text(report: Report) -> str:
    """`Policy: max_drops: 20; allow: drop-table`: what the file changes."""
    return f"Policy: {'; '.join(f'{name}: {value}' for name, value in report.policy)}"


def server_text(report: Report) -> str:
    """`Database shop on db.example, port 5432, PostgreSQL 18.6, as deploy`."""
    server = report.server
    version = server.version.partition(" ")[0]
    return f"{server_place(server)}, PostgreSQL {version}, as {server.user}"


def server_place(server: ServerInfo) -> str:
    """`Database shop on db.example, port 5432`."""
    return f"Database {server.database} on {server.host or 'localhost'}, port {server.port}"


def _change(change: ReportedChange, theme: Theme) -> Iterator[str]:
    symbol = theme(change.verb, SYMBOLS.get(change.verb, "~"))
    place = theme("faint", f"({one_line(str(change.place))})")
    yield f"{symbol} {theme('title', one_line(change.title))} {place}"
    for difference in change.differences:
        yield f"    {_difference(difference, theme)}"
    for hazard in change.hazards:
        yield from _hazard(hazard, theme, indent=4)
    for step in change.steps:
        yield from _step(step, theme)


def _difference(difference: Difference, theme: Theme) -> str:
    where = theme("faint", f" ({one_line(str(difference.place))})") if difference.place else ""
    return one_line(f"{difference.path}: {difference.before} → {difference.after}") + where


def _step(step: ReportedStep, theme: Theme) -> Iterator[str]:
    yield f"    {step.number}. {one_line(step.title)} {theme('faint', f'[{step.execution}]')}"
    for statement in step.statements:
        sql = lines_of(str(statement) + ";")
        yield from (f"       {line}" for line in sql)
    for text in lock_texts(step.locks):
        yield theme("faint", f"       locks {one_line(text)}")
    for text in check_texts(step):
        yield theme("faint", f"       {one_line(text)}")
    for hazard in step.hazards:
        yield from _hazard(hazard, theme)


def check_texts(step: ReportedStep) -> Iterator[str]:
    """What is checked right before the step, and which step is taken instead if it does not hold."""
    if step.otherwise is not None:
        for guard in step.guards:
            yield f"checks that {guard.title}; otherwise: {step.otherwise.title}"


_NAMED_TABLES = 3


def lock_texts(locks: Sequence[LockClaim]) -> Iterator[str]:
    """`public.wallets SHARE ROW EXCLUSIVE: blocks writes`. Many tables that are locked alike share a line."""
    alike: dict[LockMode, list[LockClaim]] = {}
    for lock in locks:
        alike.setdefault(lock.mode, []).append(lock)
    for mode, group in alike.items():
        blocks = enumerate_words(group[0].blocks)
        effect = f"blocks {blocks}" if blocks else "blocks neither reads nor writes"
        names = [str(lock.table) for lock in group]
        if len(names) > _NAMED_TABLES:
            names = [f"{', '.join(names[:_NAMED_TABLES])} and {len(names) - _NAMED_TABLES} more"]
        yield from (f"{name} {mode.value}: {effect}" for name in names)


def _hazard(hazard: Hazard, theme: Theme, indent: int = 7) -> Iterator[str]:
    gated = " (gated)" if hazard.kind.gated else ""
    detail = f"{hazard.detail}; " if hazard.detail else ""
    yield (
        " " * indent + theme("hazard", f"hazard {hazard.kind.id}{gated}: ") + one_line(detail + hazard.kind.effect)
    )
    yield " " * indent + f"safer: {one_line(hazard.kind.safer)}"


def _note(note: Note, theme: Theme) -> Iterator[str]:
    where = f" ({one_line(str(note.place))})" if note.place else ""
    what = one_line(f"{name_of(note.key)}: " if note.key else "")
    yield f"{theme('hazard', 'note')} {what}{one_line(note.message)}{theme('faint', where)} [{note.rule}]"


def _refusal(refusal: Refusal, theme: Theme, samples: int) -> Iterator[str]:
    what = one_line(name_of(refusal.key)) if refusal.key else "the plan"
    where = theme("faint", f" ({one_line(str(refusal.place))})") if refusal.place else ""
    yield f"{theme('refused', '✗ refused')} {theme('title', what)}{where} [{refusal.rule}]"
    yield from _labelled("cause", refusal.cause)
    yield from _words(refusal.error, samples)
    yield from _labelled("remedy", refusal.remedy)
    if refusal.finding:
        yield from _finding(refusal.finding, samples)


def _finding(finding: Finding, samples: int) -> Iterator[str]:
    yield from _words(finding.error, samples)
    yield from _labelled("samples", "\n".join(one_line(sample) for sample in finding.samples.up_to(samples)))
    yield from _labelled("see all", f"{finding.guard.more};")


def _words(error: ServerError | None, samples: int) -> Iterator[str]:
    if error is not None:
        yield from _labelled("server", "\n".join(error.words.up_to(samples)))


def _labelled(label: str, text: str) -> Iterator[str]:
    if not text:
        return
    first, *rest = lines_of(text)
    yield f"    {label:<8} {first}"
    yield from (f"             {line}" for line in rest)
