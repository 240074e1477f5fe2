"""Refusals for people, grouped by rule and table, with repeated text omitted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from reconciler.kinds import name_of
from reconciler.model.guard import Finding
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import UNKNOWN
from reconciler.model.server_error import ServerError
from reconciler.report.page import Page
from reconciler.report.wording import lines_of, one_line, plural

_LONGEST = 320
_HEAD, _TAIL = 180, 120
_PART = re.compile(r'(?:"(?:[^"]|"")*"|[^",]|,(?! )|")+(?:, |$)')


def refusal_blocks(refusals: Iterable[Refusal], page: Page) -> Iterator[list[str]]:
    """Yield a block of lines for each rule and table, in the order of their first refusals. Why objects are unknown is
    mostly the same for all tables, so it is said once."""
    groups: dict[object, list[Refusal]] = {}
    for refusal in refusals:
        table = refusal.key.table_name if refusal.key else None
        about = refusal.cause if refusal.rule == UNKNOWN and refusal.error is None else table
        groups.setdefault((refusal.rule, about), []).append(refusal)
    for group in groups.values():
        yield list(_one(group[0], page) if len(group) == 1 else _together(group, page))


def _one(refusal: Refusal, page: Page) -> Iterator[str]:
    what = one_line(name_of(refusal.key)) if refusal.key else "the plan"
    where = f"({one_line(str(refusal.place))})" if refusal.place else ""
    yield from page.heading(page.theme("refused", "✗ refused"), what, where, tail=f"[{refusal.rule}]")
    yield from page.labelled("cause", _cause(refusal, page))
    yield from _evidence(refusal, page)
    yield from page.labelled("remedy", refusal.remedy)


def _together(group: Sequence[Refusal], page: Page) -> Iterator[str]:
    """Yield several refusals of one rule on one table; their common text is printed once."""
    tables = list(dict.fromkeys(str(one.key.table_name) if one.key else "the plan" for one in group))
    what = one_line(tables[0]) if len(tables) == 1 else plural(len(tables), "table")
    head = f"{what}, {plural(len(group), 'reason')}"
    yield from page.heading(page.theme("refused", "✗ refused"), head, "", tail=f"[{group[0].rule}]")
    causes = list(dict.fromkeys(_cause(refusal, page) for refusal in group))
    if len(causes) == 1:
        yield from page.labelled("cause", causes[0])
    shown = group[: page.shown(len(group))]
    remedies = list(dict.fromkeys(refusal.remedy for refusal in shown))
    for remedy in remedies:
        same = [refusal for refusal in shown if refusal.remedy == remedy]
        start, end = _common([_cause(refusal, page) for refusal in same])
        for refusal in same:
            cause = "" if len(causes) == 1 else _cause(refusal, page).removeprefix(start).removesuffix(end)
            yield from _reason(refusal, cause, page, with_table=len(tables) > 1)
        if remedy == remedies[-1] and len(shown) < len(group):
            yield page.more(4, f"{len(group) - len(shown)} more")
        if len(causes) > 1:
            yield from page.labelled("cause", (start + end.removeprefix("; ")).removesuffix(": "))
        yield from page.labelled("remedy", remedy)


def _common(causes: Sequence[str]) -> tuple[str, str]:
    """Return what several different causes share: their beginning up to a colon, as in `PostgreSQL does not accept the
    definition: `, and their last clauses, as in `; until it is repaired, …`."""
    if len(set(causes)) < 2:
        return "", ""
    starts = {f"{start}: " if colon else "" for start, colon, _ in (cause.partition(": ") for cause in causes)}
    start = starts.pop() if len(starts) == 1 else ""
    ends = [[f"; {clause}" for clause in cause.removeprefix(start).split("; ")[:0:-1]] for cause in causes]
    common = takewhile(lambda clauses: len(set(clauses)) == 1, zip(*ends, strict=False))
    return start, "".join(reversed([clauses[0] for clauses in common]))


def _reason(refusal: Refusal, cause: str, page: Page, *, with_table: bool) -> Iterator[str]:
    """Yield one of several refusals: its object, and its cause if the causes differ."""
    name = name_of(refusal.key) if refusal.key else ""
    if refusal.key and not with_table:
        name = name.removesuffix(f" on {refusal.key.table_name}")
    where = f" ({refusal.place})" if refusal.place else ""
    yield from page.prose(6, ": ".join(filter(None, (f"{name}{where}".strip(), cause))), first="    ·")
    yield from _evidence(refusal, page)


def _evidence(refusal: Refusal, page: Page) -> Iterator[str]:
    yield from server_lines(refusal.error, page)
    if refusal.finding:
        yield from _finding(refusal.finding, page)


def _finding(finding: Finding, page: Page) -> Iterator[str]:
    yield from server_lines(finding.error, page)
    yield from page.verbatim("samples", finding.samples.up_to(page.samples))
    if finding.error is None:  # otherwise, the query would fail as well
        yield from page.verbatim("see all", lines_of(f"{finding.guard.more};"))


def server_lines(error: ServerError | None, page: Page) -> Iterator[str]:
    """Yield the server's message of an error, if values may be shown."""
    if error is not None:
        yield from page.labelled("server", "\n".join(error.words.up_to(page.samples)))


def _cause(refusal: Refusal, page: Page) -> str:
    """Return the cause without the object, which is printed before it."""
    cause = refusal.cause.removeprefix(f"{refusal.key}: ")
    return cause if page.verbose else without_middle(cause)


def without_middle(text: str) -> str:
    """Return a long enumeration without its middle: `a, b, 37 more (listed with -v), z depend on it`."""
    parts = _PART.findall(text)
    if len(text) <= _LONGEST or "".join(parts) != text:
        return text
    first, last = 1, 1
    while first < len(parts) and len("".join(parts[: first + 1])) <= _HEAD:
        first += 1
    while last < len(parts) and len("".join(parts[-last - 1 :])) <= _TAIL:
        last += 1
    left = len(parts) - first - last
    if left < 2:
        return text
    return f"{''.join(parts[:first])}{left} more (listed with -v), {''.join(parts[-last:])}"
