"""The pairs of the data files: an old and a new state of one table, which differ in one attribute of one object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import fits

FOLDER = Path(__file__).parent

NOTHING, OLD, NEW = "nothing", "old", "new"
TRANSITIONS = {"create": (NOTHING, NEW), "drop": (NEW, NOTHING), "change": (OLD, NEW), "revert": (NEW, OLD)}
"""The tested transitions of a pair, each from one state of its table to another."""

LIBRARY = "CREATE SCHEMA ext; CREATE EXTENSION btree_gist SCHEMA ext; CREATE EXTENSION pg_trgm SCHEMA ext;"
"""Objects that all pairs may use."""

_COLUMNS = "id int, a int, b int, c text, d text, r int4range"
_ROWS = "INSERT INTO t SELECT n, n, n, 'c' || n, 'd' || n, int4range(n, n + 1) FROM generate_series(1, 6) n;"
TABLES = {
    "empty": f"CREATE TABLE t ({_COLUMNS});",
    "rows": f"CREATE TABLE t ({_COLUMNS}); {_ROWS}",
    "partitioned": f"""
        CREATE TABLE t ({_COLUMNS}) PARTITION BY RANGE (id);
        CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (4);
        CREATE TABLE t_2 PARTITION OF t FOR VALUES FROM (4) TO (100) PARTITION BY RANGE (id);
        CREATE TABLE t_2_1 PARTITION OF t_2 FOR VALUES FROM (4) TO (100);
        {_ROWS}""",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pair:
    """`old` and `new` are SQL that adds to table `t`, after `setup`; without `old` no change is tested.

    `pg` are conditions on the version. `tables` are the tables on which the pair is tested, and `transitions` the
    tested changes. `refused` is the rule that refuses a transition on a table. `ordinary` is the rule that refuses the
    export of an ordinary table for a partitioned one, on the versions of `ordinary_pg`. `nameless_parts` means that
    PostgreSQL names the parts of a foreign key of or to partitions, and that renaming does not change these names.
    """

    kind: str
    attribute: str
    name: str
    new: str
    old: str | None = None
    setup: str = ""
    pg: tuple[str, ...] = ()
    tables: tuple[str, ...] = tuple(TABLES)
    transitions: tuple[str, ...] = tuple(TRANSITIONS)
    refused: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ordinary: str | None = None
    ordinary_pg: str = ">= 14"
    nameless_parts: bool = False

    @property
    def schema(self) -> str:
        """Return the schema of the pair."""
        return f"{self.kind}_{self.attribute}_{self.name}"

    def is_for(self, table: str, major: int) -> bool:
        return table in self.tables and all(fits(major, one) for one in self.pg)

    def is_impossible(self, table: str, major: int) -> bool:
        """Return whether the table cannot have the object of the pair."""
        return table == "partitioned" and self.ordinary is not None and fits(major, self.ordinary_pg)

    def plays(self, transition: str, table: str, major: int) -> bool:
        if self.is_impossible(table, major):
            return transition == "create"
        return transition in self.transitions and (self.old is not None or OLD not in TRANSITIONS[transition])

    def refusal(self, transition: str, table: str, major: int) -> str | None:
        """Return the rule that refuses the transition."""
        if self.is_impossible(table, major):
            return self.ordinary
        return self.refused.get(table, {}).get(transition)

    def script(self, state: str, table: str) -> str:
        """Return SQL that creates the pair's schema, its tables and their state."""
        added = {NOTHING: "", OLD: self.old or "", NEW: self.new}[state]
        start = f"CREATE SCHEMA {self.schema}; SET search_path = {self.schema}, ext;"
        return f"{start} {TABLES[table]} {self.setup};\n{added};\n"


def read_pairs() -> Iterator[Pair]:
    """Return all pairs, in the order of the files."""
    for path in sorted(FOLDER.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for attribute, pairs in content["pairs"].items():
            for name, said in pairs.items():
                yield _pair(path.stem, attribute, name, content.get("setup", ""), said)


def _pair(kind: str, attribute: str, name: str, setup: str, said: dict[str, Any]) -> Pair:
    lists = {key: tuple(said.pop(key)) for key in ("pg", "tables", "transitions") if key in said}
    setup = f"{setup}; {said.pop('setup', '')}"
    return Pair(kind=kind, attribute=attribute, name=name, setup=setup, **lists, **said)
