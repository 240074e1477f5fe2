"""Quarantined rows with the table to which they go back, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reconciler.model.errors import UsageError
from reconciler.model.options import several
from reconciler.model.plan import JournalAt
from reconciler.model.repair import NOT_READ
from reconciler.model.rules.runs import UNKNOWN_RUN
from reconciler.model.state import Policy
from reconciler.postgres.session import Session
from reconciler.restoring.former import Oids, recorded_oids, runs_before
from reconciler.restoring.home import HomeTable, home_of
from reconciler.restoring.misfits import Misfit
from reconciler.restoring.quarantined import NOT_PLAIN, QuarantinedRows, find_quarantined


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """Quarantined rows, and the table to which they go back; None if it does not exist. `former` are the runs that took
    rows of a former table of this name. `obstacle` is the reason why none of them can be moved."""

    rows: QuarantinedRows
    home: HomeTable | None
    former: tuple[str, ...] = ()

    @property
    def obstacle(self) -> str | None:
        if not self.rows.plain:
            return NOT_PLAIN
        if self.rows.count is None:
            return NOT_READ
        if self.rows.was_in is None:
            return "the quarantine does not say in which table they were"
        if self.home is None:
            return "the table does not exist"
        if self.former:
            runs = f"run{'' if len(self.former) == 1 else 's'} {', '.join(self.former)}"
            others = "; use --run to restore those of other runs" if set(self.rows.runs) - set(self.former) else ""
            return f"another table has this name since {runs} took rows of the former one{others}"
        return self.home.obstacle or self._not_found(self.home)

    def _not_found(self, home: HomeTable) -> str | None:
        """Return why no changed row can be found; None for whole rows."""
        if not self.rows.written:
            return None
        if not home.key:
            again = ": once it has the key, the same command brings them back" if self.rows.identified else ""
            return f"the table has no primary key by which the rows could be found{again}"
        return None if self.rows.identified else "no primary key identified the rows when they were changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredRows:
    """What became of the rows of a candidate: the number that was moved, and those that do not fit."""

    candidate: Quarantined
    moved: int
    misfits: tuple[Misfit, ...]

    @property
    def left(self) -> int:
        return sum(one.count for one in self.misfits)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineOptions:
    """Which rows to bring back, and how.

    `name` is that of a quarantine table or of the table whose rows they are, `run` the id of the run that took them, or
    the beginning of it.
    `allow` are accepted hazards. `samples` is the number of keys to read of the rows that do not fit.
    """

    name: str | None = None
    run: str | None = None
    allow: frozenset[str] = frozenset()
    trusted_roles: frozenset[str] = frozenset()
    samples: int = 0
    policy: Policy = field(default_factory=Policy)

    def __post_init__(self) -> None:
        object.__setattr__(self, "allow", frozenset(several(self.allow)))
        object.__setattr__(self, "trusted_roles", frozenset(several(self.trusted_roles)))


def quarantined_rows(session: Session, options: QuarantineOptions) -> list[Quarantined]:
    """Return the rows that are quarantined.

    Raises `UsageError` if more than one run begins with `options.run`.
    """
    found = find_quarantined(session, options.name, options.run)
    if options.run is not None:
        found = _of_one_run(found, options.run)
    at = JournalAt(schema=options.policy.journal_schema, trusted_roles=options.trusted_roles)
    known = recorded_oids(session, at, sorted({run for one in found for run in one.runs}))
    return [_with_home(session, one, known) for one in found]


def last_taken_first(found: Iterable[Quarantined]) -> list[Quarantined]:
    """Return the rows in the reverse order of the repairs: what a later repair made of a row is what an earlier one
    left plus its own changes. Without times, whole rows come first: others may be changes of them."""
    whole_first = sorted(found, key=lambda one: bool(one.rows.written))
    return sorted(whole_first, key=lambda one: one.rows.since.timestamp() if one.rows.since else 0.0, reverse=True)


def _with_home(session: Session, found: QuarantinedRows, known: Oids) -> Quarantined:
    home = None if found.was_in is None else home_of(session, found)
    former = () if home is None else runs_before(home.name, home.oid, found.runs, known)
    return Quarantined(rows=found, home=home, former=former)


def _of_one_run(found: Sequence[QuarantinedRows], beginning: str) -> list[QuarantinedRows]:
    """Return the rows with the whole id of their run."""
    runs = sorted({run for one in found for run in one.runs})
    if len(runs) > 1:
        raise UsageError(
            f"{len(runs)} runs whose rows are quarantined begin with {beginning}: {', '.join(runs)}",
            rule=UNKNOWN_RUN,
            hint="give the whole id of one of them",
        )
    return [replace(one, run=runs[0] if runs else beginning) for one in found]
