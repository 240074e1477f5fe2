"""Bounds of partitions in the comments of archived tables: literals as PostgreSQL prints them, and nothing else."""

from __future__ import annotations

import json

import pytest

from reconciler.kinds.dropped_table.origin import read
from reconciler.model.names import TableName
from reconciler.model.retired import ParentTable
from tests.servers import Database

LISTS = {
    "date": "'2020-01-01'",
    "timestamp": "'2020-01-01 10:00:00.5', 'infinity'",
    "timestamptz": "'2020-01-01 10:00:00+05:30'",
    "interval": "'-1 day +02:03:00'",
    "smallint": "-1, 1",
    "int": "-1, 0, 1, NULL",
    "bigint": "-9223372036854775807, 1",
    "numeric": "-1.50, 1.5, 'NaN', 1e-20, 1e30",
    "real": "-0.1, 1e-30, 'Infinity'",
    "float8": "1e300, -1e-300, 0.1",
    "boolean": "true, false",
    "text": r"""'it''s "x"', 'a\b', '\', '\''', '', 'a, b(c)', '%s {} $1', E'two\nlines', 'é☃'""",
    "varchar(9)": r"'\\', 'x'",
    "char(5)": "'a'",
    '"char"': r"'\'",
    "name": "'n'",
    "bytea": r"'\xdead00'",
    "bit(3)": "B'101'",
    "bit varying": "B''",
    "uuid": "'0b5c2a3e-0000-4000-8000-000000000000'",
    "inet": "'10.0.0.1/8'",
    "oid": "1",
    "mood": "'sad', 'it''s \"ok\"'",
    "int[]": "'{1,NULL,-3}'",
    "text[]": r"""'{"a''b","c\\d"}'""",
    "int4range": "'[1,5)'",
    "pair": """'(1,"a (b''c),")'""",
    "jsonb": """'{"a": [1, "it''s"]}'""",
}
"""Types, and the values of a partition."""

RANGES = [
    "int, b text) PARTITION BY RANGE (a, b) | FROM (-5, MINVALUE) TO (MAXVALUE, MAXVALUE)",
    "date, b numeric) PARTITION BY RANGE (a, b) | FROM ('2020-01-01', -1.5) TO ('2021-01-01', 1e10)",
    "int, b text) PARTITION BY HASH (a, b) | WITH (MODULUS 4, REMAINDER 3)",
]

FORGED = [
    "FOR VALUES IN (public.evil())",
    "FOR VALUES IN (1, public.evil())",
    "FOR VALUES FROM (public.evil()) TO (10)",
    "FOR VALUES FROM (1) TO (10); ALTER ROLE mallory SUPERUSER",
    "FOR VALUES FROM (1) TO (10 + evil())",
    "FOR VALUES IN ('a'::evil)",
    "FOR VALUES IN (evil 'a')",
    "FOR VALUES IN ('a' || evil())",
    "FOR VALUES IN ('a' COLLATE evil)",
    r"FOR VALUES IN (E'\', evil(), '')",
    "FOR VALUES IN ($$a$$)",
    "FOR VALUES IN (1..evil)",
    "FOR VALUES IN (a)",
    "FOR VALUES IN ((SELECT 1))",
    "FOR VALUES IN (1) -- ",
    "FOR VALUES IN (1)\n; SELECT evil()",
    "FOR VALUES IN (1)\n",
    "FOR VALUES WITH (modulus 4, remainder evil())",
    "DEFAULT; SELECT evil()",
    "",
]


def believed(bound: str) -> bool:
    """Return whether the comment of a table in the archive, with this bound, counts."""
    comment = {
        "archived_by": "reconcile",
        "schema": "public",
        "table": "t",
        "comment": None,
        "renamed": {},
        "parents": [{"table": ["public", "parent"], "bound": bound}],
    }
    origin = read(json.dumps(comment))
    parent = ParentTable(table=TableName(schema="public", name="parent"), bound=bound)
    assert origin is None or origin.parents == (parent,)
    return origin is not None


@pytest.mark.ends
def test_bounds_that_postgresql_prints_are_believed(database: Database) -> None:
    made = ["CREATE TYPE mood AS ENUM ('sad', 'it''s \"ok\"'); CREATE TYPE pair AS (a int, b text)"]
    ranges = [one.split(" | ") for one in RANGES]
    pairs = [(f"{one}) PARTITION BY LIST (a)", f"IN ({values})") for one, values in LISTS.items()]
    for number, (columns, values) in enumerate([*pairs, *ranges]):
        made.append(f"CREATE TABLE t{number} (a {columns}")
        made.append(f"CREATE TABLE t{number}_1 PARTITION OF t{number} FOR VALUES {values}")
    made.append("CREATE TABLE rest PARTITION OF t0 DEFAULT")
    database.execute("; ".join(made))
    printed = [
        bound
        for (bound,) in database.query("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relispartition")
    ]
    assert len(printed) == len(LISTS) + len(RANGES) + 1
    assert [bound for bound in printed if not believed(bound)] == []


@pytest.mark.parametrize("bound", FORGED)
def test_a_bound_with_an_expression_is_not_believed(bound: str) -> None:
    """It would be evaluated when the partition is attached again, with the rights of the session."""
    assert not believed(bound)
