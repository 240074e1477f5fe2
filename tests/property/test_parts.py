"""Keys and indexes of partitions and of their parents, with any names.

A plan is refused before its first step, or applies and ends in sync.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

import reconciler
from reconciler.model.errors import InvalidFile
from reconciler.planner import make_plan
from reconciler.postgres.session import Session, connect
from tests.property.drawing import SELDOM, Draw
from tests.property.profiles import profile
from tests.roundtrip.fingerprint import read_fingerprint
from tests.servers import Server

TABLES = """
CREATE TABLE m (id int NOT NULL, at int NOT NULL, v int) PARTITION BY LIST (at);
CREATE TABLE m_1 PARTITION OF m FOR VALUES IN (1);
CREATE TABLE m_2 PARTITION OF m FOR VALUES IN (2) PARTITION BY LIST (id);
CREATE TABLE m_2_1 PARTITION OF m_2 FOR VALUES IN (1);
CREATE TABLE later (id int NOT NULL, at int NOT NULL, v int);
CREATE TABLE t (id int, at int, PRIMARY KEY (id, at));
CREATE TABLE c (id int PRIMARY KEY, m int, m_at int)"""
BELOW = {"m": ("m_1", "m_2", "m_2_1", "later"), "m_2": ("m_2_1",)}
TREE = ("m", "m_1", "m_2", "m_2_1", "later")
COLUMNS = (("id", "at"), ("id", "at"), ("at", "id"), ("id", "at", "v"), ("id",))
SECTIONS = {"primary key": "primary_key", "unique": "unique", "unique index": "indexes", "index": "indexes"}
DETACHING = "UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'm_1'::regclass"


@dataclass(frozen=True, slots=True)
class Thing:
    """A key or an index."""

    table: str
    kind: str
    name: str
    columns: tuple[str, ...]
    deferrable: bool

    def sql(self) -> str:
        columns = ", ".join(self.columns)
        if self.kind in ("primary key", "unique"):
            ending = f"{self.kind} ({columns})" + (" DEFERRABLE" if self.deferrable else "")
            return f"ALTER TABLE {self.table} ADD CONSTRAINT {self.name} {ending}"
        unique = "UNIQUE " if self.kind == "unique index" else ""
        return f"CREATE {unique}INDEX {self.name} ON {self.table} ({columns})"


def draw_things(draw: Draw, most: int) -> list[Thing]:
    return [
        Thing(table, kind, draw_name(draw, table), draw(st.sampled_from(COLUMNS)), deferrable=draw(SELDOM))
        for _ in range(draw(st.integers(0, most)))
        for table in [draw(st.sampled_from(TREE))]
        for kind in [draw(st.sampled_from(list(SECTIONS)))]
    ]


def draw_name(draw: Draw, table: str) -> str:
    """Draw names that PostgreSQL gives, and some names of a file, which often conflict."""
    return f"{table}_{draw(st.sampled_from(['pkey', 'id_at_key', 'id_at_idx', 'own', 'other']))}"


def draw_file(draw: Draw, live: Sequence[Thing]) -> dict[str, Any]:
    """Draw objects that stay, change, get another name or are new; others are absent or not named."""
    tables: dict[str, Any] = {}
    wanted = draw_things(draw, 3)
    for one in live:
        match draw(st.sampled_from(["stays", "changes", "renamed", "absent", "undeclared"])):
            case "stays":
                wanted.append(one)
            case "changes":
                wanted.append(replace(one, columns=draw(st.sampled_from(COLUMNS))))
            case "renamed":
                declare(draw, tables, replace(one, name=draw_name(draw, one.table)), renamed_from=one.name)
            case "absent":
                section = "indexes" if SECTIONS[one.kind] == "indexes" else "constraints"
                if one.name not in used(tables, one.table):
                    tables.setdefault(one.table, {}).setdefault("absent", {}).setdefault(section, []).append(
                        one.name
                    )
    for one in wanted:
        declare(draw, tables, one)
    if draw(st.booleans()):
        target = draw(st.sampled_from([*TREE, "t"]))
        foreign_key = {"columns": ["m", "m_at"], "references": f"{target}(id, at)"}
        tables["c"] = {"foreign_keys": {"c_m": foreign_key}}
    return tables


def used(tables: dict[str, Any], table: str) -> set[str]:
    """Return the names that the file uses on a table so far: none may occur twice."""
    sections = tables.get(table, {})
    absent = sections.get("absent", {})
    names = {*sections.get("unique", ()), *sections.get("indexes", ()), *absent.get("indexes", ())}
    names |= {
        one["renamed_from"]
        for key in ("unique", "indexes")
        for one in sections.get(key, {}).values()
        if "renamed_from" in one
    }
    return {*names, *absent.get("constraints", ()), sections.get("primary_key", {}).get("name", "")}


def declare(draw: Draw, tables: dict[str, Any], one: Thing, **more: str) -> None:
    if {one.name, more.get("renamed_from", one.name)} & used(tables, one.table):
        return
    if one.kind == "primary key" and "primary_key" in tables.get(one.table, {}):
        return
    entry: dict[str, Any] = {"columns": list(one.columns)}
    if one.kind == "primary key":
        entry |= {"name": one.name} if draw(st.booleans()) else {}
    else:
        entry |= more
    if one.kind == "unique index":
        entry["unique"] = True
    if one.kind in ("primary key", "unique") and one.deferrable:
        entry["deferrable"] = True
    if one.table in BELOW and draw(SELDOM):
        part = draw(st.sampled_from(BELOW[one.table]))
        entry["partitions"] = {part: draw_name(draw, part)}
    section = tables.setdefault(one.table, {})
    if one.kind == "primary key":
        section["primary_key"] = entry
    else:
        section.setdefault(SECTIONS[one.kind], {})[one.name] = entry


def build(connection: psycopg.Connection[Any], statements: Sequence[str]) -> Iterator[str]:
    """Recreate the tables, and all other objects that PostgreSQL accepts."""
    connection.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {TABLES}".encode())
    for statement in statements:
        with contextlib.suppress(psycopg.Error):
            connection.execute(statement.encode())
            yield statement


@st.composite
def examples(draw: Draw) -> tuple[list[str], dict[str, Any]]:
    live = draw_things(draw, 4)
    statements = [one.sql() for one in live]
    for _ in range(draw(st.integers(0, 1))):
        target = draw(st.sampled_from([*TREE, "t"]))
        statements.append(f"ALTER TABLE c ADD CONSTRAINT c_m FOREIGN KEY (m, m_at) REFERENCES {target} (id, at)")
    if draw(SELDOM) and draw(SELDOM):
        statements.append(DETACHING)
    return statements, draw_file(draw, live)


def play(session: Session, connection: psycopg.Connection[Any], folder: Path, example: Any) -> str:
    statements, tables = example
    made = list(build(connection, statements))
    file = folder / "schema.yaml"
    file.write_text(
        f"version: 1\npolicy: {{max_drops: 100, small_table_rows: 10000}}\ntables: {json.dumps(tables)}\n"
    )
    try:
        state = reconciler.load([file])
    except InvalidFile:
        return "invalid"
    plan = make_plan(session, state)
    if DETACHING in made and any(one.change.key.table in ("m", "m_1") for one in plan.routes):
        assert "detach-pending" in {one.rule for one in plan.refusals}, [str(one.change) for one in plan.routes]
    if plan.refused:
        before = read_fingerprint(connection, ["public"])
        result = reconciler.apply(state, make_conninfo("", **session.parameters), approve=lambda _: True)
        assert result.plan.refusals
        assert read_fingerprint(connection, ["public"]) == before, "a refused plan changed something"
        return "refused"
    if plan.in_sync:
        return "in sync"
    result = reconciler.apply(state, make_conninfo("", **session.parameters), approve=lambda _: True)
    assert result.error is None, result.message
    again = make_plan(session, state)
    assert again.in_sync, [str(route.change) for route in again.routes] + [one.cause for one in again.refusals]
    return "applied"


@pytest.mark.ends
def test_parts(server: Server, tmp_path: Path) -> None:
    with server.database() as database, database.connect() as connection, connect(database.url) as session:
        outcomes: Counter[str] = Counter()

        @profile(12)
        @given(examples())
        def applied_or_refused(example: Any) -> None:
            note(";\n".join(["", *example[0]]) + f"\n{example[1]}")
            outcomes[play(session, connection, tmp_path, example)] += 1

        applied_or_refused()
        assert {"applied", "refused"} <= outcomes.keys()


@pytest.mark.ends
def test_parts_of_a_partition_that_is_being_detached(server: Server, tmp_path: Path) -> None:
    """What touches it is refused; DETACHING is seldom drawn."""
    with server.database() as database, database.connect() as connection, connect(database.url) as session:
        outcomes: Counter[str] = Counter()

        @profile(8)
        @given(examples())
        def applied_or_refused(example: Any) -> None:
            statements, tables = example
            example = [*(one for one in statements if one != DETACHING), DETACHING], tables
            note(";\n".join(["", *example[0]]) + f"\n{tables}")
            outcomes[play(session, connection, tmp_path, example)] += 1

        applied_or_refused()
        assert outcomes["refused"]


def refers(tables: dict[str, Any]) -> str:
    """Return the table that the foreign key of the file refers to."""
    key = tables.get("c", {}).get("foreign_keys", {}).get("c_m", {})
    return str(key.get("references", "")).partition("(")[0]


def keys_in(tables: dict[str, Any], table: str) -> list[list[str]]:
    """Return the columns of the keys and unique indexes that the file declares on a table."""
    entry = tables.get(table, {})
    found = [entry["primary_key"]] if "primary_key" in entry else []
    found += [
        *entry.get("unique", {}).values(),
        *(one for one in entry.get("indexes", {}).values() if "unique" in one),
    ]
    return [one["columns"] for one in found]


def gone_from(tables: dict[str, Any], table: str, section: str) -> list[str]:
    return list(tables.get(table, {}).get("absent", {}).get(section, ()))


def own_indexes(statements: Sequence[str], start: str) -> bool:
    return any(one.startswith(start) and f" ON {part} " in one for one in statements for part in BELOW["m"][:3])


SITUATIONS: dict[str, Callable[[list[str], dict[str, Any]], bool]] = {
    "a foreign key to a partition whose key comes from its parent": lambda _, tables: (
        refers(tables) in BELOW["m"][:3] and not keys_in(tables, refers(tables)) and bool(keys_in(tables, "m"))
    ),
    "b key of a partition that becomes part of the whole": lambda statements, tables: (
        any(one.startswith("ALTER TABLE m_") for one in statements) and bool(keys_in(tables, "m"))
    ),
    "c partitioned index that becomes a local one": lambda statements, tables: (
        any(" ON m (" in one for one in statements)
        and bool(gone_from(tables, "m", "indexes"))
        and any("indexes" in tables.get(part, {}) for part in BELOW["m"][:3])
    ),
    "d partition that is being detached": lambda statements, _: DETACHING in statements,
    "e partition whose index has a name of its own": lambda statements, tables: (
        own_indexes(statements, "CREATE INDEX") and "indexes" in tables.get("m", {})
    ),
    "f table that is attached later loses an index": lambda statements, tables: (
        any(" ON later (" in one for one in statements) and bool(gone_from(tables, "later", "indexes"))
    ),
    "g foreign key that moves to a partitioned table": lambda statements, tables: (
        any(f"REFERENCES {other} " in one for one in statements for other in ("t", *BELOW["m"]))
        and refers(tables) == "m"
        and bool(keys_in(tables, "m"))
    ),
    "h unique indexes of a partition's key and of the whole": lambda statements, _: (
        (own_indexes(statements, "ALTER TABLE") or own_indexes(statements, "CREATE UNIQUE INDEX"))
        and any(" ON m (" in one for one in statements)
    ),
}
"""What the examples must contain, by their statements and file."""


def test_every_situation_is_drawn() -> None:
    """Without a server."""
    drawn: Counter[str] = Counter()

    @settings(max_examples=1000, derandomize=True, database=None, phases=[Phase.generate])
    @given(examples())
    def count(example: Any) -> None:
        drawn.update(name for name, holds in SITUATIONS.items() if holds(*example))

    count()
    assert set(SITUATIONS) == {name for name, number in drawn.items() if number}, drawn


UNIQUE_PART: tuple[list[str], dict[str, Any]] = (
    [
        "CREATE UNIQUE INDEX m_id_at_idx ON m (id, at)",
        "ALTER TABLE c ADD CONSTRAINT c_m FOREIGN KEY (m, m_at) REFERENCES m_2_1 (id, at)",
    ],
    {
        "m": {
            "absent": {"indexes": ["m_id_at_idx"]},
            "indexes": {
                "m_pkey": {"columns": ["at", "id"], "unique": True, "partitions": {"m_1": "m_1_id_at_idx"}}
            },
        }
    },
)
"""A foreign key depends on a partition's index, whose name is freed for a successor."""

