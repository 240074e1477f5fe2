"""The live state of further tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.model.facts.state import StateOf
from reconciler.model.state import LiveState, Named
from reconciler.postgres.catalog import read_named
from reconciler.postgres.session import Session


def states_of(session: Session, asked: Sequence[StateOf]) -> Mapping[StateOf, LiveState]:
    """Return the live states. All tables are read at once, so the answers are the same."""
    named = Named(tables=frozenset(one.table for one in asked), dropped=frozenset())
    return dict.fromkeys(asked, read_named(session, named))
