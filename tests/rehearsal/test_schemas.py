"""Plans of real schemas are rehearsed as they are planned. `RECONCILE_TEST_SCHEMAS` names a folder of their dumps."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.model.rehearsal import RehearsalVerdict
from tests.servers import NIGHTLY, Server
from tests.snapshots.test_schemas import DROP, DUMPS, WIPED, load

TRUSTED = Options(trust_file=True)


@pytest.mark.pg(">= 18")
@pytest.mark.skipif(
    not DUMPS or not NIGHTLY, reason="RECONCILE_TEST_SCHEMAS names no folder of dumps, or it is day"
)
@pytest.mark.parametrize(("dropped", "rows"), [(20, 20), (WIPED, 0)], ids=["some", "all"])
@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_plans_of_real_schemas_pass(dump: Path, dropped: int, rows: int, server: Server, tmp_path: Path) -> None:
    """With some objects missing and made-up rows, and with all objects missing. Expressions call functions of the
    schemas."""
    with server.database() as database:
        load(database, dump)
        for path, text in reconciler.export(database.url).files.items():
            (tmp_path / path).write_text(text)
        desired = reconciler.load([tmp_path])
        database.execute(DROP.format(count=dropped))
        plan = reconciler.plan(desired, database.url, options=TRUSTED)
        rehearsal = reconciler.rehearse(plan, desired, database.url, options=TRUSTED, rows=rows)
    assert len(plan.routes) >= 20
    assert (rehearsal.verdict, rehearsal.rehearsed) == (RehearsalVerdict.PASSED, len(plan.steps)), rehearsal
    print(f"\n{dump.stem}: {rehearsal.rehearsed} of {rehearsal.steps} steps, {rehearsal.rows}")
