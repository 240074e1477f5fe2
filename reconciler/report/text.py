"""The text format, for people at a terminal. The most important information comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.kinds import name_of, named
from reconciler.model.change import Difference
from reconciler.model.guard import Finding
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key
from reconciler.model.plan import Note, Refusal, ServerInfo
from reconciler.model.rehearsal import RehearsalVerdict
from reconciler.model.rules.consent import MISSING_PRIVILEGE
from reconciler.model.time_text import utc_text
from reconciler.planning.reversal import Verdict
from reconciler.report.page import Page
from reconciler.report.refusals import refusal_blocks, server_lines, without_middle
from reconciler.report.rehearsal import rehearsal_details, rehearsal_summary
from reconciler.report.report import Report, ReportedChange, ReportedStep
from reconciler.report.risks import MARK, blocking_lines, hazard_lines, hazard_text
from reconciler.report.theme import PLAIN, Theme
from reconciler.report.wording import enumerate_words, lines_of, one_line, path_text, plural

REFUSED = "✗"
SYMBOLS = {
    "create": "+",
    "restore": "+",
    "load": "+",
    "alter": "~",
    "rename": ">",
    "validate": "*",
    "drop": "-",
    "archive": "-",
    "dump": "-",
}

_SCREEN = 24
_LONGEST_VALUE = 60


def render_text(
    report: Report, theme: Theme = PLAIN, *, samples: int = 0, verbose: bool = False, width: int | None = None
) -> str:
    """Render the plan: summary, refusals or blocking locks, hazards, notes, then one line for each change.

    `samples` is the number of offending values that each data check shows; if it is not 0, server messages, which may
    contain values, are shown as well. `verbose` adds steps, SQL, all locks and explanations. Text is folded to `width`
    columns.
    """
    page = Page(theme=theme, samples=samples, verbose=verbose, width=width)
    role = {"refused": "refused", "in sync": "good"}.get(report.verdict, "title")
    summary = list(page.prose(0, report.summary, role=role))
    lines = [*summary, *page.prose(0, one_line(server_text(report)), role="faint")]
    if report.policy and (report.changes or report.refusals):
        lines += page.prose(0, policy_text(report), role="faint")
    lines.append("")
    for block in refusal_blocks(report.refusals, page):
        lines += _paragraph(block)
    if report.refusals:
        rule = report.refusals[0].rule
        lines += _paragraph(page.prose(0, f"What an id in brackets means: `reconcile explain {rule}`."))
    if not report.refusals:  # nothing of a refused plan runs; -v shows the locks of each step
        lines += _paragraph(blocking_lines(report, page))
    lines += _paragraph(hazard_lines(report, page))
    lines += _paragraph(line for one in irreversible(report) for line in page.prose(0, one, role="hazard"))
    lines += _paragraph(_rehearsal(report, page))
    lines += _paragraph(_notes(report.notes, page))
    lines += _changes(report, page)
    if verbose and report.approvable:
        lines += ["", f"Digest: {report.digest}"]
    if width is not None and len(lines) > _SCREEN:
        lines += ["", *summary]  # repeated at the end of a long text, where people read it
    return "\n".join(lines).rstrip("\n").replace("\n\n\n", "\n\n") + "\n"


def _paragraph(lines: Sequence[str] | Iterator[str]) -> list[str]:
    found = list(lines)
    return [*found, ""] if found else []


def _rehearsal(report: Report, page: Page) -> Iterator[str]:
    if report.rehearsal is None:
        return
    details = list(rehearsal_details(report.rehearsal))
    passed = report.rehearsal.verdict is RehearsalVerdict.PASSED
    yield from page.prose(0, rehearsal_summary(report.rehearsal), role="good" if passed else "refused")
    shown = page.shown(len(details))
    for text in details[:shown]:
        yield from page.prose(4, text, first="  - ")
    if shown < len(details):
        yield page.more(4, f"{len(details) - shown} more")


def policy_text(report: Report) -> str:
    """Return `Policy: max_drops 20, allow drop-table`: the values that differ from the defaults."""
    return f"Policy: {'; '.join(f'{name} {value}' for name, value in report.policy)}"


def digest_text(report: Report) -> str:
    """Return `Digest: v2:…`, or `No digest: ` and the reason; empty if there is nothing to approve."""
    if report.approvable:
        return f"Digest: {report.digest}"
    wanted = (report.changes or report.refusals) and report.drift is None
    return f"No digest: {report.no_digest}" if wanted and report.no_digest else ""


def server_text(report: Report) -> str:
    """Return `Database shop on db.example, port 5432, PostgreSQL 18.6, as deploy`, and the patterns of `--table`."""
    server = report.server
    version = server.version.partition(" ")[0]
    only = f"; only tables that match {' or '.join(report.tables)}" if report.tables else ""
    if report.preview is not None:
        taken = utc_text(report.preview.taken)
        return f"Database {server.database}, PostgreSQL {version}, from a snapshot taken at {taken}{only}"
    return f"{server_place(server)}, PostgreSQL {version}, as {server.user}{only}"


def server_place(server: ServerInfo) -> str:
    """Return `Database shop on db.example, port 5432`."""
    return f"Database {server.database} on {server.host or 'localhost'}, port {server.port}"


def _changes(report: Report, page: Page) -> list[str]:
    failed = _failed_checks(report)
    refused: dict[Key | None, dict[str, None]] = {}
    for refusal in report.refusals:
        refused.setdefault(refusal.key, {})[refusal.rule] = None
    lines: list[str] = []
    for change in report.changes:
        lines += _change(change, list(refused.get(change.key, ())), page)
        lines += [line for finding in failed.get(change.key, ()) for line in server_lines(finding.error, page)]
        if page.verbose:
            lines += [line for step in change.steps for line in _step(step, page)]
            lines.append("")
    return [*lines, *_without_change(report, page)] if lines else []


def _without_change(report: Report, page: Page) -> Iterator[str]:
    """Yield a line for each refused object without a change, so that the list does not look complete without them."""
    planned = {change.key for change in report.changes}
    found: dict[Key, list[Refusal]] = {}
    for refusal in report.refusals:
        if refusal.key is not None and refusal.key not in planned:
            found.setdefault(refusal.key, []).append(refusal)
    for key, refusals in found.items():
        where = f"({one_line(str(refusals[0].place))})" if refusals[0].place else ""
        rules = ", ".join(dict.fromkeys(one.rule for one in refusals))
        symbol = page.theme("refused", REFUSED)
        yield from page.heading(symbol, one_line(name_of(key)), where, tail=f"[{rules}]")


def _failed_checks(report: Report) -> dict[Key, list[Finding]]:
    """Return the data checks whose query failed, and that no refusal shows, by their object."""
    shown = [refusal.finding for refusal in report.refusals]
    failed: dict[Key, list[Finding]] = {}
    for finding in report.findings:
        if finding.error is not None and finding not in shown:
            failed.setdefault(finding.key, []).append(finding)
    return failed


def _change(change: ReportedChange, refused: Sequence[str], page: Page) -> Iterator[str]:
    """Yield a line for the change, with its differences. With `verbose`, they are on lines of their own.

    `refused` are the rules for which the change is refused.
    """
    theme = page.theme
    symbol = theme("refused", REFUSED) if refused else theme(change.verb, SYMBOLS.get(change.verb, "~"))
    ids = f"[{', '.join(refused)}]" if refused else ""
    head = list(page.heading(symbol, one_line(change.title), f"({one_line(str(change.place))})", tail=ids))
    differences = "" if page.verbose else "; ".join(_difference(one) for one in change.differences)
    room = len(f"{change.title} {change.place}{ids}: {differences}") + 5
    if not differences:
        yield from head
    elif page.width is None or (len(head) == 1 and room <= page.width):
        yield f"{head[0]}: {differences}"
    else:
        yield from head[:-1]
        yield f"{head[-1]}:"
        yield from page.prose(4, differences)
    if page.verbose:
        for one in change.differences:
            where = f" ({one.place})" if one.place else ""
            text = one_line(f"{path_text(one.path)}: {one.before} → {one.after}")
            yield from _with_faint_end(page, 4, text, one_line(where))
        for hazard in change.hazards:
            yield from page.prose(6, hazard_text(hazard, change.key), role="hazard", first="    ")


def _difference(one: Difference) -> str:
    return one_line(f"{path_text(one.path)} {_cut(one.before)} → {_cut(one.after)}")


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 2]} …"


def _with_faint_end(page: Page, indent: int, text: str, end: str, *, first: str = "") -> Iterator[str]:
    """Yield prose whose `end` is faint."""
    *lines, last = page.prose(indent, text + end, first=first)
    yield from lines
    yield last.removesuffix(end) + page.theme("faint", end) if last.endswith(end) else last


def _step(step: ReportedStep, page: Page) -> Iterator[str]:
    number = f"    {step.number}. "
    yield from _with_faint_end(page, len(number), one_line(step.title), f" [{step.execution}]", first=number)
    for statement in step.action.statements:
        yield from (f"       {line}" for line in lines_of(str(statement) + ";"))
    for blocking in (True, False):
        for text in lock_texts([lock for lock in step.locks if bool(lock.blocks) is blocking]):
            role, mark = ("blocking", f"     {MARK} ") if blocking else ("faint", "")
            yield from page.prose(7, f"locks {one_line(text)}", role=role, first=mark)
    for text in check_texts(step):
        yield from page.prose(7, one_line(text), role="faint")
    yield from page.prose(7, str(step.reversal), role="faint")
    for hazard in step.hazards:
        yield from page.prose(7, hazard_text(hazard, step.id.key), role="hazard")


def irreversible(report: Report) -> Iterator[str]:
    """Yield `Not reversible: 2 steps, because no copy of the table is kept.`, if no undo takes some steps back."""
    steps = [one for change in report.changes for one in change.steps]
    lost = [one.reversal for one in steps if one.reversal.verdict is Verdict.NOT_REVERSIBLE]
    if lost:
        whys = "; ".join(dict.fromkeys(one.why for one in lost))
        yield f"Not reversible: {plural(len(lost), 'step')}, because {whys}."


def check_texts(step: ReportedStep) -> Iterator[str]:
    """Yield the guards of the step, and the steps that are run instead if one of them does not pass."""
    if step.otherwise:
        for guard in step.guards:
            yield f"checks that {guard.title}; otherwise: {', '.join(one.title for one in step.otherwise)}"


_NAMED_TABLES = 3


def lock_texts(locks: Sequence[LockClaim]) -> Iterator[str]:
    """Yield `public.wallets SHARE ROW EXCLUSIVE: blocks writes`. Tables with the same lock share a line."""
    by_mode: dict[LockMode, list[LockClaim]] = {}
    for lock in locks:
        by_mode.setdefault(lock.mode, []).append(lock)
    for mode, group in by_mode.items():
        blocks = enumerate_words(group[0].blocks)
        effect = f"blocks {blocks}" if blocks else "blocks neither reads nor writes"
        names = [str(lock.table) for lock in group]
        if len(names) > _NAMED_TABLES:
            names = [f"{', '.join(names[:_NAMED_TABLES])} and {len(names) - _NAMED_TABLES} more"]
        yield from (f"{name} {mode.value}: {effect}" for name in names)


def _rights(number: int) -> str:
    """Return one line instead of the missing rights: a role that only plans does not need their statements."""
    return (
        f"this role cannot apply the plan: it lacks {plural(number, 'right')}, listed with -v [{MISSING_PRIVILEGE}]"
    )


def note_text(note: Note, *, verbose: bool) -> str:
    """Return `table public.old: it stays … (schema.yaml:3:1) [not-undone]`. A long enumeration has its middle only with
    `verbose`."""
    whole = " ".join(line.strip() for line in named(note.key, note.message).split("\n"))
    where = f" ({note.place})" if note.place else ""
    return f"{whole if verbose else without_middle(whole)}{where} [{note.rule}]"


def _notes(notes: Sequence[Note], page: Page) -> Iterator[str]:
    """Yield the notes, with a limited number for each rule."""
    rules: dict[str, list[Note]] = {}
    for note in notes:
        rules.setdefault(note.rule, []).append(note)
    for rule, group in rules.items():
        if rule == MISSING_PRIVILEGE and not page.verbose:
            yield from page.prose(5, _rights(len(group)), first=page.theme("hazard", "note") + " ")
            continue
        shown = page.shown(len(group))
        for note in group[:shown]:
            text = note_text(note, verbose=page.verbose)
            yield from page.prose(5, text, first=page.theme("hazard", "note") + " ")
        if shown < len(group):
            yield page.more(5, f"{len(group) - shown} more [{rule}]")
