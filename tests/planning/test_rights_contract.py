"""The contract of rights, for each kind and each way to change an object: a plan that is ready applies; a plan that is
refused names all statements after which it is ready, and a new comment needs nothing but ownership.

The objects name functions, types, operators, collations and tables of a schema that the role may not use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pytest

import reconciler
from reconciler.model.options import Options
from reconciler.model.plan import Refusal
from tests.execution.support import assert_in_sync, desired
from tests.servers import NIGHTLY, Database

APP = """
    CREATE SCHEMA app; CREATE SCHEMA stats;
    CREATE FUNCTION app.good(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
    CREATE FUNCTION app.part(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
    REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
    CREATE COLLATION app.plain FROM "C"; CREATE DOMAIN app.number AS int;
    CREATE OPERATOR app.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq, COMMUTATOR = OPERATOR(app.===));
    CREATE OPERATOR CLASS app.ints FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =,
        OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int, int);
    CREATE OPERATOR CLASS app.hashed FOR TYPE int USING hash AS OPERATOR 1 app.===(int, int), FUNCTION 1 hashint4(int);
    CREATE TABLE app.users (id int PRIMARY KEY); INSERT INTO app.users VALUES (1), (2), (3)"""

TABLE = """
    CREATE TABLE $t (id int, a int, n app.number, b text);
    INSERT INTO $t SELECT k, k, k, k FROM generate_series(1, 3) AS k"""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """How an object `$n` on table `$t` is made and declared. `entry` is the declaration without its braces, `altered`
    what is added to it and altered in place, `other` makes an object that the declared one replaces."""

    made: str
    declared: str
    entry: str
    absent: str = "constraints: [$n]"
    altered: str = ""
    other: str = ""
    renamed: str = "renamed_from: old_$n"

    def cases(self, major: int) -> Iterator[tuple[str, str, str]]:
        """Yield each verb with the SQL before it and the entries of the table."""
        made = (
            self.made if major >= 18 else self.made.replace("ADD CONSTRAINT $n NOT NULL n", "ALTER n SET NOT NULL")
        )
        found = [
            ("create", "", self._with("")),
            ("comment", self.made, self._with("comment: said")),
            ("rename", self.made.replace("$n", "old_$n"), self._with(self.renamed)),
            ("alter", self.made, self._with(self.altered)),
            ("replace", self.other, self._with("")),
            ("drop", made, f"absent: {{{self.absent}}}"),
        ]
        missing = {"alter": not self.altered, "replace": not self.other}
        if "NOT NULL" in self.made and major < 18:  # it has no name
            missing |= {"comment": True, "rename": True}
        for verb, before, text in found:
            if not missing.get(verb):
                named = {"t": f"t_{verb}", "n": f"n_{verb}"}
                sql, yaml = (Template(one).substitute(named) for one in (f"{TABLE};{before}", text))
                yield verb, sql, f"t_{verb}: {{{yaml}}}"

    def _with(self, more: str) -> str:
        return self.declared.replace("ENTRY", ", ".join(filter(None, (self.entry, more))))


EXCLUDED = (
    "using: hash, elements: [{column: a, opclass: {schema: app, name: hashed}, operator: {schema: app, name: ===}}]"
)
CALLED = "columns: [{column: a, opclass: {schema: app, name: ints}}, {expression: app.part(a)}]"
SUBJECTS = {
    "not_null": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n NOT NULL n",
        declared="not_null: {n: {ENTRY}}",
        entry="",
        absent="not_null: [n]",
        renamed="name: $n",
    ),
    "primary_key": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n PRIMARY KEY (n)",
        declared="primary_key: {ENTRY}",
        entry="columns: n",
        altered="with: {fillfactor: 70}",
        other="ALTER TABLE $t ADD PRIMARY KEY (a)",
        renamed="name: $n",
    ),
    "unique": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n UNIQUE (n)",
        declared="unique: {$n: {ENTRY}}",
        entry="columns: n",
        altered="with: {fillfactor: 70}",
        other="ALTER TABLE $t ADD CONSTRAINT $n UNIQUE (a)",
    ),
    "unique_adopted": Subject(
        made="CREATE UNIQUE INDEX $n ON $t (n)",
        declared="unique: {$n: {ENTRY}}",
        entry="columns: n",
        absent="indexes: [$n]",
    ),
    "foreign_key": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n FOREIGN KEY (a) REFERENCES app.users",
        declared="foreign_keys: {$n: {ENTRY}}",
        entry="columns: a, references: app.users(id)",
        altered="deferrable: true",
        other="ALTER TABLE $t ADD CONSTRAINT $n FOREIGN KEY (a) REFERENCES app.users ON DELETE CASCADE",
    ),
    "foreign_key_validated": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n FOREIGN KEY (a) REFERENCES app.users NOT VALID",
        declared="foreign_keys: {$n: {ENTRY}}",
        entry="columns: a, references: app.users(id)",
        altered="on_delete: no action",
    ),
    "check": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n CHECK (app.good(a))",
        declared="checks: {$n: {ENTRY}}",
        entry="expression: app.good(a)",
        other="ALTER TABLE $t ADD CONSTRAINT $n CHECK (a > 0)",
    ),
    "check_validated": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n CHECK (app.good(a)) NOT VALID",
        declared="checks: {$n: {ENTRY}}",
        entry="expression: app.good(a)",
        altered="comment: said",
    ),
    "check_of_types": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n CHECK (b COLLATE app.plain > '0' AND "
        "a OPERATOR(app.===) id AND a::app.number > 0)",
        declared="checks: {$n: {ENTRY}}",
        entry="expression: 'b COLLATE app.plain > ''0'' AND a OPERATOR(app.===) id AND a::app.number > 0'",
    ),
    "exclusion": Subject(
        made="ALTER TABLE $t ADD CONSTRAINT $n EXCLUDE USING hash (a app.hashed WITH app.===)",
        declared="exclusions: {$n: {ENTRY}}",
        entry=EXCLUDED,
        other="ALTER TABLE $t ADD CONSTRAINT $n EXCLUDE USING hash (a WITH =)",
    ),
    "index": Subject(
        made="CREATE INDEX $n ON $t (a app.ints, app.part(a))",
        declared="indexes: {$n: {ENTRY}}",
        entry=CALLED,
        absent="indexes: [$n]",
        altered="with: {fillfactor: 70}, statistics: {2: 200}",
        other="CREATE INDEX $n ON $t (a)",
    ),
    "statistics": Subject(
        made="CREATE STATISTICS $n ON a, (app.part(a)) FROM $t",
        declared="statistics: {$n: {ENTRY}}",
        entry="columns: [a, {expression: app.part(a)}]",
        absent="statistics: [$n]",
        altered="target: 5, schema: stats",
        other="CREATE STATISTICS $n ON a, b FROM $t",
    ),
}
"""Statistics, and what else is made here, belong to a superuser, unlike their tables."""

_COMMENTED = ("not_null", "primary_key", "unique", "foreign_key", "check", "exclusion", "index")
"""Kinds whose objects belong to the owner of the table, with entries in the words of the server."""


def refusals_of(state: reconciler.DesiredState, url: str) -> list[Refusal]:
    """Apply as far as the rights allow, and return why the plan was refused."""
    trusting = Options(
        allow=frozenset({"blocking-build", "blocks-updates"}),
        trust_file=True,
        trusted_roles=frozenset({"postgres"}),
    )
    result = reconciler.apply(state, url, approve=lambda _: True, options=trusting)
    if not result.plan.refusals:
        assert result.error is None, result.message
    return list(result.plan.refusals)


def statements(found: list[Refusal]) -> list[str]:
    """Return the statements that the refusals name: for missing rights, and nothing else."""
    assert {refusal.rule for refusal in found} <= {"missing-privilege", "unknown"}, [one.cause for one in found]
    named = [re.findall(r"(?:GRANT|ALTER) [^;]+;", one.remedy) for one in found]
    assert all(named), [refusal.remedy for refusal in found]
    return list(dict.fromkeys(statement for each in named for statement in each))


def granted(database: Database, found: list[Refusal], state: reconciler.DesiredState, url: str) -> list[Refusal]:
    """Run the statements, and return the refusals that are left."""
    for statement in statements(found) if found else ():
        database.execute(statement)
    return refusals_of(state, url)


@pytest.fixture
def roles(database: Database) -> Iterator[tuple[str, str]]:
    """Return the owner of the tables, and a role that may only connect."""
    owner, bare = f"owner_{database.name}", f"bare_{database.name}"
    database.execute(f"""{APP}; CREATE ROLE {owner}; CREATE ROLE {bare} LOGIN;
        REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE, CREATE ON SCHEMA public TO {owner}""")
    yield owner, bare
    database.execute(f"DROP OWNED BY {bare}, {owner} CASCADE; DROP ROLE {bare}; DROP ROLE {owner}")


def prepared(database: Database, owner: str, cases: list[tuple[str, str, str]]) -> str:
    """Make the tables of these cases, and return the file."""
    for verb, before, _ in cases:
        database.execute(f"{before}; ALTER TABLE t_{verb} OWNER TO {owner}")
    return "tables:\n" + "".join(f"  {text}\n" for _, _, text in cases)


@pytest.mark.pg(">= 18" if not NIGHTLY else ">= 14")
@pytest.mark.parametrize("kind", SUBJECTS)
def test_the_statements_that_a_refusal_names_make_the_plan_ready(
    database: Database, roles: tuple[str, str], tmp_path: Path, kind: str
) -> None:
    owner, bare = roles
    cases = list(SUBJECTS[kind].cases(database.server.major))
    state, url = desired(tmp_path, prepared(database, owner, cases)), database.url_as(bare)
    left = refusals_of(state, url)
    assert left
    if any(
        refusal.rule == "unknown" for refusal in left
    ):  # a live object that the role cannot compare with the file
        left = granted(database, left, state, url)
    left = granted(database, left, state, url)
    assert not left, [(refusal.cause, refusal.remedy) for refusal in left]
    assert_in_sync(state, database.url)


@pytest.mark.ends
def test_a_comment_needs_no_right_on_what_its_object_names(
    database: Database, roles: tuple[str, str], tmp_path: Path
) -> None:
    owner, bare = roles
    database.execute(f"GRANT {owner} TO {bare}; GRANT USAGE, CREATE ON SCHEMA public TO {bare}")
    cases = [
        (
            f"{kind}_{verb}",
            before.replace("_comment", f"_{kind}_{verb}"),
            text.replace("_comment", f"_{kind}_{verb}"),
        )
        for kind, subject in SUBJECTS.items()
        for verb, before, text in subject.cases(database.server.major)
        if verb == "comment" and kind in _COMMENTED
    ]
    state, url = desired(tmp_path, prepared(database, owner, cases)), database.url_as(bare)
    left = refusals_of(state, url)
    assert not left, [(refusal.cause, refusal.remedy) for refusal in left]
    assert_in_sync(state, database.url)


REPAIRED = """tables:
  t: {foreign_keys: {f: {columns: a, references: app.users(id), orphans: quarantine}}}
  v: {checks: {c: {expression: a > 0, violators: {set: {a: app.part(3)}}}}}
  w: {not_null: {a: {nulls: {fill: 3}}}}
