"""Chooses names in the archive when a step runs: the names that a table already has there, else the first free ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from reconciler.model.bound import BoundName, free_number
from reconciler.model.definition import Definition
from reconciler.model.errors import Refused
from reconciler.model.names import Key
from reconciler.model.rules.objects import NAME_TAKEN
from reconciler.model.step import Step
from reconciler.postgres.archive import names_with
from reconciler.postgres.session import Session

Bind = Callable[[BoundName], str]


def bound_names(step: Step) -> Iterator[BoundName]:
    """Yield every bound name in the statements of a step, its guards and its alternatives."""
    for statement in (*step.action.statements, *(guard.count for guard in step.guards)):
        yield from statement.names
    for one in step.otherwise:
        yield from bound_names(one)


def binder(session: Session, step: Step, schema: str, stamp: str, live: Mapping[Key, Definition]) -> Bind:
    """Return a function that gives the current value of each bound name of the step.

    `schema` is the original schema of the table, `live` the live state of the route's objects. No other run can take a
    name in between, because only one run at a time has the lock.
    """
    names = tuple(dict.fromkeys(bound_names(step)))
    if not names:
        return str
    present = {old: new for one in live.values() for old, new in one.names_in_archive().items()}
    if not present:
        present = dict(_chosen(names, stamp, set(names_with(session, stamp, schema))))
    return lambda name: present[name.original]


def _chosen(names: Iterable[BoundName], stamp: str, taken: set[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        number = free_number(name, stamp, taken)
        if number is None:
            raise Refused(
                f"all names for {name} in the archive are taken",
                rule=NAME_TAKEN,
                hint="wait a second and run the same command again, or drop archived tables that are no longer needed",
            )
        chosen = name.at(stamp, number)
        taken.update((chosen, f"_{chosen}"))
        yield name.original, chosen
