"""Whole databases are changed into one another and back, by `export`, `absent` and `apply`.

Objects change their table, their kind or their parent, and not only their definition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml

import reconciler
from reconciler.model.state import DesiredState
from tests.conftest import fits
from tests.roundtrip.files import absent_file, complete_file
from tests.roundtrip.fingerprint import Entry, Identity, differences, read_fingerprint
from tests.servers import Database, Server

SCHEMA = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    name: str
    given: str
    old: str
    new: str
    refused: str | None = None
    back: str | None = None
    pg: tuple[str, ...] = ()


def read_transitions() -> Iterator[Transition]:
    path = Path(__file__).parent / "transitions.yaml"
    for name, said in yaml.safe_load(path.read_text(encoding="utf-8"))["transitions"].items():
        yield Transition(name=name, **{**said, "pg": tuple(said.get("pg", ()))})


@pytest.mark.ends
@pytest.mark.newest_by_day
@pytest.mark.parametrize("transition", list(read_transitions()), ids=lambda one: one.name)
def test_there_and_back(transition: Transition, server: Server, tmp_path: Path) -> None:
    if not all(fits(server.major, one) for one in transition.pg):
        pytest.skip(f"for PostgreSQL {', '.join(transition.pg)}")
    with server.database() as one, server.database() as other:
        for database, state in ((one, transition.old), (other, transition.new)):
            database.execute(f"CREATE SCHEMA {SCHEMA}; SET search_path = {SCHEMA}; {transition.given}; {state}")
        old, new = _Wanted(one), _Wanted(other)
        for wanted, refused in ((new, transition.refused), (old, transition.back)):
            if refused is not None:
                plan = reconciler.plan(_load(tmp_path, *_files(wanted, _fingerprint(one))), one.url)
                assert {refusal.rule for refusal in plan.refusals} == {refused}
                return
            _turn(one, wanted, tmp_path)


@pytest.mark.ends
@pytest.mark.newest_by_day
def test_index_of_a_table_with_a_foreign_partition(database: Database, tmp_path: Path) -> None:
    database.execute("""
        CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
        CREATE TABLE p (id int) PARTITION BY RANGE (id);
        CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
        CREATE FOREIGN TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20) SERVER far""")
    desired = _load(tmp_path, "version: 1\ntables: {p: {indexes: {i: id}}}\n")
    result = reconciler.apply(desired, database.url, approve=lambda _: True)
    assert result.error is None, result.message
    assert not reconciler.plan(desired, database.url).routes
    assert reconciler.export(database.url).warnings == ()


class _Wanted:
    """A state of a database, and the file that declares it."""

    def __init__(self, database: Database) -> None:
        found = reconciler.export(database.url, schemas=[SCHEMA])
        assert found.warnings == ()
        self.text = found.files["schema.yaml"]
        self.fingerprint = _fingerprint(database)


def _turn(database: Database, wanted: _Wanted, folder: Path) -> None:
    """Apply the file; the database then has the state, and a second plan is empty."""
    before = _fingerprint(database)
    desired = _load(folder, *_files(wanted, before))
    result = reconciler.apply(desired, database.url, approve=lambda _: True)
    assert not result.plan.refusals, [f"{one.rule}: {one.cause}" for one in result.plan.refusals]
    assert result.error is None, result.message
    with database.connect(options="-c search_path=pg_catalog") as connection:
        found = list(differences(connection, wanted.fingerprint, _fingerprint(database), before))
    assert not found, "\n".join(found)
    again = reconciler.plan(desired, database.url)
    assert not again.refusals, [f"{one.rule}: {one.cause}" for one in again.refusals]
    assert not again.routes, [str(route.change) for route in again.routes]


def _files(wanted: _Wanted, before: dict[Identity, Entry]) -> tuple[str, str]:
    """Return the complete exported file, and one with the objects to drop."""
    there, to_be = _whole(before), _whole(wanted.fingerprint)
    # If a column must be not null because of its parent, it cannot be declared nullable.
    going = {
        identity: one
        for identity, one in there.items()
        if one.what != "not_null" or identity not in wanted.fingerprint
    }
    return complete_file(wanted.text, there, to_be), absent_file(going, to_be)


def _whole(found: dict[Identity, Entry]) -> dict[Identity, Entry]:
    """Remove objects that partitions and children inherit, because no file names them."""
    return {identity: one for identity, one in found.items() if not one.inherited}


def _load(folder: Path, *texts: str) -> DesiredState:
    paths = [folder / f"{number}.yaml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return reconciler.load(paths)


_OWN = """
    SELECT t.relname::text, c.conname::text
      FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
     WHERE c.connamespace = %(schema)s::regnamespace AND c.conparentid = 0 AND c.conislocal AND c.contype <> 'n'
    UNION ALL
    SELECT x.indrelid::regclass::text, i.relname
      FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
     WHERE i.relnamespace = %(schema)s::regnamespace AND NOT i.relispartition"""


def _fingerprint(database: Database) -> dict[Identity, Entry]:
    """Return the fingerprint, with a partition's own attributes separately.

    PostgreSQL leaves the parts of a foreign key to a partitioned table NOT VALID if it is validated as a whole.
    """
    with database.connect(options=f"-c search_path={SCHEMA}") as connection:
        own = set(connection.execute(_OWN, {"schema": SCHEMA}).fetchall())
    with database.connect(options="-c search_path=pg_catalog") as connection:
        found = read_fingerprint(connection, [SCHEMA])
    return {
        identity: replace(one, inherited=False)
        if (one.table, one.name) in own
        else replace(one, valid=one.valid or one.what == "foreign_keys")
        for identity, one in found.items()
    }
