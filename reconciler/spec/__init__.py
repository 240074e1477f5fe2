"""YAML with line marks → desired state. Every problem of every file is found at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconciler.kinds.file.nodes import Node
from reconciler.model.errors import InvalidFile, Problem
from reconciler.model.garbage import collection_paused
from reconciler.model.state import DesiredState, Named
from reconciler.spec.advice import warnings_of
from reconciler.spec.document import read_document
from reconciler.spec.files import find_files, read_bytes
from reconciler.spec.marks import parse
from reconciler.spec.merge import merge
from reconciler.spec.outline import outlined
from reconciler.spec.schema import json_schema

__all__ = ["Parsed", "desired_of", "json_schema", "load", "names_in", "parse_files", "warnings_of"]


def load(paths: Sequence[str | Path]) -> DesiredState:
    """The desired state that the files, and the YAML files in the folders, at `paths` declare together.

    Raises `InvalidFile` with all problems, in file order, if there is any.
    """
    return desired_of(parse_files(paths))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Files as trees, by name; a file is None where nothing could be read. `problems` are what is wrong so far."""

    trees: Mapping[str, Node | None]
    problems: tuple[Problem, ...]


def parse_files(paths: Sequence[str | Path]) -> Parsed:
    """The first half of `load`: what stands in the files, without what it means. Raises nothing."""
    problems: list[Problem] = []
    with collection_paused():
        files = {file: _parse(file, problems) for file in find_files(paths, problems)}
    trees = {file: root for file, (root, readable) in files.items() if readable}
    return Parsed(trees=trees, problems=tuple(problems))


def desired_of(parsed: Parsed) -> DesiredState:
    """The second half of `load`. Raises `InvalidFile` with all problems of both."""
    problems = list(parsed.problems)
    with collection_paused():
        documents = [read_document(file, root, problems) for file, root in parsed.trees.items()]
        desired = merge(documents, problems)
    if problems:
        raise InvalidFile(_in_order(problems))
    return desired


def names_in(parsed: Parsed) -> Named:
    """The tables that the files seem to name. What `desired_of` says is what counts."""
    return outlined(parsed.trees.values())


def _parse(file: str, problems: list[Problem]) -> tuple[Node | None, bool]:
    """The tree of a file, and whether there is one, be it empty."""
    data = read_bytes(file, problems)
    if data is None:
        return None, False
    root, found = parse(file, data)
    problems += found
    # What follows a syntax error is unknown, and guessing at it would only add noise.
    return root, root is not None or not found


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Sorted by place, each once: an aliased value is read wherever it is used."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place is not None, p.place, p.rule, p.message))
