"""Whatever stands on a table: it is exported, found in sync, and rebuilt from the file, there and back again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, note

import reconciler
from reconciler.exporting import make_export
from reconciler.model.state import DesiredState
from reconciler.planning import make_plan
from reconciler.postgres.session import Session, connect
from tests.property.objects import SCHEMAS, Example, State, quoted
from tests.property.profiles import profile
from tests.property.strategies import KINDS, examples
from tests.property.vocabulary import LIBRARY
from tests.roundtrip.files import absent_file, complete_file
from tests.roundtrip.fingerprint import Connection, Entry, Identity, differences, read_fingerprint, read_relations
from tests.servers import Server

FOCUS = {
    "keys": ("not_null", "primary_key", "unique"),
    "foreign keys": ("primary_key", "unique", "foreign_key"),
    "checks": ("check",),
    "indexes": ("index",),
    "exclusions": ("exclusion",),
    "marks": ("not_null", "primary_key", "unique", "index"),
    "everything": KINDS,
}


class World:
    """A database in which examples come and go, and a folder for their files."""

    def __init__(self, session: Session, connection: Connection, folder: Path) -> None:
        self.session = session
        self.connection = connection
        self.folder = folder

    def build(self, example: Example, state: State) -> None:
        schemas = ", ".join(quoted(one) for one in (*SCHEMAS, "noise"))
        self.run(
            "SET client_min_messages = error",
            f"DROP SCHEMA IF EXISTS {schemas} CASCADE",
            *example.setup(),
            *state.create(self.session.server.major),
        )

    def run(self, *statements: str) -> None:
        # One round trip, and no snapshot that is older than a concurrent build.
        self.connection.execute(";\n".join(statements).encode())

    def fingerprint(self) -> dict[Identity, Entry]:
        found = read_fingerprint(self.connection, SCHEMAS)
        return {identity: one for identity, one in found.items() if not one.name.startswith("noise_")}

    def noise(self) -> object:
        found = read_fingerprint(self.connection, (*SCHEMAS, "noise")).items()
        kept = {identity: one for identity, one in found if one.name.startswith("noise_") or one.schema == "noise"}
        return kept, read_relations(self.connection, ["noise"])

    def relations(self) -> object:
        return read_relations(self.connection, SCHEMAS)

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

    def turn_into(self, text: str, wanted: dict[Identity, Entry]) -> None:
        """Apply an exported file, to which is added what it leaves open, and compare with what it was exported from."""
        before = self.fingerprint()
        texts = complete_file(text, before, wanted), absent_file(before, wanted)
        note(f"-- the files\n{texts[0]}\n{texts[1]}")
        result = reconciler.apply(self.load(*texts), self.session.url, approve=lambda _: True)
        assert not result.plan.refusals, [f"{one.rule}: {one.cause}" for one in result.plan.refusals]
        assert result.error is None, result.message
        found = list(differences(self.connection, wanted, self.fingerprint(), before))
        assert not found, "\n".join(found)
        self.assert_in_sync(*texts)


@contextmanager
def world(server: Server, folder: Path) -> Iterator[World]:
    with server.database() as database:
        database.execute(LIBRARY)
        looking = database.connect(options="-c search_path=pg_catalog")
        with looking as connection, connect(database.url) as session:
            yield World(session, connection, folder)


@pytest.mark.ends
@pytest.mark.parametrize("focus", FOCUS)
def test_there_and_back_again(server: Server, focus: str, tmp_path: Path) -> None:
    with world(server, tmp_path) as one:

        @profile(each_change=16, each_night=600)
        @given(examples(server.major, FOCUS[focus]))
        def there_and_back_again(example: Example) -> None:
            round_trip(one, example)

        there_and_back_again()


def round_trip(world: World, example: Example) -> None:
    for state in (example.b, example.a):
        world.build(example, state)
        text, fingerprint, relations = world.export(), world.fingerprint(), world.relations()
        world.assert_in_sync(text)
        if state is example.b:
            b, b_text, b_relations = fingerprint, text, relations
        else:
            a, a_text, a_relations = fingerprint, text, relations
    world.run(*example.noise_sql())
    noise = world.noise()
    world.turn_into(b_text, b)
    assert world.relations() == b_relations
    assert world.noise() == noise
    world.turn_into(a_text, a)
    assert world.relations() == a_relations
    assert world.noise() == noise
