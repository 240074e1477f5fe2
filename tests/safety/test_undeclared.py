"""Undeclared objects are never changed."""

from __future__ import annotations

import difflib
import re
import subprocess
from pathlib import Path

from tests.execution.support import apply_all, assert_in_sync, broad_setup, catalog, desired
from tests.servers import Database, psql_program

NOISE = """
    CREATE TABLE declared (id int PRIMARY KEY, a int, b text);
    CREATE INDEX undeclared_index ON declared (b);
    CREATE UNIQUE INDEX undeclared_unique ON declared (b, id) WHERE b <> '';
    ALTER TABLE declared ADD CONSTRAINT undeclared_check CHECK (a > 0) NOT VALID,
        ADD CONSTRAINT undeclared_key UNIQUE (a, id) DEFERRABLE;
    CREATE SCHEMA noise;
    CREATE TYPE noise.mood AS ENUM ('good', 'bad');
    CREATE DOMAIN noise.positive AS int CHECK (VALUE > 0);
    CREATE TABLE noise.child (id noise.positive PRIMARY KEY, parent int REFERENCES declared ON DELETE CASCADE,
        m noise.mood);
    CREATE TABLE noise.parts (id int, at date) PARTITION BY RANGE (at);
    CREATE TABLE noise.parts_1 PARTITION OF noise.parts FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
    CREATE INDEX ON noise.parts (id);
    CREATE TABLE noise.heir () INHERITS (noise.child);
    CREATE VIEW noise.seen AS SELECT id, b FROM declared;
    CREATE MATERIALIZED VIEW noise.kept AS SELECT id FROM declared;
    CREATE INDEX kept_id ON noise.kept (id);
    CREATE FUNCTION noise.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER touched BEFORE UPDATE ON noise.child FOR EACH ROW EXECUTE FUNCTION noise.touch();
    CREATE RULE ignored AS ON DELETE TO noise.child DO INSTEAD NOTHING;
    CREATE STATISTICS noise.related ON id, parent FROM noise.child;
    CREATE PUBLICATION everything FOR ALL TABLES;
    ALTER TABLE noise.child ENABLE ROW LEVEL SECURITY;
    CREATE POLICY mine ON noise.child USING (id > 0);
    GRANT SELECT ON noise.child TO reader;
    COMMENT ON INDEX undeclared_index IS 'somebody''s';
    CREATE TABLE noise.migration_log (id int);
    CREATE TABLE old_things (id int PRIMARY KEY, a int);
    CREATE INDEX old_things_a ON old_things (a);
    """


def dump(database: Database) -> list[str]:
    """Return the statements of `pg_dump -s`, without parts that differ between dumps."""
    program = psql_program().with_name("pg_dump")
    done = subprocess.run(
        [program, "-s", "--no-comments", "-d", database.url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = (re.sub(r"\d{8}T\d{6}Z", "STAMP", line.strip().rstrip(",")) for line in done.stdout.splitlines())
    return [line for line in lines if line and not line.startswith(("--", "\\", "SET ", "SELECT "))]


def test_only_what_is_declared_differs_in_a_dump(database: Database, tmp_path: Path) -> None:
    database.execute(NOISE)
    state = desired(
        tmp_path,
        """
tables:
  declared:
    indexes: {i_new: a}
    checks: {c_new: a < 1000}
    absent: {indexes: [never_there]}
""",
    )
    before = dump(database)
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    database.execute("DROP TABLE migration_log; DROP FUNCTION log_migration_step")
    changed = [line for line in difflib.ndiff(before, dump(database)) if line[0] in "+-"]
    assert changed == [
        "+ CONSTRAINT c_new CHECK ((a < 1000))",
        "+ CREATE INDEX i_new ON public.declared USING btree (a);",
    ]


def test_the_catalog_differs_by_what_is_declared_and_nothing_else(database: Database, tmp_path: Path) -> None:
    """Object by object, with comments, options and privileges."""
    database.execute(NOISE)
    state = desired(
        tmp_path,
        """
tables:
  declared:
    indexes: {i_new: a}
    checks: {c_new: a < 1000}
    absent: {indexes: [undeclared_unique], constraints: [undeclared_key]}
dropped_tables: {old_things: }
""",
    )
    before = set(catalog(database))
    apply_all(state, database.url)
    after = set(catalog(database))
    gone, come = (
        sorted({name for kind, name, *_ in rows if kind != "column"}) for rows in (before - after, after - before)
    )
    assert gone == [
        "public.declared.undeclared_key",
        "public.old_things",
        *(["public.old_things.old_things_id_not_null"] if database.server.major >= 18 else []),
        "public.old_things.old_things_pkey",
        "public.old_things_a",
        "public.old_things_pkey",
        "public.undeclared_key",
        "public.undeclared_unique",
    ]
    assert [name for name in come if not name.startswith("reconcile_archive.")] == [
        "public.declared.c_new",
        "public.i_new",
    ]


def test_rows_are_never_changed(database: Database) -> None:
    state = broad_setup(database)
    tables = [
        name
        for (name,) in database.query(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
            "WHERE schemaname !~ '^pg_|^information_schema' AND tablename !~ '^old_'"
        )
    ]
    union = " UNION ALL ".join(f"SELECT '{one}', r::text, xmin::text FROM {one} AS r" for one in sorted(tables))
    before = database.query(f"{union} ORDER BY 1, 2")
    apply_all(state, database.url)
    assert database.query(f"{union} ORDER BY 1, 2") == before
