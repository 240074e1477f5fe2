"""The list of functions that a file may call, for each version. New functions have to be reviewed.

If a release of PostgreSQL changes the list, review the new functions (the failing test names them), add those that read
data or run other code to `UNLISTED`, and rewrite the file with `--update-golden`.
"""

from __future__ import annotations

from pathlib import Path

from reconciler.model.features import OLDEST
from reconciler.postgres.calls import Caller
from reconciler.postgres.node_tree import mentions_of
from reconciler.postgres.session import connect
from reconciler.postgres.trusted_functions import EXTENSIONS
from tests.conftest import Golden
from tests.servers import Database

GOLDEN = Path(__file__).parent / "golden"

# Functions that take or return `internal` or `cstring` cannot be called by an expression, or only do a cast.
_FUNCTIONS = """
    SELECT p.oid::int8 FROM pg_proc p
     WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.oid < 16384 AND p.prokind = 'f'
       AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[]
       AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)"""


def listed(database: Database, oids: list[int]) -> list[str]:
    """Return the signatures of those functions that are on the list."""
    tree = " ".join(f"{{FUNCEXPR :funcid {oid} :args <>}}" for oid in oids)
    with connect(database.url) as session:
        calls = Caller().calls_of(session, [tree])
    return sorted(one.signature for one in calls.functions if one.listed)


def test_the_functions_of_postgresql_that_a_file_may_call(database: Database, golden: Golden) -> None:
    """By name: all functions of the oldest version, and the additions of each later one."""
    major = database.server.major
    found = {one.partition("(")[0] for one in listed(database, [oid for (oid,) in database.query(_FUNCTIONS)])}
    if major > OLDEST:
        found -= set((GOLDEN / f"listed_{OLDEST}.txt").read_text(encoding="utf-8").splitlines())
    golden(GOLDEN / f"listed_{major}.txt", "\n".join(sorted(found)) + "\n")


def test_functions_that_run_or_read_anything_are_not_listed(database: Database) -> None:
    catalog = (
        "^(reg(class|proc|oper|type|role|namespace|collation)|to_reg|has_|query_|table_|schema_|database_|cursor_)"
    )
    others = "current_(setting|schema|user)|_filenode|advisory|ts_rewrite|pg_(read|ls_|stat_)"
    names = f"{_FUNCTIONS} AND (p.provolatile = 'v' OR p.proname ~ '{catalog}' OR p.proname ~ '{others}')"
    oids = [oid for (oid,) in database.query(names)]
    assert len(oids) > 300
    assert listed(database, oids) == []


def test_no_extension_brings_a_volatile_function_onto_the_list(database: Database) -> None:
    available = {name for (name,) in database.query("SELECT name FROM pg_available_extensions")}
    for name in sorted({*EXTENSIONS, "dblink", "tablefunc", "lo", "postgres_fdw"} & available):
        database.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}" CASCADE')
    functions = """
        SELECT p.oid::int8, p.provolatile = 'v' OR e.extname IN ('dblink', 'tablefunc', 'lo', 'postgres_fdw')
          FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
          JOIN pg_extension e ON e.oid = d.refobjid"""
    rows = database.query(functions)
    assert listed(database, [oid for oid, dangerous in rows if dangerous]) == []
    assert len(listed(database, [oid for oid, dangerous in rows if not dangerous])) > 200


def test_text_of_users_in_a_tree_neither_hides_nor_adds_anything(database: Database) -> None:
    """A column can have any name, which is part of the tree of a view."""
    name = "} {FUNCEXPR :funcid 1 :args ({XMLEXPR :op 3})"
    database.execute(f'CREATE TABLE odd (a int, "{name}" int)')
    database.execute(f'CREATE VIEW v AS SELECT "{name}", abs(a) AS "{{OPEXPR :opno 7}}" FROM odd')
    tree = database.value("SELECT ev_action::text FROM pg_rewrite WHERE ev_class = 'v'::regclass")
    found = mentions_of([tree])
    assert (len(found.functions), found.operators, found.unknown) == (1, frozenset(), frozenset())
    relation = database.value("SELECT 'odd'::regclass::oid::int8")
    assert relation in found.relations
