"""Names, expressions and texts from the file and from the catalog never become separate statements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import reconciler
from reconciler.cli.main import main
from reconciler.model.errors import InvalidFile
from reconciler.model.state import DesiredState
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, apply_all, assert_in_sync
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]  # about text, which is the same for all versions

CANARY = """
    CREATE SCHEMA aviary;
    CREATE TABLE aviary.canary (id int);
    CREATE TABLE aviary.song (id int);
    CREATE FUNCTION aviary.sing() RETURNS bool VOLATILE LANGUAGE plpgsql
        AS $$ BEGIN INSERT INTO aviary.song VALUES (1); RETURN true; END $$;
    """

SHELL = Path("/tmp/canary")
"""The file that `\\!` in psql would create."""

# Each is a name of at most 63 bytes that would be harmful, or break the output, without quoting.
NAMES = {
    "quotes": """a"b'c""",
    "statement": 'x"; DROP SCHEMA aviary CASCADE; --',
    "string": "x'; DROP SCHEMA aviary CASCADE; --",
    "comment": "a/*b*/--c",
    "newline": "a\nDROP SCHEMA aviary CASCADE;\n\\! touch /tmp/canary",
    "backslash": "a\\b\\'c\\\\",
    "percent": "100%s %(x)s %%",
    "braces": "{} {0} {name}",
    "psql": ":var :'var' :\"var\"",
    "dollar": "$$a$b$ $1",
    "mixed": "Ünïcödé Name",
    "brackets": "a[0]( )",
}


def canary(database: Database) -> tuple[int, int]:
    """Return whether the table still exists, and how often the function was called."""
    alive = database.value("SELECT count(*) FROM pg_class WHERE relname = 'canary'")
    return alive, database.value("SELECT count(*) FROM aviary.song")


@contextmanager
def untouched(database: Database) -> Iterator[None]:
    database.execute(CANARY)
    SHELL.unlink(missing_ok=True)
    yield
    assert canary(database) == (1, 0)
    assert not SHELL.exists(), "psql ran a command of the shell"


def named(tmp_path: Path, database: Database, name: str) -> DesiredState:
    """Return a database in which everything has this name, and a file that declares, renames and drops such objects."""
    cut = name.encode()[:50].decode(errors="ignore")
    names = {key: sql.Identifier(cut + key) for key in ("s", "t", "u", "c", "old", "gone", "i", "g")}
    script = sql.SQL("""
        CREATE SCHEMA {s};
        CREATE TABLE {s}.{u} ({c} text PRIMARY KEY);
        CREATE TABLE {s}.{t} ({c} text);
        CREATE INDEX {i} ON {s}.{t} ({c});
        ALTER TABLE {s}.{t} ADD CONSTRAINT {old} CHECK ({c} <> '');
        ALTER TABLE {s}.{t} ADD CONSTRAINT {gone} CHECK ({c} <> 'x');
        CREATE TABLE {s}.{g} ({c} serial PRIMARY KEY);
        COMMENT ON TABLE {s}.{g} IS {comment}""").format(**names, comment=sql.Literal(name))
    database.execute(script.as_string(None))
    column = '"' + (cut + "c").replace('"', '""') + '"'
    plain = {"column": cut + "c"}
    document = {
        "version": 1,
        "schema": cut + "s",
        "tables": {
            cut + "t": {
                "primary_key": {"columns": [plain], "name": cut + "pk"},
                "unique": {cut + "uq": {"columns": [plain], "comment": name}},
                "checks": {
                    cut + "new": f"{column} <> ''",
                    cut + "ck": {"expression": f"{column} <> 'y'", "comment": name},
                },
                "foreign_keys": {
                    cut + "fk": {"columns": [plain], "references": {"table": cut + "u"}, "comment": name}
                },
                "indexes": {
                    cut + "ix": {"columns": [{"expression": f"lower({column})"}], "where": f"{column} > 'a'"},
                    cut + "iy": {"columns": [{"column": cut + "c", "order": "desc"}], "comment": name},
                },
                "absent": {"constraints": [cut + "old", cut + "gone"], "indexes": [cut + "i"]},
            }
        },
        "dropped_tables": {cut + "g": None},
    }
    path = tmp_path / "schema.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")  # JSON is YAML
    return reconciler.load([path])