TAKEN_KEY: tuple[list[str], dict[str, Any]] = (
    [
        "ALTER TABLE m_2_1 ADD CONSTRAINT m_2_1_other PRIMARY KEY (id, at)",
        "CREATE UNIQUE INDEX m_own ON m (id, at)",
    ],
    {"m": {"primary_key": {"columns": ["id", "at"]}}, "m_2_1": {"primary_key": {"columns": ["id", "at"]}}},
)
"""The index of a partition's primary key is part of another index already."""


PARTS_OF_A_KEY: tuple[list[str], dict[str, Any]] = (
    ["CREATE INDEX m_1_id_at_idx ON m_1 (id, at, v)"],
    {
        "m_1": {
            "absent": {"indexes": ["m_1_id_at_idx"]},
            "indexes": {"m_1_pkey": {"columns": ["id", "at"], "unique": True}},
        },
        "m": {"primary_key": {"columns": ["id", "at"], "name": "m_id_at_idx", "partitions": {"m_1": "m_1_pkey"}}},
    },
)
"""The file declares an index, and names it as the part of a key, which makes it a constraint."""

DEFAULT_NAME: tuple[list[str], dict[str, Any]] = (
    ["ALTER TABLE m_2 ADD CONSTRAINT m_2_id_at_idx UNIQUE (at, id) DEFERRABLE"],
    {
        "m_2": {
            "unique": {
                "m_2_own": {"columns": ["at", "id"], "renamed_from": "m_2_id_at_idx", "deferrable": True},
                "m_2_id_at_key": {"columns": ["id", "at"]},
            }
        },
        "m_2_1": {"indexes": {"m_2_1_id_at_key": {"columns": ["id", "at"], "unique": True}}},
    },
)
"""A declared index has the name that the part of a key would get."""

