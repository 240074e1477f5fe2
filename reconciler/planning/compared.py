"""The input of the passes, which comparing produces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reconciler.model.names import is_temporary
from reconciler.model.options import Options
from reconciler.model.plan import JournalAt
from reconciler.model.server import Server
from reconciler.model.state import Absent, Declared, DesiredState, LiveState
from reconciler.planning.draft import Draft
from reconciler.planning.misspelled import Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both states and the outcome of comparing them. `gone` are the entries under `absent` that match no object,
    `suspicions` the entries that may be misspelled.
    `applying`: nothing is reported about the journal, which the run checks itself."""

    server: Server
    options: Options
    desired: DesiredState
    live: LiveState
    declared: Sequence[Declared]
    gone: Sequence[Absent]
    suspicions: Sequence[Suspicion]
    draft: Draft
    applying: bool

    @property
    def has_temporary_names(self) -> bool:
        """Whether an object has a name that a run may have left."""
        return any(is_temporary(key.name) for key in self.live.objects)

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing left to decide."""
        found = self.draft.changes or self.gone or self.suspicions or self.options.tables
        return not found and not self.has_temporary_names

    @property
    def journal(self) -> JournalAt:
        return JournalAt(schema=self.desired.policy.journal_schema, trusted_roles=self.options.trusted_roles)