"""


@pytest.mark.pg(">= 18")
def test_an_owner_that_revoked_its_own_privileges_repairs_once_it_has_them(
    database: Database, roles: tuple[str, str], tmp_path: Path
) -> None:
    owner, bare = roles
    for table, value in {"t": "7", "v": "-1", "w": "NULL"}.items():
        database.execute(f"""
            CREATE TABLE {table} (a int); INSERT INTO {table} VALUES (1), ({value});
            ALTER TABLE {table} OWNER TO {owner}; REVOKE ALL ON {table} FROM {owner}""")
    state, url = desired(tmp_path, REPAIRED), database.url_as(bare)
    left = granted(database, refusals_of(state, url), state, url)  # the role becomes a member of the owner
    left = granted(database, left, state, url)
    assert not left, [(refusal.cause, refusal.remedy) for refusal in left]
    assert_in_sync(state, database.url)
    assert database.query("SELECT a FROM v ORDER BY a") == [(1,), (3,)]


@pytest.mark.pg(">= 18")
def test_types_and_schemas_that_the_role_may_not_use_are_named_together(
    database: Database, roles: tuple[str, str], tmp_path: Path
) -> None:
    """PostgreSQL does not ask for a right on types when it builds an index, but a copy of the table needs it."""
    owner, bare = roles
    database.execute(f"""
        CREATE SCHEMA ty; CREATE DOMAIN ty."My number" AS int CHECK (value > 0);
        REVOKE USAGE ON TYPE ty."My number" FROM PUBLIC;
        CREATE TABLE t (a int, n ty."My number"); ALTER TABLE t OWNER TO {owner}; CREATE TABLE u (LIKE t);
        ALTER TABLE u ADD CONSTRAINT c CHECK (a::ty."My number" > 0), OWNER TO {owner};
        REVOKE SELECT ON u FROM {owner}; GRANT {owner} TO {bare}; GRANT USAGE, CREATE ON SCHEMA public TO {bare}""")
    types = {f'GRANT USAGE ON SCHEMA "ty" TO "{bare}";', f'GRANT USAGE ON TYPE ty."My number" TO "{bare}";'}
    url = database.url_as(bare)
    for text in (
        """t: {indexes: {i: [{expression: 'a::ty."My number"'}]}, checks: {c: 'a::ty."My number" > 0'}}""",
        "u: {indexes: {j: a}}",
        """u: {checks: {c: '(a::ty."My number") > (0)'}}""",
    ):
        state = desired(tmp_path, f"tables: {{{text}}}")
        found = refusals_of(state, url)
        assert types == set(statements(found)), text
    database.execute(f"GRANT SELECT ON u TO {owner}")
    assert not granted(database, found, state, url)
    assert_in_sync(state, database.url)


@pytest.mark.pg(">= 18")
def test_a_foreign_key_between_tables_of_an_owner_without_privileges(
    database: Database, roles: tuple[str, str], tmp_path: Path
) -> None:
    """The server compares the rows as the owner of the referenced table if the role may not read both tables."""
    owner, bare = roles
    database.execute(f"""
        CREATE TABLE t (a int PRIMARY KEY, b int); INSERT INTO t VALUES (1, 1); CREATE TABLE app.t (b int, c int);
        ALTER TABLE t OWNER TO {owner}; ALTER TABLE app.t OWNER TO {owner};
        REVOKE ALL ON t, app.t FROM {owner}; GRANT {owner} TO {bare};
        GRANT USAGE, CREATE ON SCHEMA public TO {bare}; GRANT USAGE ON SCHEMA app TO {bare}""")
    text = "tables: {t: {foreign_keys: {f: {columns: b, references: t(a)}}}, app.t: {foreign_keys: {"
    state = desired(tmp_path, text + "f: {columns: b, references: t(a)}}}}")
    found = refusals_of(state, database.url_as(bare))
    assert set(statements(found)) == {
        *(f'GRANT SELECT ("{column}") ON "public"."t" TO "{bare}";' for column in "ab"),
        f'GRANT SELECT ("b") ON "app"."t" TO "{bare}";',
        f'GRANT REFERENCES ("a") ON "public"."t" TO "{bare}";',
        f'GRANT SELECT ("a") ON "public"."t" TO "{owner}";',
        f'GRANT UPDATE ON "public"."t" TO "{owner}";',
    }
    assert not granted(database, found, state, database.url_as(bare))
    assert_in_sync(state, database.url)
