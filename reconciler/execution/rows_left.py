"""Records how many rows keep objects NOT VALID, if an `apply` has nothing else to do."""

from __future__ import annotations

from reconciler.execution.journal import existing_journal
from reconciler.model.facts.journal import RowsLeftBefore
from reconciler.model.journal import migration_name
from reconciler.model.plan import Plan
from reconciler.postgres.facts.journal import rows_left_before
from reconciler.postgres.session import Session

_STEP = "rows-left"


def record_rows_left(session: Session, plan: Plan) -> None:
    """Add an entry if a number has changed since a run recorded it last. It belongs to no run: nothing was changed."""
    left = {one.key: one.rows_left.count for one in plan.notes if one.key and one.rows_left}
    asked = [RowsLeftBefore(journal=plan.journal, object=key) for key, count in left.items() if count is not None]
    recorded = rows_left_before(session, asked)
    if all(one is not None and one.count == left[question.object] for question, one in recorded.items()):
        return
    name = migration_name(plan.digest)
    journal = existing_journal(session, plan.journal, None, name, plan.lock_timeout)
    if journal is not None:
        journal.write(session, _STEP, "completed", metadata={"rows_left": plan.rows_left})
