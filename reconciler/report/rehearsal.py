"""A rehearsal in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.locks import LockClaim
from reconciler.model.rehearsal import LocksTaken, Rehearsal, RehearsalVerdict
from reconciler.report.wording import enumerate_words, plural

_HEADS = {
    RehearsalVerdict.PASSED: "Rehearsed",
    RehearsalVerdict.INCOMPLETE: "Rehearsed in part",
    RehearsalVerdict.FAILED: "The rehearsal failed",
}


def rehearsal_summary(one: Rehearsal) -> str:
    """Return `Rehearsed on PostgreSQL 18.6: 20 of 20 steps, locks as claimed, in sync afterwards.`"""
    facts = [f"{one.rehearsed:,} of {plural(one.steps, 'step')}"]
    if one.rehearsed:
        facts.append(
            f"{plural(len(one.differing), 'step')} took other locks" if one.differing else "locks as claimed"
        )
    if not one.failure:
        facts.append("not in sync afterwards" if one.remaining else "in sync afterwards")
    return f"{_HEADS[one.verdict]} on PostgreSQL {one.version}: {', '.join(facts)}."


def rehearsal_details(one: Rehearsal) -> Iterator[str]:
    """Yield what a reader of the summary must know as well, the worst first."""
    if one.failure:
        yield one.failure
    yield from (_locks(differing) for differing in one.differing)
    yield from (f"still to do afterwards: {what}" for what in one.remaining)
    yield from (f"not rehearsed: {left.what}: {left.why}" for left in one.left_out)
    yield from rows_and_version(one)


def rows_and_version(one: Rehearsal) -> Iterator[str]:
    """Yield what happened to made-up rows, and that the server has another version, if so."""
    yield from _rows(one)
    if one.of_another_version:
        yield (
            f"the plan is for PostgreSQL {one.planned_for}: its steps ran on a newer server, "
            "which may take other locks than that version"
        )


def _locks(one: LocksTaken) -> str:
    when = " first" if one.first else ""
    return f"{one.step}: claims{when} {listed(one.claimed)}, and took{when} {listed(one.taken)}"


def listed(locks: Sequence[LockClaim]) -> str:
    """Return `public.users SHARE and public.wallets ACCESS SHARE`."""
    return enumerate_words([f"{lock.table} {lock.mode.value}" for lock in locks]) or "no lock"


def _rows(one: Rehearsal) -> Iterator[str]:
    rows = one.rows
    if rows is None:
        return
    yield f"{plural(rows.made, 'made-up row')}; {plural(rows.rejected, 'row')} rejected by a constraint"
    if rows.empty:
        yield f"rehearsed empty: {', '.join(rows.empty)}"
