"""The effects of a plan on traffic and data, for people: blocking locks with the sizes of tables, and hazards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reconciler.kinds import name_of
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.names import Key, TableName
from reconciler.model.rules.consent import HAZARD_NOT_ACCEPTED
from reconciler.model.rules.rule import HazardKind
from reconciler.model.size_text import byte_count
from reconciler.report.page import Page
from reconciler.report.report import Report
from reconciler.report.wording import enumerate_words, lines_of, one_line, plural

MARK = "!"
NOT_ACCEPTED = "not accepted"
_TABLES = 10


@dataclass(slots=True, kw_only=True)
class _Blocked:
    """The traffic that waits for locks on one table.

    For each set of traffic: the numbers of the steps that block it for a moment, and of those that block it for their
    whole duration.
    """

    table: TableName
    moments: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    whole: dict[tuple[str, ...], set[int]] = field(default_factory=dict)


def blocking_lines(report: Report, page: Page) -> Iterator[str]:
    """Yield the tables on which reads or writes have to wait. Tables with long locks, and large tables, come first."""
    tables = sorted(_blocked(report), key=lambda one: _rank(report, one))
    if not tables:
        return
    limit = f"{report.lock_timeout.total_seconds():g} s"
    yield from page.prose(0, f"Blocking locks (an attempt to take them waits for at most {limit}):", role="title")
    shown = page.shown(len(tables), _TABLES)
    for one in tables[:shown]:
        text = f"{one.table}{size_text(report, one.table)}: blocks {'; '.join(_effects(one))}"
        yield from page.prose(2, one_line(text), role="blocking", first=MARK)
    if shown < len(tables):
        yield page.more(2, plural(len(tables) - shown, "more table"))


def _blocked(report: Report) -> list[_Blocked]:
    found: dict[TableName, _Blocked] = {}
    for change in report.changes:
        for step in change.steps:
            for lock in step.locks:
                if not lock.blocks:
                    continue
                table = step.table_of(lock)
                one = found.setdefault(table, _Blocked(table=table))
                momentary = step.execution in (ExecutionClass.BRIEF, ExecutionClass.STAGED)
                group = one.moments if momentary else one.whole
                group.setdefault(lock.blocks, set()).add(step.number)
    return list(found.values())


def _each(moments: Mapping[tuple[str, ...], set[int]]) -> str:
    return "each " if sum(map(len, moments.values())) > 1 else ""


def _effects(one: _Blocked) -> Iterator[str]:
    for blocks, steps in sorted(one.whole.items(), reverse=True):
        numbers = enumerate_words([str(number) for number in sorted(steps)])
        yield f"{enumerate_words(blocks)} for as long as step {numbers} runs"
    moments = [
        f"{enumerate_words(blocks)} in {plural(len(n), 'step')}" for blocks, n in sorted(one.moments.items())
    ]
    if moments:
        yield f"{', '.join(moments)}, {_each(one.moments)}for a moment"


def size_text(report: Report, table: TableName) -> str:
    """Return ` (about 1,200 rows, 96 kB)`, or an empty string if nothing is known about the table.

    A snapshot has classes of sizes: of each, the smallest size is known.
    """
    size = report.sizes.get(table)
    if size is None:
        return ""
    if size.rows is None:
        return " (size unknown: never analyzed)"
    rows = plural(size.rows, "row")
    if report.preview is not None:
        return f" ({rows} or more, {byte_count(size.bytes)} or more)" if size.bytes else f" ({rows})"
    return f" (about {rows}, {byte_count(size.bytes)})"


def _rank(report: Report, one: _Blocked) -> tuple[object, ...]:
    reads = any("reads" in blocks for blocks in (*one.moments, *one.whole))
    return not one.whole, not reads, -_size(report, one.table), one.table


def _size(report: Report, table: TableName) -> int:
    size = report.sizes.get(table)
    return size.bytes if size else 0


def hazard_lines(report: Report, page: Page) -> Iterator[str]:
    """Yield each kind of hazard with the objects that have it; gated hazards first."""
    kinds: dict[HazardKind, dict[tuple[Key, str], None]] = {}
    for change in report.changes:
        for hazard in (*change.hazards, *(hazard for step in change.steps for hazard in step.hazards)):
            kinds.setdefault(hazard.kind, {})[change.key, hazard.detail] = None
    if not kinds:
        return
    yield page.theme("title", "Hazards:")
    for kind, cases in sorted(kinds.items(), key=lambda one: not one[0].gated):
        title = hazard_title(kind, acceptance(report, kind))
        yield from page.prose(2, title, role="hazard", first=MARK if kind.gated else "")
        shown = page.shown(len(cases))
        for key, detail in list(cases)[:shown]:
            yield from page.prose(6, one_line(_case(key, detail, size_text(report, key.table_name))), first="    ·")
            yield from _queries(report, key, detail, page)
        if shown < len(cases):
            yield page.more(4, f"{len(cases) - shown} more")
        if page.verbose:
            yield from page.prose(6, f"safer: {kind.remedy}")


def _case(key: Key, detail: str, size: str) -> str:
    """Return the object, the size of its table, and the detail, without repeating the object."""
    name = name_of(key)
    for known in (name, str(key)):
        if detail.startswith(known):
            return f"{name}{size}{detail.removeprefix(known)}"
    noun, table, rest = detail.partition(str(key.table_name))
    if rest.startswith(" ") and noun in ("view ", "materialized view "):
        return f"{noun}{table}{size}{rest}"
    if rest.startswith(" ") and not noun and name == f"table {table}":
        return f"{name}{size}{rest}"
    return f"{name}{size}: {detail}" if detail else f"{name}{size}"


def _queries(report: Report, key: Key, detail: str, page: Page) -> Iterator[str]:
    """Yield the query of a data check without an answer, so that people can run it."""
    for finding in report.findings:
        if finding.key == key and finding.count is None and finding.guard.title in detail:
            yield from page.verbatim("check", lines_of(f"{finding.guard.more};"))


def acceptance(report: Report, kind: HazardKind) -> str:
    """Return whether a gated hazard is accepted, and by what."""
    if not kind.gated:
        return ""
    if any(one.rule == HAZARD_NOT_ACCEPTED and one.cause.startswith(f"{kind.id}:") for one in report.refusals):
        return NOT_ACCEPTED
    return f"accepted by {'policy.allow' if kind.id in report.allowed else '--allow'}"


def hazard_title(kind: HazardKind, accepted: str) -> str:
    """Return `hazard drop-table (gated, accepted by --allow): the table and its rows are gone …`. If it is not
    accepted, its refusal says what it means."""
    meaning = "" if accepted == NOT_ACCEPTED else f": {kind.meaning}"
    return f"hazard {kind.id}{f' (gated, {accepted})' if kind.gated else ''}{meaning}"


def hazard_text(hazard: Hazard, key: Key) -> str:
    """Return a hazard of an object on one line, without repeating the object."""
    detail = f"{hazard.detail.removeprefix(f'{key}: ')}; " if hazard.detail else ""
    return f"hazard {hazard.kind.id}{' (gated)' if hazard.kind.gated else ''}: {detail}{hazard.kind.meaning}"