SHARED_KEY = [
    "ALTER TABLE m_2 ADD CONSTRAINT m_2_pkey PRIMARY KEY (id, at)",
    "CREATE UNIQUE INDEX m_other ON m (id, at)",
    "ALTER TABLE c ADD CONSTRAINT c_m FOREIGN KEY (m, m_at) REFERENCES m_2 (id, at)",
]
"""The indexes of a partition's primary key are also parts of another index."""


def shared_key(whole: dict[str, Any], key: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    index = {"columns": ["id", "at"], "unique": True, **whole}
    return SHARED_KEY, {
        "m": {"indexes": {"m_other": index}},
        "m_2": {"primary_key": {"columns": ["id", "at"], **key}},
    }


RENAMED_PART: tuple[list[str], dict[str, Any]] = (
    [
        "ALTER TABLE m_2_1 ADD CONSTRAINT m_2_1_pkey UNIQUE (id, at)",
        "CREATE UNIQUE INDEX m_2_other ON m_2 (id, at)",
    ],
    {
        "m_2_1": {"unique": {"m_2_1_id_at_key": {"columns": ["id", "at"], "renamed_from": "m_2_1_pkey"}}},
        "m_2": {
            "indexes": {
                "m_2_other": {
                    "columns": ["id", "at"],
                    "unique": True,
                    "partitions": {"m_2_1": "m_2_1_id_at_idx"},
                }
            }
        },
    },
)
"""The index of a partition's constraint gets one name because of it, and another one as a part."""

MOVED_REFERENCE: tuple[list[str], dict[str, Any]] = (
    [
        "ALTER TABLE m_2 ADD CONSTRAINT m_2_own UNIQUE (id, at)",
        "CREATE UNIQUE INDEX m_2_1_other ON m_2_1 (at, id)",
        "ALTER TABLE c ADD CONSTRAINT c_m FOREIGN KEY (m, m_at) REFERENCES m_2 (id, at)",
    ],
    {
        "m_2": {"absent": {"constraints": ["m_2_own"]}},
        "c": {"foreign_keys": {"c_m": {"columns": ["m", "m_at"], "references": "m_2_1(id, at)"}}},
    },
)
"""A foreign key moves to a partition, whose part of the key that is dropped is older than its own."""

FORMER_NAME: tuple[list[str], dict[str, Any]] = (
    ["ALTER TABLE m_2_1 ADD CONSTRAINT m_2_1_id_at_key PRIMARY KEY (id, at)"],
    {
        "m_2_1": {"absent": {"constraints": ["m_2_1_id_at_key"]}, "primary_key": ["id", "at"]},
        "m": {"unique": {"m_id_at_key": ["id", "at"]}},
    },
)
"""The part of a key gets the name that an equal primary key of the partition gives up."""

BUILT_AGAIN: tuple[list[str], dict[str, Any]] = (
    ["CREATE INDEX m_pkey ON m (id, at)"],
    {
        "m": {"absent": {"indexes": ["m_pkey"]}},
        "m_2": {"unique": {"own": {"columns": ["id", "at", "v"], "partitions": {"m_2_1": "m_2_1_id_at_idx"}}}},
        "m_2_1": {"indexes": {"m_2_1_id_at_idx": ["id", "at"]}},
    },
)
"""A part of a new key gets the name of an index that is built again because the partitioned table drops its own."""


def tree_of_keys(whole: dict[str, str], part: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    """Return keys of a partitioned table and of its partition, which is partitioned too."""
    return [], {
        "m": {"primary_key": {"columns": ["id", "at"], "partitions": whole}},
        "m_2": {"primary_key": {"columns": ["id", "at"], "partitions": part}},
    }


ABSENT_BOTH: tuple[list[str], dict[str, Any]] = (
    [
        "ALTER TABLE m_2_1 ADD CONSTRAINT m_2_1_own PRIMARY KEY (id, at)",
        "CREATE INDEX m_2_1_pkey ON m_2_1 (at, id)",
    ],
    {
        "m_2_1": {"absent": {"constraints": ["m_2_1_own"], "indexes": ["m_2_1_pkey"]}},
        "m_2": {"primary_key": ["id", "at"]},
    },
)
"""The part of a primary key gets the name of an index that is dropped, while an equal key of another name exists."""

OLD_NAME: tuple[list[str], dict[str, Any]] = (
    ["CREATE INDEX m_other ON m (id, at)"],
    {"m": {"indexes": {"m_other": {"columns": ["id", "at", "v"], "partitions": {"m_2": "m_2_id_at_idx"}}}}},
)
"""The file gives a part the name that PostgreSQL derived from the columns before."""

NEW_NAME_OF_PART: tuple[list[str], dict[str, Any]] = (
    ["ALTER TABLE m_2 ADD CONSTRAINT m_2_own UNIQUE (id, at)"],
    {
        "m": {"unique": {"m_key": {"columns": ["id", "at"], "partitions": {"m_2": "m_2_own"}}}},
        "m_2": {"unique": {"m_2_own": {"columns": ["id", "at"], "partitions": {"m_2_1": "m_2_1_own"}}}},
    },
)
"""A key becomes a part, and one of its own parts gets another name before."""

NOT_NAMED: tuple[list[str], dict[str, Any]] = (
    ["ALTER TABLE m_2_1 ADD CONSTRAINT m_2_1_own UNIQUE (id, at)", "CREATE UNIQUE INDEX m_2_key ON m_2 (id, at)"],
    {"m_2_1": {"absent": {"constraints": ["m_2_1_own"]}}},
)
"""The index of a key belongs to an index of a table that the file does not name."""

TOGETHER = {"m_2": "m_2_own", "m_2_1": "m_2_1_own"}
OWN_NAMES = {"name": "m_2_own", "partitions": {"m_2_1": "m_2_1_own"}}

ONE_INDEX = {
    "unique part": (UNIQUE_PART, "refused"),
    "taken key": (TAKEN_KEY, "refused"),
    "parts of a key": (PARTS_OF_A_KEY, "refused"),
    "default name": (DEFAULT_NAME, "applied"),
    "moved reference": (MOVED_REFERENCE, "refused"),
    "former name": (FORMER_NAME, "applied"),
    "built again": (BUILT_AGAIN, "refused"),
    "key is part": (tree_of_keys({"m_2": "m_2_part"}, {"m_2_1": "m_2_1_part"}), "applied"),
    "two parts": (tree_of_keys({"m_2": "m_2_part", "m_2_1": "m_2_1_part"}, {"m_2_1": "m_2_1_own"}), "refused"),
    "absent both": (ABSENT_BOTH, "applied"),
    "old name": (OLD_NAME, "applied"),
    "two names": (shared_key({"partitions": {"m_2": "m_2_id_at_key"}}, {"name": "m_2_pkey"}), "refused"),
    "two new names": (RENAMED_PART, "refused"),
    "new name of a part": (NEW_NAME_OF_PART, "applied"),
    "not named": (NOT_NAMED, "refused"),
    "one new name": (shared_key({"partitions": TOGETHER, "comment": "whole"}, OWN_NAMES), "applied"),
    "two comments": (shared_key({"comment": "whole"}, {"comment": "own"}), "applied"),
}


@pytest.mark.newest_by_day
def test_one_index_of_two_objects(server: Server, tmp_path: Path) -> None:
    with server.database() as database, database.connect() as connection, connect(database.url) as session:
        for name, (example, outcome) in ONE_INDEX.items():
            assert (name, play(session, connection, tmp_path, example)) == (name, outcome)
