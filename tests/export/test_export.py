"""`export` on real servers: its files, its warnings, and a plan that is in sync."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import reconciler
from reconciler.model.errors import UsageError
from tests.conftest import Golden
from tests.export.definitions import EVIL
from tests.servers import READER, Database

HERE = Path(__file__).parent
GIVEN = (HERE / "given.sql").read_text(encoding="utf-8")


def in_sync(text: str, url: str, folder: Path) -> bool:
    file = folder / "schema.yaml"
    file.write_text(text, encoding="utf-8")
    plan = reconciler.plan(reconciler.load([file]), url)
    assert plan.refusals == ()
    return not plan.routes


@pytest.fixture
def rich(database: Database) -> Database:
    database.execute(GIVEN)
    return database


def test_a_database_of_everything(rich: Database, golden: Golden) -> None:
    found = reconciler.export(rich.url)
    golden(HERE / "expected" / "schema.yaml", found.files["schema.yaml"])
    golden(HERE / "expected" / "warnings.txt", "".join(f"{warning}\n" for warning in found.warnings))


def test_a_plan_finds_it_in_sync(rich: Database, tmp_path: Path) -> None:
    rich.execute("DROP INDEX idx_plain__reconcile_old, idx_dead")
    assert in_sync(reconciler.export(rich.url).files["schema.yaml"], rich.url, tmp_path)


def test_a_role_that_may_only_read_finds_it_in_sync(rich: Database, tmp_path: Path) -> None:
    """As on a standby, nothing can be tried on the server, so the text itself must be equal."""
    rich.execute("DROP INDEX idx_plain__reconcile_old, idx_dead")
    rich.execute(f"REVOKE TEMPORARY ON DATABASE {rich.name} FROM PUBLIC; ALTER ROLE {READER} LOGIN")
    rich.execute(f"ALTER DATABASE {rich.name} SET default_transaction_read_only = on")
    text = reconciler.export(rich.url_as(READER)).files["schema.yaml"]
    assert text == reconciler.export(rich.url).files["schema.yaml"]
    assert in_sync(text, rich.url_as(READER), tmp_path)


@pytest.mark.pg(">= 15")
def test_what_14_lacks(database: Database, golden: Golden, tmp_path: Path) -> None:
    database.execute(
        """CREATE TABLE a (id int PRIMARY KEY, b int, c int, UNIQUE NULLS NOT DISTINCT (b), UNIQUE (b, c),
                           CONSTRAINT to_null FOREIGN KEY (b, c) REFERENCES a (b, c) ON DELETE SET NULL (c),
                           CONSTRAINT to_default FOREIGN KEY (b, c) REFERENCES a (b, c) ON DELETE SET DEFAULT (b));
           CREATE UNIQUE INDEX idx_nulls ON a (c) NULLS NOT DISTINCT;"""
    )
    text = reconciler.export(database.url).files["schema.yaml"]
    golden(HERE / "expected" / "since-15.yaml", text)
    assert in_sync(text, database.url, tmp_path)


@pytest.mark.pg(">= 18")
def test_what_only_18_has(database: Database, golden: Golden, tmp_path: Path) -> None:
    database.execute(
        """CREATE TABLE a (id int PRIMARY KEY, named int CONSTRAINT there NOT NULL, plain int NOT NULL, late int);
           ALTER TABLE a ADD CONSTRAINT later NOT NULL late NOT VALID;
           COMMENT ON CONSTRAINT a_id_not_null ON a IS 'key';
           ALTER TABLE a ADD CONSTRAINT lax CHECK (id > 0) NOT ENFORCED;
           ALTER TABLE a ADD CONSTRAINT loose FOREIGN KEY (plain) REFERENCES a NOT ENFORCED;
           ALTER TABLE a ADD CONSTRAINT soon CHECK (id > 1) NOT VALID;
           CREATE TABLE t (id int4range, at tsrange, "in" int8multirange, PRIMARY KEY (id, at WITHOUT OVERLAPS),
                           CONSTRAINT apart UNIQUE NULLS NOT DISTINCT (id, "in" WITHOUT OVERLAPS) INCLUDE (at)
                             WITH (fillfactor = 50),
                           CONSTRAINT later UNIQUE (at, id, "in" WITHOUT OVERLAPS) DEFERRABLE INITIALLY DEFERRED);
           ALTER TABLE t CLUSTER ON apart;
           ALTER TABLE t REPLICA IDENTITY USING INDEX t_pkey;
           COMMENT ON CONSTRAINT apart ON t IS 'never two';
           CREATE SCHEMA "Other";
           CREATE TABLE "Other".u (id int4range, at tsrange, "in" int8multirange,
                CONSTRAINT over FOREIGN KEY (id, PERIOD at) REFERENCES t (id, PERIOD at),
                CONSTRAINT loose FOREIGN KEY (id, PERIOD "in") REFERENCES t (id, PERIOD "in") MATCH FULL
                  NOT ENFORCED);"""
    )
    found = reconciler.export(database.url)
    golden(HERE / "expected" / "since-18.yaml", found.files["schema.yaml"])
    golden(HERE / "expected" / "since-18-warnings.txt", "".join(f"{warning}\n" for warning in found.warnings))
    assert in_sync(found.files["schema.yaml"], database.url, tmp_path)


def test_what_was_dropped_is_rebuilt_to_the_same_file(database: Database, tmp_path: Path) -> None:
    database.execute(
        """CREATE TABLE a (id int PRIMARY KEY, b text COLLATE "C", CONSTRAINT k UNIQUE (b),
                           CONSTRAINT c CHECK (b <> 'x' AND id IN (1, 2)));
           CREATE TABLE r (id int REFERENCES a ON DELETE SET NULL, x jsonb);
           CREATE INDEX i ON r USING gin (x jsonb_path_ops) WHERE id > 0;
           COMMENT ON INDEX i IS 'why'"""
    )
    file = tmp_path / "schema.yaml"
    file.write_text(reconciler.export(database.url).files["schema.yaml"], encoding="utf-8")
    database.execute("ALTER TABLE r DROP CONSTRAINT r_id_fkey; ALTER TABLE a DROP CONSTRAINT k, DROP CONSTRAINT c")
    database.execute("DROP INDEX i")
    result = reconciler.apply(reconciler.load([file]), database.url, approve=lambda _: True)
    assert result.failed == 0
    assert reconciler.export(database.url).files["schema.yaml"] == file.read_text(encoding="utf-8")


@pytest.mark.ends  # about names
def test_names_that_anything_could_misread(database: Database, tmp_path: Path) -> None:
    make = sql.SQL(
        """CREATE TABLE {schema}.{name} ({name} int PRIMARY KEY, {other} text COLLATE "C" NOT NULL,
             CONSTRAINT {unique} UNIQUE ({other}) INCLUDE ({name}), CONSTRAINT {check} CHECK ({other} > 'a: b'),
             CONSTRAINT {foreign} FOREIGN KEY ({name}) REFERENCES {schema}.{name} ({name}));
           CREATE INDEX {index} ON {schema}.{name} ({name} DESC, {other}, lower({other})) WHERE {other} <> ' #';
           COMMENT ON INDEX {schema}.{index} IS {text}"""
    )
    with database.connect() as connection:
        for schema in ("Odd.Schema", "public"):
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))
            for name, other in pairwise(EVIL):
                names = {
                    "name": name,
                    "other": other,
                    "schema": schema,
                    "unique": f"{name} u",
                    "check": f"{name} c",
                }
                names |= {"foreign": f"{name} f", "index": f"{name} i"}
                identifiers = {key: sql.Identifier(one) for key, one in names.items()}
                connection.execute(make.format(**identifiers, text=sql.Literal(name)))
    for split in (None, "schema", "table"):
        folder = tmp_path / str(split)
        for path, text in reconciler.export(database.url, split=split).files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        desired = reconciler.load([folder])
        plan = reconciler.plan(desired, database.url)
        assert (desired.count, plan.refusals, plan.routes) == (2 * 7 * (len(EVIL) - 1), (), ())


def test_an_empty_database_is_a_valid_file(database: Database, tmp_path: Path) -> None:
    assert in_sync(reconciler.export(database.url).files["schema.yaml"], database.url, tmp_path)


def test_other_sessions_temporary_tables_are_not_seen(database: Database) -> None:
    with database.connect() as other:
        other.execute("CREATE TEMPORARY TABLE passing (id int PRIMARY KEY)")
        assert "passing" not in reconciler.export(database.url).files["schema.yaml"]


# --- Choosing ----------------------------------------------------------------------------------------------------


def tables_of(database: Database, tmp_path: Path, **choice: list[str]) -> list[str]:
    file = tmp_path / "schema.yaml"
    file.write_text(reconciler.export(database.url, **choice).files["schema.yaml"], encoding="utf-8")
    return sorted({str(table) for table in reconciler.load([file]).tables()})


@pytest.fixture
def shop(database: Database) -> Database:
    database.execute(
        """CREATE SCHEMA billing; CREATE TABLE users (id int); CREATE TABLE user_roles (id int);
           CREATE TABLE billing.users (id int); CREATE TABLE billing."Users" (id int)"""
    )
    return database


@pytest.mark.parametrize(
    ("choice", "tables"),
    [
        ({"schemas": ["billing"]}, ['billing."Users"', "billing.users"]),
        ({"tables": ["users"]}, ["billing.users", "public.users"]),
        ({"tables": ["public.user*"]}, ["public.user_roles", "public.users"]),
        ({"schemas": ["public"], "tables": ["*_roles", "users"]}, ["public.user_roles", "public.users"]),
    ],
)
def test_only_what_is_asked_for(
    shop: Database, tmp_path: Path, choice: dict[str, list[str]], tables: list[str]
) -> None:
    assert tables_of(shop, tmp_path, **choice) == tables


def test_a_single_schema_is_the_files_own(shop: Database) -> None:
    text = reconciler.export(shop.url, schemas=["billing"]).files["schema.yaml"]
    assert text.endswith("schema: billing\n\ntables:\n  Users:\n  users:\n")


OWN_NAMES = """
    CREATE SCHEMA app; CREATE SCHEMA other;
    CREATE FUNCTION own_cmp(text, text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT bttextcmp($1, $2)';
    CREATE TABLE app.a (x text); CREATE TABLE app.b (id int, CONSTRAINT k UNIQUE (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE app.c (id int, CONSTRAINT later UNIQUE (id) DEFERRABLE); CREATE TABLE app.d ();
    CREATE TABLE other.e (x text);
    CREATE COLLATION own (locale = 'C'); CREATE INDEX i ON other.e (x COLLATE own);"""
CLASSES = ("public.alone", "app.here", "other.twice", "public.twice", "other.hidden")


@pytest.mark.pg(">= 18")
def test_names_are_as_short_as_a_person_would_write_them(
    database: Database, golden: Golden, tmp_path: Path
) -> None:
    """A name is qualified only if the search path does not find it, or several schemas have it.

    A role that may only read finds the file in sync, because the server does not have to resolve names.
    """
    database.execute(OWN_NAMES)
    for number, name in enumerate(CLASSES):
        operators = ", ".join(
            f"OPERATOR {n} {operator}" for n, operator in enumerate(("<", "<=", "=", ">=", ">"), 1)
        )
        database.execute(
            f"CREATE OPERATOR CLASS {name} FOR TYPE text USING btree AS {operators}, FUNCTION 1 own_cmp(text, text); "
            f"CREATE INDEX i{number} ON app.a (x {name})"
        )
    text = reconciler.export(database.url).files["schema.yaml"]
    golden(HERE / "expected" / "short-names.yaml", text)
    database.execute(f"REVOKE TEMP ON DATABASE {database.name} FROM PUBLIC; ALTER ROLE {READER} LOGIN")
    assert in_sync(text, database.url_as(READER), tmp_path)


@pytest.mark.parametrize(
    ("choice", "rule"),
    [
        ({"schemas": ["biling"]}, "nothing-matches"),
        ({"tables": ["users", "usr"]}, "nothing-matches"),
        ({"schemas": ["pg_catalog"]}, "system-schema"),
        ({"schemas": ["reconcile_archive"]}, "tool-owned"),
    ],
)
def test_what_is_not_there_is_an_error(shop: Database, choice: dict[str, list[str]], rule: str) -> None:
    shop.execute("CREATE SCHEMA reconcile_archive")
    with pytest.raises(UsageError) as error:
        reconciler.export(shop.url, **choice)
    assert error.value.rule == rule


def test_the_journal_is_not_exported(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE a (id int)")
    file = tmp_path / "schema.yaml"
    file.write_text("{version: 1, tables: {a: {indexes: {i: id}}}}", encoding="utf-8")
    reconciler.apply(reconciler.load([file]), database.url, approve=lambda _: True)
    assert database.value("SELECT to_regclass('public.migration_log') IS NOT NULL")
    found = reconciler.export(database.url)
    assert "migration_log" not in found.files["schema.yaml"]
    assert found.warnings == ()


# --- Folders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("split", "paths"),
    [
        ("schema", ["billing.yaml", "public.yaml"]),
        (
            "table",
            ["billing/Users.yaml", "billing/users~2.yaml", "public/user_roles.yaml", "public/users.yaml"],
        ),
    ],
)
def test_a_folder_reads_as_the_one_file(shop: Database, tmp_path: Path, split: str, paths: list[str]) -> None:
    files = reconciler.export(shop.url, split=split).files
    assert sorted(files) == sorted([*paths, "reconcile.schema.json"])
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        if path.endswith(".yaml"):
            modeline = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
            assert (tmp_path / path).parent.joinpath(modeline).resolve() == tmp_path / "reconcile.schema.json"
    read = {key: one.definition for key, one in reconciler.load([tmp_path]).objects.items()}
    one = tmp_path.with_suffix(".yaml")
    one.write_text(reconciler.export(shop.url).files["schema.yaml"], encoding="utf-8")
    assert read == {key: one.definition for key, one in reconciler.load([one]).objects.items()}


# --- Scale -------------------------------------------------------------------------------------------------------


def queries_of(database: Database, monkeypatch: pytest.MonkeyPatch) -> int:
    sent = 0
    execute = psycopg.Connection.execute

    def counting(self, *arguments, **options):  # type: ignore[no-untyped-def]
        nonlocal sent
        sent += 1
        return execute(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "execute", counting)
        reconciler.export(database.url)
    return sent


def test_the_number_of_queries_does_not_grow(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    make = """CREATE TABLE t{n} (id int PRIMARY KEY, a text NOT NULL UNIQUE, CHECK (id > 0));
              CREATE INDEX ON t{n} (a text_pattern_ops, a COLLATE "POSIX");
              ALTER TABLE t{n} ADD FOREIGN KEY (id) REFERENCES t0;"""
    database.execute(make.format(n=0))
    few = queries_of(database, monkeypatch)
    database.execute("".join(make.format(n=n) for n in range(1, 30)))
    assert queries_of(database, monkeypatch) == few
    assert few < 20
