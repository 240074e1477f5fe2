"""YAML with line marks → desired state. Every problem of every file is found at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reconciler.model.errors import InvalidFile, Problem
from reconciler.model.garbage import collection_paused
from reconciler.model.state import DesiredState
from reconciler.spec.advice import warnings_of
from reconciler.spec.document import Document, read_document
from reconciler.spec.files import find_files, read_bytes
from reconciler.spec.marks import parse
from reconciler.spec.merge import merge
from reconciler.spec.schema import json_schema

__all__ = ["json_schema", "load", "warnings_of"]


def load(paths: Sequence[str | Path]) -> DesiredState:
    """The desired state that the files, and the YAML files in the folders, at `paths` declare together.

    Raises `InvalidFile` with all problems, in file order, if there is any.
    """
    problems: list[Problem] = []
    with collection_paused():
        documents = [document for file in find_files(paths, problems) if (document := _read(file, problems))]
        desired = merge(documents, problems)
    if problems:
        raise InvalidFile(_in_order(problems))
    return desired


def _read(file: str, problems: list[Problem]) -> Document | None:
    data = read_bytes(file, problems)
    if data is None:
        return None
    root, found = parse(file, data)
    problems += found
    # What follows a syntax error is unknown, and guessing at it would only add noise.
    return None if root is None and found else read_document(file, root, problems)


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Sorted by place, each once: an aliased value is read wherever it is used."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place is not None, p.place, p.rule, p.message))
