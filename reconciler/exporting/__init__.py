"""A live database → the YAML that a person would have written for it, and a list of what that leaves out."""

from __future__ import annotations

from reconciler.exporting.export import Export, make_export
from reconciler.exporting.files import Split

__all__ = ["Export", "Split", "make_export"]
