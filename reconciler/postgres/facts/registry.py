"""Which function answers which question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reconciler.model.facts import Question
from reconciler.model.facts.names import WhatHasNames
from reconciler.model.facts.references import IndexesOfReferences
from reconciler.postgres.facts.names import what_has_names
from reconciler.postgres.facts.references import indexes_of_references
from reconciler.postgres.session import Session

ANSWERS: Mapping[type[Question[Any]], Callable[[Session, Any], Any]] = {
    WhatHasNames: what_has_names,
    IndexesOfReferences: indexes_of_references,
}
