"""Applies a desired state for a rehearsal: the executor is that of `apply`, and its locks are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.execution.lock import run_lock
from reconciler.execution.result import ApplyResult
from reconciler.execution.run import RunExecution
from reconciler.model.clock import Clock
from reconciler.model.dumped import Dump
from reconciler.model.events import Listener
from reconciler.model.listening import fan_out
from reconciler.model.names import TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan, Refusal
from reconciler.model.step import LoadAction, Step
from reconciler.model.step_id import StepId
from reconciler.postgres.client_programs import Watching
from reconciler.postgres.data_checks import approved_checker
from reconciler.postgres.row_hash import row_hashes, table_state
from reconciler.postgres.session import Session
from reconciler.rehearsal.locks import PROBE, LockRecorder, recording_locks


class _NoFiles:
    """Stands in for dumps: a rehearsal writes and reads no file."""

    def objections(self, _session: Session, _plan: Plan) -> Sequence[Refusal]:
        return ()

    def dump(self, session: Session, table: TableName, _watching: Watching) -> Dump:
        hashes = row_hashes(session, table)
        return Dump(
            file="rehearsal.dump",
            sha256="0" * 64,
            bytes=0,
            rows=hashes.whole,
            stored=hashes.stored,
            columns=hashes.columns,
            state=table_state(session, table),
            owner="",
        )

    def load(self, _session: Session, _action: LoadAction, _watching: Watching) -> int:
        raise NotImplementedError("a restore is not rehearsed")


def apply_recorded(
    session: Session,
    plan: Plan,
    options: Options,
    *,
    clock: Clock,
    claimed: Mapping[StepId, Step],
    listeners: tuple[Listener, ...] = (),
) -> tuple[ApplyResult, LockRecorder]:
    """Apply a plan that was made on this session, which must have steps; return the result, and the recorder of its
    locks. `claimed` are the steps whose claims count in place of the plan's own."""
    with run_lock(session) as lock, recording_locks(session, claimed) as recorder:
        run = RunExecution(
            plan=plan,
            session=session,
            lock=lock,
            checker=approved_checker(options),
            emit=fan_out((*listeners, recorder)),
            clock=clock,
            probe=PROBE,
            files=_NoFiles(),
        )
        return run.carry_out(None), recorder
