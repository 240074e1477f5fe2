"""Any objects of a table are exported, found in sync, and created from the file, in both directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, note
from hypothesis.strategies import SearchStrategy
from psycopg.conninfo import make_conninfo

import reconciler
from reconciler.exporting import make_export
from reconciler.model.state import DesiredState
from reconciler.planner import make_plan
from reconciler.postgres.session import Session, connect
from tests.property.example import Example
from tests.property.objects import State
from tests.property.parts import is_noise, missing, own, parts, with_default_name
from tests.property.profiles import profile
from tests.property.strategies import KINDS, TREES, examples
from tests.property.tables import SCHEMAS, quoted
from tests.property.vocabulary import LIBRARY
from tests.roundtrip.files import absent_file, complete_file, without_chosen_names
from tests.roundtrip.fingerprint import Connection, Entry, Identity, differences, read_fingerprint, read_relations
from tests.servers import Server

FOCUS: Mapping[str, Collection[str]] = {
    "keys": ("not_null", "primary_key", "unique"),
    "foreign keys": ("primary_key", "unique", "foreign_key"),
    "checks": ("check",),
    "indexes": ("index",),
    "exclusions": ("exclusion",),
    "statistics": ("statistics",),
    "marks": ("not_null", "primary_key", "unique", "index"),
    "everything": [kind for kind in KINDS if kind != "temporal"],
}
"""Kinds of objects on ordinary tables."""

TREE_FOCUS: Mapping[str, Collection[str]] = {
    "keys": ("not_null", "primary_key", "unique"),
    "foreign keys": ("unique", "foreign_key"),
    "rules": ("not_null", "check", "exclusion"),
    "indexes": ("index", "statistics"),
    "everything": FOCUS["everything"],
}
"""Kinds of objects on partitioned tables and on inheritance children."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A state as the catalog shows it."""

    own: dict[Identity, Entry]
    all: dict[Identity, Entry]
    parts: Counter[Entry]
    relations: object


class World:
    """A database in which examples are created and dropped, and a folder for their files."""

    def __init__(self, session: Session, connection: Connection, folder: Path) -> None:
        self.session = session
        self.connection = connection
        self.folder = folder
        self.named: Collection[str] = ()
        self.below: Collection[tuple[str, str]] = ()
        self.heirs: Collection[tuple[str, str]] = ()
        """The names of partitions' indexes of the current example, its partitions and children, and its children."""

    def build(self, example: Example, state: State) -> None:
        self.named = example.named_parts()
        below = [table for table in example.tables if table.above is not None]
        self.below = {(table.schema, table.name) for table in below}
        self.heirs = {(table.schema, table.name) for table in below if not table.is_partition}
        schemas = ", ".join(quoted(one) for one in (*SCHEMAS, "noise"))
        self.run(
            "SET client_min_messages = error",
            f"DROP SCHEMA IF EXISTS {schemas} CASCADE",
            *example.setup(),
            *state.create(self.session.server.major),
        )

    def run(self, *statements: str) -> None:
        # One round trip, so that no snapshot is older than a concurrent build.
        self.connection.execute(";\n".join(statements).encode())

    def entries(self) -> list[Entry]:
        return [one for one in read_fingerprint(self.connection, SCHEMAS).values() if not is_noise(one)]

    def fingerprint(self) -> dict[Identity, Entry]:
        return own(self.entries(), self.named, self.below)

    def photograph(self) -> Photo:
        found = self.entries()
        return Photo(
            own=own(found, self.named, self.below),
            all={one.identity: one for one in found},
            parts=parts(found, self.named),
            relations=read_relations(self.connection, SCHEMAS),
        )

    def noise(self) -> set[object]:
        found = read_fingerprint(self.connection, (*SCHEMAS, "noise")).values()
        kept = {one for one in found if is_noise(one) or one.schema == "noise"}
        return {*kept, *read_relations(self.connection, ["noise"])}

    def export(self) -> str:
        found = make_export(self.session, schemas=SCHEMAS)
        assert found.warnings == ()
        return found.files["schema.yaml"]

    def load(self, *texts: str) -> DesiredState:
        paths = []
        for number, text in enumerate(texts):
            paths.append(self.folder / f"{number}.yaml")
            paths[-1].write_text(text, encoding="utf-8")
        return reconciler.load(paths)

    def assert_in_sync(self, *texts: str) -> None:
        plan = make_plan(self.session, self.load(*texts))
        assert not plan.refusals, [refusal.cause for refusal in plan.refusals]
        assert not plan.routes, [
            (str(route.change), route.change.before, route.change.after) for route in plan.routes
        ]

    def turn_into(self, text: str, photo: Photo) -> None:
        """Apply an exported file, with additions for unmanaged attributes, and compare the result with the source."""
        before, wanted = self.fingerprint(), photo.own
        text = without_chosen_names(text, self.named)
        texts = complete_file(text, before, wanted), absent_file(before, photo.all)
        note(f"-- the files\n{texts[0]}\n{texts[1]}")
        result = reconciler.apply(
            self.load(*texts), make_conninfo("", **self.session.parameters), approve=lambda _: True
        )
        assert not result.plan.refusals, [f"{one.rule}: {one.cause}" for one in result.plan.refusals]
        assert result.error is None, result.message
        kept = {
            identity: one if identity in before else with_default_name(one, wanted.get(identity))
            for identity, one in self.fingerprint().items()
            if identity in {*wanted, *before} or not self.is_left(one)
        }
        found = list(differences(self.connection, wanted, kept, before))
        assert not found, "\n".join(found)
        self.assert_in_sync(*texts)

    def is_left(self, one: Entry) -> bool:
        """Return whether it is a not-null that a table may have kept from its former parent."""
        return one.what == "not_null" and (one.schema, one.table) in self.below

    def counted(self, parts: Counter[Entry]) -> int:
        """Return the number of objects, without not-nulls of children, which may come from a table that kept one."""
        return sum(
            number
            for one, number in parts.items()
            if one.what != "not_null" or (one.schema, one.table) not in self.heirs
        )