@pytest.mark.pg(">= 18")  # names are quoted before they are sent to a server
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_are_only_names(database: Database, tmp_path: Path, name: str) -> None:
    with untouched(database):
        state = named(tmp_path, database, name)
        with database.copy() as other:
            plan = reconciler.plan(state, other.url)
            assert not plan.refusals, [refusal.cause for refusal in plan.refusals]
            for render in FORMATS.values():
                assert render(report_of(plan))
            script = FORMATS["sql"](report_of(plan))
            done = other.psql(script)
            assert done.returncode == 0, done.stderr
            assert_in_sync(state, other.url)
            assert canary(other) == (1, 0)
        apply_all(state, database.url)
        assert_in_sync(state, database.url)
        assert main(["history", "--db", database.url]) == 0


# Each tries to end the expression, and to begin another statement.
BREAKOUTS = [
    "true); DROP TABLE aviary.canary; --",
    "true); DROP TABLE aviary.canary; SELECT (true",
    "true) NOT VALID; DROP TABLE aviary.canary; --",
    "(true",
    "true)",
    "true) OR (true",
    "true /* ",
    "true -- ",
    "true */",
    "'open",
    '"open',
    "E'\\'' ; DROP TABLE aviary.canary; --'",
    "E'\\'); DROP TABLE aviary.canary; --'",
    "'\\'); DROP TABLE aviary.canary; --'",
    "$$open",
    "$a$ $$ $a$); DROP TABLE aviary.canary; --",
    "$a$ $b$ $a$ ; DROP TABLE aviary.canary",
    "U&'\\0027); DROP TABLE aviary.canary; --'",
    "a = $1",
    "a > 0 \\gexec",
    "a > 0\n\\! touch /tmp/canary\n",
    "true\x00",
    "b <> ''\n'' ); DROP TABLE aviary.canary; --'",
    "",
    "(SELECT aviary.sing())",
    "aviary.sing()",
    "EXISTS (SELECT FROM aviary.song)",
    "a > 0, DROP COLUMN a",
    "{}", "%s", "%(a)s", ":a", ":'a'", "a[1:2] IS NULL",
]  # fmt: skip

PLACES = {
    "check": {"checks": {"x": "EXPRESSION"}},
    "index": {"indexes": {"x": {"columns": [{"expression": "EXPRESSION"}]}}},
    "unique index": {"indexes": {"x": {"columns": [{"expression": "EXPRESSION"}, "b"], "unique": True}}},
    "predicate": {"indexes": {"x": {"columns": ["a"], "unique": True, "where": "EXPRESSION"}}},
}


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("place", PLACES)
def test_expressions_are_only_expressions(database: Database, tmp_path: Path, place: str) -> None:
    """An expression is refused, or is one expression; it never has an effect."""
    with untouched(database):
        database.execute("CREATE TABLE t (a int, b text); INSERT INTO t VALUES (1, 'x'), (1, 'x')")
        before = database.query(
            "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = 't'::regclass ORDER BY 1"
        )
        for text in BREAKOUTS:
            document = json.dumps({"version": 1, "tables": {"t": PLACES[place]}}).replace(
                '"EXPRESSION"', json.dumps(text)
            )
            path = tmp_path / "schema.yaml"
            path.write_text(document, encoding="utf-8")
            try:
                state = reconciler.load([path])
            except InvalidFile:
                continue
            plan = reconciler.plan(state, database.url)
            assert canary(database) == (1, 0), f"plan of {text!r}"
            for render in FORMATS.values():
                assert render(report_of(plan))
            assert database.psql(FORMATS["sql"](report_of(plan))).returncode in (0, 3) or not plan.refused
            assert canary(database) == (1, 0), f"script of {text!r}"
            apply(state, database.url)
            assert canary(database) == (1, 0), f"apply of {text!r}"
        after = database.query(
            "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = 't'::regclass ORDER BY 1"
        )
        assert after == before


