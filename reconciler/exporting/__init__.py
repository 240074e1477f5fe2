"""Exports a live database as the YAML that a person would write, with warnings about omitted objects."""

from __future__ import annotations

from reconciler.exporting.export import Export, make_export
from reconciler.exporting.files import Split

__all__ = ["Export", "Split", "make_export"]
