"""The ids of the steps of a plan: what each step does, and to which object."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from reconciler.model.names import Key, display


class Verb(enum.StrEnum):
    """What a step does to its object.

    `begin`: on a partitioned table only. `swap`: the successor takes the name. `mark`: set the roles of an index.
    `move-back`: out of the archive.
    """

    ADD = "add"
    ALTER = "alter"
    ARCHIVE = "archive"
    ATTACH = "attach"
    BEGIN = "begin"
    BUILD = "build"
    COMMENT = "comment"
    CREATE = "create"
    DETACH = "detach"
    DROP = "drop"
    DUMP = "dump"
    LOAD = "load"
    MARK = "mark"
    MOVE = "move"
    MOVE_BACK = "move-back"
    REMOVE_INVALID = "remove-invalid"
    RENAME = "rename"
    REPAIR = "repair"
    REPLACE = "replace"
    RESTORE = "restore"
    SET_STATISTICS = "set-statistics"
    SWAP = "swap"
    VALIDATE = "validate"

    def of(self, key: Key, *, after: Key | None = None) -> StepId:
        """Return the id of the step that does this to an object."""
        return StepId(verb=self, key=key, after=after)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepId:
    """The id of a step, unique in its plan. It does not depend on the wording of any text for people.

    `after` is the object whose replacement makes the step necessary, if the plan could also have the step without
    it. `interim`: the step belongs to a change after which another change of the same object follows, or the change
    repeats the step later.
    """

    verb: Verb
    key: Key
    after: Key | None = None
    interim: bool = False

    @property
    def kind(self) -> str:
        return self.key.kind

    def __str__(self) -> str:
        """Return `build index public.wallets.idx_wallets_user_id`: the journal's `step_name`."""
        after = f" after {_text(self.after)}" if self.after else ""
        return f"{self.verb} {_text(self.key)}{after}{' interim' if self.interim else ''}"


def _text(key: Key) -> str:
    return f"{key.kind} {'.'.join(display(part) for part in (key.schema, key.table, key.name) if part)}"