@pytest.mark.parametrize(
    "index",
    [
        {"columns": ["a"], "with": {"fillfactor": "70); DROP TABLE aviary.canary; --"}},
        {"columns": ["a"], "with": {'fillfactor" = 70); DROP TABLE aviary.canary; --': "70"}},
        {"columns": ["a"], "tablespace": 'x"; DROP TABLE aviary.canary; --'},
        {"columns": ["a"], "using": 'btree" (a); DROP TABLE aviary.canary; --'},
        {"columns": [{"column": "a", "opclass": "int4_ops); DROP TABLE aviary.canary; --"}]},
        {"columns": [{"column": "a", "opclass": {"schema": 'x"."y', "name": 'o"); DROP TABLE aviary.canary; --'}}]},
        {"columns": [{"column": "b", "collation": 'C"); DROP TABLE aviary.canary; --'}]},
        {"columns": ["a"], "comment": "'; DROP TABLE aviary.canary; --\n\\! touch /tmp/canary\n$$ :var %s {}"},
        {"columns": ["a"], "include": ['b"); DROP TABLE aviary.canary; --']},
    ],
    ids=lambda one: "-".join(key for key in one if key != "columns") or "-".join(one["columns"][0]),
)
def test_options_are_only_options(database: Database, tmp_path: Path, index: dict[str, object]) -> None:
    with untouched(database):
        database.execute("CREATE TABLE t (a int, b text)")
        path = tmp_path / "schema.yaml"
        path.write_text(json.dumps({"version": 1, "tables": {"t": {"indexes": {"x": index}}}}), encoding="utf-8")
        try:
            state = reconciler.load([path])
        except InvalidFile:
            return
        plan = reconciler.plan(state, database.url)
        database.psql(FORMATS["sql"](report_of(plan)))
        assert canary(database) == (1, 0)
        apply(state, database.url)


def test_expressions_of_the_catalog_are_only_expressions(database: Database, tmp_path: Path) -> None:
    """Other roles write the text in the catalog: comments, expressions, definitions."""
    with untouched(database):
        database.execute("""
            CREATE TABLE t (a int, b text);
            ALTER TABLE t ADD CONSTRAINT c CHECK (b <> $$'); DROP TABLE aviary.canary; --$$);
            CREATE INDEX i ON t ((b || '"; DROP TABLE aviary.canary; --')) WHERE b <> E'\\\\''; \\\\! x';
            COMMENT ON CONSTRAINT c ON t IS $$'; DROP TABLE aviary.canary; --$$;
            CREATE TABLE old (id int);
            COMMENT ON TABLE old IS $$'; DROP TABLE aviary.canary; -- :var $a$ \\! x$$""")
        path = tmp_path / "schema.yaml"
        path.write_text("""
version: 1
tables:
  t:
    checks: {c: {expression: a > 0, comment: other}}
    indexes: {i: {columns: [b], where: a > 0}}
dropped_tables: {old: }
""")
        state = reconciler.load([path])
        with database.copy() as other:
            script = FORMATS["sql"](report_of(reconciler.plan(state, other.url)))
            done = other.psql(script)
            assert done.returncode == 0, done.stderr
            assert_in_sync(state, other.url)
            assert canary(other) == (1, 0)
        apply_all(state, database.url)


def test_psycopg_would_have_run_it(database: Database) -> None:
    """Control: the same text, sent as a script, drops the table."""
    database.execute(CANARY)
    with pytest.raises(psycopg.Error):
        database.execute("CREATE TABLE t (a int); ALTER TABLE nothing ADD CHECK (true)")
    database.execute("CREATE TABLE t (a int); ALTER TABLE t ADD CHECK (true); DROP TABLE aviary.canary; --)")
    database.execute("SELECT aviary.sing()")
    assert canary(database) == (0, 1)
