"""Tablespaces that a plan needs and that do not exist or cannot hold relations of a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reconciler.model.change import Change
from reconciler.model.facts import Answers
from reconciler.model.facts.dependents import Tablespaces
from reconciler.model.names import Key, display
from reconciler.model.plan import Refusal
from reconciler.model.rules.objects import MISSING_TABLESPACE
from reconciler.model.state import Declared
from reconciler.planning.refusals import suggestion

_SHARED = "pg_global"
"""It holds only objects that all databases share."""


def missing_tablespaces(
    answers: Answers, changes: Sequence[Change], declared: Mapping[Key, Declared]
) -> Iterator[Refusal]:
    """Return a refusal for each new object whose tablespace does not exist, or cannot hold indexes."""
    wanted = [(change, name) for change in changes if isinstance(name := _tablespace(change), str)]
    if not wanted:
        return
    known = answers[Tablespaces()]
    for change, name in wanted:
        if name in known and name != _SHARED:
            continue
        one = declared.get(change.key)
        cause = "holds only objects that all databases share" if name == _SHARED else "does not exist"
        yield Refusal(
            rule=MISSING_TABLESPACE,
            key=change.key,
            place=one.place_of("tablespace") if one else change.place,
            cause=f"tablespace {display(name)} {cause}",
            remedy="create it, or correct its name in the file"
            + suggestion(name, [one for one in known if one != _SHARED]),
        )


def _tablespace(change: Change) -> object:
    """Return the tablespace that the object will get; None if it is not moved."""
    before, after = (None if one is None else one.index_tablespace() for one in (change.before, change.after))
    return None if after == before else after
