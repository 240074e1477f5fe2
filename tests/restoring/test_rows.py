"""Which run the rows are of."""

from __future__ import annotations

import pytest

from reconciler.model.errors import UsageError
from reconciler.model.names import Key, TableName
from reconciler.restoring.quarantined import QuarantinedRows
from reconciler.restoring.rows import _of_one_run

FIRST, SECOND = "6f2c1b9e-0000-4000-8000-000000000001", "6f2c1b9e-0000-4000-8000-000000000002"


def taken(*runs: str) -> QuarantinedRows:
    return QuarantinedRows(
        table=TableName(schema="reconcile_archive", name="q"),
        origin=Key(schema="public", table="orders", kind="foreign_key", name="orders_user_id_fkey"),
        pairs=(),
        run="6f2c",
        runs=runs,
    )


def test_the_beginning_of_an_id_must_match_one_run_only():
    assert [one.run for one in _of_one_run([taken(FIRST), taken(FIRST)], "6f2c")] == [FIRST, FIRST]
    assert _of_one_run([], "6f2c") == []
    with pytest.raises(UsageError, match="2 runs whose rows are quarantined begin with 6f2c"):
        _of_one_run([taken(FIRST), taken(SECOND)], "6f2c")
