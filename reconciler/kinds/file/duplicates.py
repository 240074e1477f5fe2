"""How the file says which of several rows with one key stays, and what happens to the others."""

from __future__ import annotations

from typing import Any, Final, cast

from reconciler.kinds.file.columns import Columns
from reconciler.kinds.file.described import Json
from reconciler.kinds.file.fields import Attribute, Record, Values
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading
from reconciler.kinds.file.readers import Choice
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.repair import REFUSED_ROWS, KeptRow, RowAction, RowPolicy

_EXAMPLE: Final = {"keep": "newest", "by": "updated_at", "others": "quarantine"}

_REFUSE: Final = Choice(values={"refuse": RowAction.REFUSE})

_FORM: Final = Record(
    {
        "keep": Attribute(
            reader=Choice(values={"newest": True, "oldest": False}),
            doc="Which row of a key stays: the one with the latest values of the columns `by`, or with the earliest "
            "ones. NULL is earlier than any value. Of equal rows, the one with the highest primary key stays for "
            "`newest`, with the lowest for `oldest`.",
            examples=("newest",),
        ),
        "by": Attribute(
            reader=Columns(),
            doc="The column, or a list of columns, that decides which row stays.",
            examples=("updated_at", ["updated_at", "version"]),
        ),
        "others": Attribute(
            reader=Choice(values={one.value: one for one in (RowAction.QUARANTINE, RowAction.DELETE)}),
            doc="What happens to the other rows. `quarantine`: they move to a table in `reconcile_archive`. `delete`: "
            "they are deleted without a copy.",
            examples=("quarantine",),
        ),
        "references": Attribute(
            reader=Choice(values={"refuse": False, "move": True}),
            doc="What happens if rows of other tables refer to the other rows. `refuse`: the plan is refused. `move`: "
            "they will refer to the row that stays.",
            default=False,
            examples=("move",),
        ),
    },
    what="a policy for duplicates",
)


class DuplicatePolicy:
    """The word `refuse`, or a mapping that says which row stays."""

    def read(self, node: Node, reading: Reading) -> RowPolicy | Invalid:
        if not isinstance(node, MappingNode):
            word: Any = _REFUSE.read(node, reading)
            return INVALID if word is INVALID else REFUSED_ROWS
        values = _FORM.read(node, reading)
        if not values.complete or values.unknown:
            return INVALID
        kept = KeptRow(newest=values["keep"], by=values["by"], moves_references=values["references"])
        return RowPolicy(action=values["others"], kept=kept)

    def write(self, value: Any, writing: Writing) -> Written:
        policy: RowPolicy = value
        if policy.kept is None:
            return _REFUSE.write(policy.action, writing)
        kept = policy.kept
        values = {"keep": kept.newest, "by": kept.by, "others": policy.action, "references": kept.moves_references}
        return _FORM.write(values, writing)

    def schema(self) -> Json:
        return {"anyOf": [_REFUSE.schema(), _FORM.schema()]}


def duplicates() -> Attribute:
    return Attribute(
        reader=DuplicatePolicy(),
        doc="What happens to rows with equal keys. `refuse`: the plan is refused. A mapping says which row of each key "
        "stays, and what happens to the others.",
        examples=(_EXAMPLE,),
        default=REFUSED_ROWS,
    )


def policy_for_duplicates(values: Values) -> RowPolicy:
    """Return what happens to rows with equal keys."""
    return cast(RowPolicy, values["duplicates"])
