"""What a rule of the platform's policy is: its parameters, and a pure function that finds violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reconciler.kinds.file.fields import Attribute
from reconciler.model.definition import Definition
from reconciler.model.names import Key, Place, TableName
from reconciler.model.plan import TableSize
from reconciler.model.route import Route
from reconciler.model.rules.rule import Rule
from reconciler.model.state import DesiredState


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What the policy judges: the file, and the plan for a database.

    `target` holds all objects that exist when the plan is done, on the tables that the file names; None: no database
    was read, so that only rules about the file apply. `sizes` are those of the tables that steps lock. `restricted`:
    the plan is for some tables of the file only.
    """

    desired: DesiredState
    target: Mapping[Key, Definition] | None = None
    routes: Sequence[Route] = ()
    sizes: Mapping[TableName, TableSize] = field(default_factory=dict)
    restricted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One violation of a rule, without the rule: the policy file gives its severity."""

    key: Key | None
    place: Place | None
    cause: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule:
    """A rule that a policy file can set. `parameters` are its own keys there. `of_file`: the file alone decides, so
    that `validate` applies the rule. `check` takes the values of the parameters."""

    rule: Rule
    parameters: Mapping[str, Attribute]
    check: Callable[[Subject, Mapping[str, Any]], Iterator[Found]]
    of_file: bool = False