@contextmanager
def world(server: Server, folder: Path) -> Iterator[World]:
    with server.database() as database:
        database.execute(LIBRARY)
        looking = database.connect(options="-c search_path=pg_catalog")
        with looking as connection, connect(database.url) as session:
            yield World(session, connection, folder)


def play(server: Server, folder: Path, strategy: SearchStrategy[Example], *, each_change: int) -> None:
    with world(server, folder) as one:

        @profile(each_change)
        @given(strategy)
        def there_and_back_again(example: Example) -> None:
            round_trip(one, example)

        there_and_back_again()


@pytest.mark.ends
@pytest.mark.newest_by_day
@pytest.mark.parametrize("focus", FOCUS)
def test_there_and_back_again(server: Server, focus: str, tmp_path: Path) -> None:
    play(server, tmp_path, examples(server.major, FOCUS[focus]), each_change=3)


@pytest.mark.ends
@pytest.mark.parametrize("focus", TREE_FOCUS)
@pytest.mark.parametrize("tree", TREES)
def test_trees_there_and_back_again(server: Server, tree: str, focus: str, tmp_path: Path) -> None:
    play(server, tmp_path, examples(server.major, TREE_FOCUS[focus], tree), each_change=2)


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("tree", [None, *TREES])
def test_temporal_keys_there_and_back_again(server: Server, tree: str | None, tmp_path: Path) -> None:
    kinds = ("not_null", "temporal", "unique", "foreign_key")
    play(server, tmp_path, examples(server.major, kinds, tree), each_change=2)


def round_trip(world: World, example: Example) -> None:
    for state in (example.b, example.a):
        world.build(example, state)
        text, photo = world.export(), world.photograph()
        world.assert_in_sync(text)
        if state is example.b:
            b, b_text = photo, text
        else:
            a, a_text = photo, text
    world.run(*example.noise_sql())
    noise = world.noise()
    for wanted, text in ((b, b_text), (a, a_text)):
        world.turn_into(text, wanted)
        found = world.photograph()
        assert found.relations == wanted.relations
        lost = missing(wanted.parts, found.parts)
        assert not lost, f"lost {lost}; found {found.parts - wanted.parts}"
        assert world.counted(found.parts) == world.counted(wanted.parts), f"extra {found.parts - wanted.parts}"
        assert world.noise() ^ noise == set()
