"""A run that is killed at any step is finished by running it again, and the catalog is that of an undisturbed run."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import cycle
from pathlib import Path

import pytest

import reconciler
from reconciler.model.events import StepStarted
from reconciler.model.plan import ExecutionClass
from tests.cases.case import read_cases
from tests.execution.kills import Moment, kill_backend, kill_process
from tests.execution.support import (
    BROAD,
    EXAMPLE,
    Events,
    apply_all,
    assert_in_sync,
    broad_setup,
    catalog,
    load_example,
    steps_started,
)
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.ends  # about being killed

Kill = Callable[[Sequence[Path], str, Moment, Collection[str]], str | None]

PROCESS, BACKEND = (kill_process, Moment.BEFORE), (kill_backend, Moment.UNLOGGED)

# Each on one version only: a chain of some forty runs takes its time. What is true after a step is true before the
# next one, so there is no chain for Moment.AFTER.
_NEWER, _OLDER = pytest.mark.pg(">= 18"), pytest.mark.pg("< 18")
WAYS = [
    pytest.param(kill_process, Moment.BEFORE, marks=_NEWER),
    pytest.param(kill_process, Moment.WAITING, marks=_OLDER),
    pytest.param(kill_process, Moment.UNLOGGED, marks=_OLDER),
    pytest.param(kill_backend, Moment.WAITING, marks=_NEWER),
    pytest.param(kill_backend, Moment.UNLOGGED, marks=_NEWER),
]


def killed_again_and_again(database: Database, files: Sequence[Path], kill: Kill, moment: Moment) -> list[str]:
    """Run until nothing is left to do; each run is killed at the first step at which none was killed before."""
    hits: list[str] = []
    while (hit := kill(files, database.url, moment, hits)) is not None:
        hits.append(hit)
    return hits


def names_when_planned_anew(step: str) -> set[str]:
    """A comment that an interrupted run has not made is an alteration of the object in the next plan."""
    return {step, step.replace("comment on ", "alter ", 1)}


@pytest.mark.parametrize(("kill", "moment"), WAYS, ids=lambda one: getattr(one, "__name__", one))
def test_a_run_killed_at_each_step_converges(database: Database, kill: Kill, moment: Moment) -> None:
    broad_setup(database)
    converges(database, [BROAD / "kills.yaml"], kill, moment)


def converges(database: Database, files: Sequence[Path], kill: Kill, moment: Moment) -> None:
    state, events = reconciler.load(files), Events()
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    if moment is Moment.WAITING:
        steps = [step for step in steps if step.execution is ExecutionClass.CONCURRENT]
    hits = killed_again_and_again(database, files, kill, moment)
    missed = [step.id for step in steps if not names_when_planned_anew(step.id) & set(hits)]
    assert not missed
    assert_in_sync(state, database.url)
    assert catalog(database) == expected


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(
    "name",
    [
        *("check/not_enforced_change", "foreign_key/not_enforced_change", "foreign_key/period_change"),
        *(
            "primary_key/temporal_change",
            "primary_key/temporal_dependents",
            "unique/temporal_change",
            "exclusion/change",
        ),
    ],
)
def test_a_case_killed_at_each_step_converges(name: str, database: Database) -> None:
    case = next(case for case in read_cases() if case.name == name)
    database.execute(case.given)
    files, events = [case.folder / "schema.yaml"], Events()
    state = reconciler.load(files)
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    hits = killed_again_and_again(database, files, *BACKEND)
    missed = [step for step in steps_started(events) if not names_when_planned_anew(step) & set(hits)]
    assert not missed
    assert_in_sync(state, database.url)
    assert catalog(database) == expected


PARTITIONED = Path(__file__).parent / "partitioned"


@pytest.mark.parametrize(
    ("kill", "moment"),
    [
        pytest.param(kill_process, Moment.BEFORE, marks=_NEWER),
        pytest.param(kill_process, Moment.WAITING, marks=_OLDER),
        pytest.param(kill_backend, Moment.UNLOGGED, marks=_OLDER),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_partitions_killed_at_each_step_converge(database: Database, kill: Kill, moment: Moment) -> None:
    database.execute((PARTITIONED / "setup.sql").read_text())
    converges(database, [PARTITIONED / "schema.yaml"], kill, moment)


def the_example_killed(database: Database, stride: int, ways: Sequence[tuple[Kill, Moment]]) -> None:
    """Kill the example at every `stride`-th step, in these ways by turns, and compare with an undisturbed run."""
    load_example(database)
    files = [EXAMPLE]
    state, events = reconciler.load(files), Events()
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    steps = steps_started(events)
    chosen = steps[::stride]
    hits: list[str] = []
    for kill, moment in cycle(ways):
        spared = {*hits, *(step for step in steps if step not in chosen)}
        hit = kill(files, database.url, moment, spared)
        if hit is None:
            break
        hits.append(hit)
    assert hits == chosen
    assert_in_sync(state, database.url)
    assert catalog(database) == expected


@pytest.mark.pg(">= 18")
def test_the_example_killed_at_every_tenth_step_converges(database: Database) -> None:
    the_example_killed(database, 10, [PROCESS, BACKEND])


@pytest.mark.skipif(not NIGHTLY, reason="takes minutes: `make nightly` runs it")
@pytest.mark.parametrize("way", [PROCESS, BACKEND], ids=["process", "backend"])
@pytest.mark.pg(">= 18")
def test_the_example_killed_at_each_step_converges(database: Database, way: tuple[Kill, Moment]) -> None:
    the_example_killed(database, 1, [way])
