"""A run that is killed at any step is finished by running it again, with the catalog of an uninterrupted run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import reconciler
from reconciler.model.events import StepStarted
from tests.cases.case import read_cases
from tests.execution.kills import STRIDE, Kill, Moment, kill_again_and_again, kill_backend, kill_process
from tests.execution.support import (
    BROAD,
    EXAMPLE,
    Events,
    apply_all,
    assert_in_sync,
    broad_setup,
    catalog,
    load_example,
)
from tests.servers import NIGHTLY, Database

pytestmark = pytest.mark.ends  # about being killed

PROCESS, BACKEND = (kill_process, Moment.BEFORE), (kill_backend, Moment.UNLOGGED)

# Each on one version only, because a chain of about forty runs takes long. The state after a step is the state before
# the next one, so there is no chain for Moment.AFTER.
_NEWER, _OLDER = pytest.mark.pg(">= 18"), pytest.mark.pg("< 18")
WAYS = [
    pytest.param(kill_process, Moment.BEFORE, marks=_NEWER),
    pytest.param(kill_process, Moment.WAITING, marks=_OLDER),
    pytest.param(kill_backend, Moment.UNLOGGED, marks=_NEWER),
]
if NIGHTLY:
    WAYS += [
        pytest.param(kill_process, Moment.UNLOGGED, marks=_OLDER),
        pytest.param(kill_backend, Moment.WAITING, marks=_NEWER),
    ]


@pytest.mark.parametrize(("kill", "moment"), WAYS, ids=lambda one: getattr(one, "__name__", one))
def test_a_run_killed_at_each_step_converges(database: Database, kill: Kill, moment: Moment) -> None:
    broad_setup(database)
    converges(database, [BROAD / "kills.yaml"], kill, moment)


def converges(
    database: Database, files: Sequence[Path], kill: Kill, moment: Moment, *, stride: int = STRIDE
) -> None:
    state, events = reconciler.load(files), Events()
    with database.copy() as undisturbed:
        apply_all(state, undisturbed.url, events)
        expected = catalog(undisturbed)
    steps = [event.step for event in events.of(StepStarted)]
    kill_again_and_again(kill, files, database.url, moment, steps, stride)
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
            "statistics/schemas_swapped",
        ),
    ],
)
def test_a_case_killed_at_each_step_converges(name: str, database: Database) -> None:
    case = next(case for case in read_cases() if case.name == name)
    database.execute(case.given)
    converges(database, [case.folder / "schema.yaml"], *BACKEND)


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


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize(("kill", "moment"), [PROCESS, BACKEND] if NIGHTLY else [PROCESS])
def test_the_example_killed_at_many_steps_converges(database: Database, kill: Kill, moment: Moment) -> None:
    load_example(database)
    converges(database, [EXAMPLE], kill, moment, stride=1 if NIGHTLY else 20)
