"""YAML with places → desired state. All problems of all files are reported at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reconciler.model.errors import InvalidFile, Problem, Problems
from reconciler.model.state import DesiredState, Named
from reconciler.spec.advice import warnings_of
from reconciler.spec.document import read_document
from reconciler.spec.exemptions import read_exemptions
from reconciler.spec.files import find_files, read_bytes
from reconciler.spec.merge import merge
from reconciler.spec.opening import MAX_BYTES
from reconciler.spec.outline import outlined
from reconciler.spec.parse import Budget, parse
from reconciler.spec.schema import json_schema

__all__ = ["Files", "desired_of", "json_schema", "load", "outline_of", "read_files", "warnings_of"]


def load(paths: Sequence[str | Path], *, follow: bool = False) -> DesiredState:
    """Return the desired state that the files, and the YAML files in the folders, at `paths` declare together.

    With `follow`, a path may be a link, a pipe or a device. Raise `InvalidFile` with all problems, in file order,
    if there are any.
    """
    return desired_of(read_files(paths, follow=follow))


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The bytes of files, by name. `problems` are those of files that cannot be read."""

    data: Mapping[str, bytes]
    problems: Problems


def read_files(paths: Sequence[str | Path], *, follow: bool = False) -> Files:
    """Do the first step of `load`: read the bytes of the files. This raises nothing."""
    problems = Problems()
    data: dict[str, bytes] = {}
    left = MAX_BYTES
    for file in find_files(paths, problems, follow=follow):
        found = read_bytes(file, problems, limit=left)
        if found is not None:
            data[file.name] = found
            left -= len(found)
    return Files(data=data, problems=problems)


def desired_of(files: Files) -> DesiredState:
    """Do the other steps of `load`: read the files' content. Raise `InvalidFile` with all problems."""
    problems = Problems(files.problems)
    budget = Budget()
    documents = []
    for file, data in files.data.items():
        root, found = parse(file, data, budget)
        problems += found
        # The content after a syntax error is unknown; guesses about it would only add misleading problems.
        if root is not None or not found:
            documents.append(read_document(file, root, problems))
            documents[-1].exemptions += read_exemptions(file, data, problems)
    desired = merge(documents, problems)
    if problems:
        raise InvalidFile(_in_order(problems), problems.left_out, readable=desired)
    return desired


def outline_of(files: Files) -> Named:
    """Return the tables that the files seem to name. The result of `desired_of` decides."""
    return outlined(data.decode(errors="replace") for data in files.data.values())


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Sort the problems by place, without repetition: an aliased value is read wherever it is used."""
    return sorted(dict.fromkeys(problems), key=lambda p: (p.place is not None, p.place, p.rule, p.message))
