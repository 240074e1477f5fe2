"""Foreign keys that hang on an index which is about to go.

PostgreSQL moves a foreign key to no other index, and a second one beside it would hang on the old index again: of equal
indexes it takes the oldest. So they are dropped, the index goes, and they are added again, all in one short
transaction. Added NOT VALID they are enforced for new and changed rows at once, so there is no moment without them; the
rows that are there are looked at again afterwards, without a strong lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reconciler.kinds.foreign_key.definition import ForeignKey
from reconciler.kinds.foreign_key.route import ROUTER, TRAITS
from reconciler.kinds.sql import ddl
from reconciler.kinds.sql.routing import RouteBuilder, Surroundings
from reconciler.kinds.sql.validated_constraint import add_unchecked, validate_step
from reconciler.model.change import Change
from reconciler.model.definition import Definition
from reconciler.model.hazards import FOREIGN_KEY_READDED, Hazard
from reconciler.model.locks import LockMode
from reconciler.model.names import Key, TableName
from reconciler.model.plan import Expected, Route, Statement, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependents:
    """The foreign keys that a change of `key` takes along, by their keys, as they are and are to stay."""

    key: Key
    foreign_keys: Mapping[Key, ForeignKey]

    def __bool__(self) -> bool:
        return bool(self.foreign_keys)

    @property
    def live(self) -> Mapping[Key, Definition]:
        return self.foreign_keys

    @property
    def unchecked(self) -> Mapping[Key, Definition]:
        """As they are right after the swap."""
        return {key: replace(one, validated=False) for key, one in self.foreign_keys.items()}

    def swap(
        self, step_id: str, title: str, statements: Sequence[Statement], partitions: Sequence[TableName] = ()
    ) -> Step:
        """One transaction in which they go, `statements` change the index, and they come back. Locks it all.

        `partitions` are those of its table.
        """
        tables = (self.key.table_name, *partitions)
        return self.around(ddl.brief(step_id, title, statements, ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables)))

    def around(self, step: Step) -> Step:
        """A step that locks the index's table, with the foreign keys gone before it and back after it."""
        tables = (claim.table for claim in step.locks)
        return replace(
            step,
            title=f"{step.title}{self._aside()}",
            statements=(*self._drops(), *step.statements, *self._adds()),
            locks=ddl.claims(LockMode.ACCESS_EXCLUSIVE, *tables, *(key.table_name for key in self.foreign_keys)),
            hazards=(
                *step.hazards,
                *(
                    Hazard(kind=FOREIGN_KEY_READDED, detail=f"{key} hangs on {self.key}")
                    for key in self.foreign_keys
                ),
            ),
        )

    def validate(self, builder: RouteBuilder, around: Surroundings) -> RouteBuilder:
        """Steps that make those valid again which were."""
        for key, one in self.foreign_keys.items():
            if one.validated:
                step = replace(
                    validate_step(TRAITS, key, one, around), id=f"validate {key} again, after {self.key}"
                )
                builder.then(step, f"{key} valid again", {key: one})
        return builder

    def _aside(self) -> str:
        count = len(self.foreign_keys)
        if count == 0:
            return ""
        return f", and add {count} foreign key{'' if count == 1 else 's'} again, not valid yet"

    def _drops(self) -> list[Statement]:
        return [ddl.drop_constraint(key.table_name, key.name) for key in self.foreign_keys]

    def _adds(self) -> list[Statement]:
        statements = []
        for key, one in self.foreign_keys.items():
            statements.append(add_unchecked(TRAITS, key, one))
            if one.comment is not None:
                statements.append(ddl.comment_on_constraint(key.table_name, key.name, one.comment))
        return statements


def dependents_of(change: Change) -> Dependents:
    """What hangs on the index that a change takes away; mostly nothing."""
    found = {key: one for key, one in sorted(change.dependents.items()) if isinstance(one, ForeignKey)}
    return Dependents(key=change.key, foreign_keys=found)


def moves_of(change: Change, around: Surroundings) -> list[Route]:
    """The routes of the foreign keys that move to the columns of the new index: complete before the old one goes."""
    return [ROUTER.route(one, around) for one in change.companions]


def beginning(routes: Sequence[Route]) -> Mapping[Key, Expected]:
    """The objects of the routes, as all of them begin."""
    return {key: expected for route in routes for key, expected in route.states[0].objects.items()}
