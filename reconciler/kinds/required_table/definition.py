"""A required table: it must exist. Its columns belong to the tool that migrates it."""

from __future__ import annotations

from dataclasses import dataclass

from reconciler.model.definition import Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredTable(Definition):
    """The table exists. It has no attributes of its own."""
