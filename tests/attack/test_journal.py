"""Attack: another role creates or takes over the journal, to act with the rights of a superuser.

The role is `mallory`, who may only log in and create objects in the schema `public`. Each attack leaves code that makes
`mallory` a superuser when another session runs it. `mallory` must not become a superuser, and the code must not run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.errors import Refused
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from reconciler.postgres.journal import create_statements
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = [pytest.mark.ends, pytest.mark.newest_by_day]

YAML = "tables: {t: {indexes: {i_a: a}, checks: {positive: a > 0}}}"
OURS = ";\n".join(create_statements("public"))
BODY = """IF session_user <> '{mallory}' THEN
        INSERT INTO public.trace VALUES (session_user); ALTER ROLE {mallory} SUPERUSER;
    END IF"""
FUNCTIONS = """
    CREATE FUNCTION public.evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NEW; END $$;
    CREATE FUNCTION public.evil_document() RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN '{}'; END $$;
    CREATE FUNCTION public.evil(x anyelement) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
        AS $$ BEGIN PERFORM public.evil_document(); RETURN true; END $$;
"""
REPLACED = """
    CREATE OR REPLACE FUNCTION public.log_migration_step(migration_name text, step_name text,
        status text DEFAULT 'started', rows_affected bigint DEFAULT NULL, error_message text DEFAULT NULL,
        metadata jsonb DEFAULT '{}') RETURNS uuid LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
        AS $$ BEGIN {body}; RETURN gen_random_uuid(); END $$;
"""
RIGHTS = """
    SELECT relname FROM pg_class c, aclexplode(c.relacl) a
     WHERE relname ~ '^migration_log' AND a.grantee <> c.relowner"""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A database in which `mallory` may create objects in `public`."""

    database: Database
    state: DesiredState
    mallory: str

    def sql(self, text: str) -> str:
        return text.replace("{body}", BODY).replace("{mallory}", self.mallory)

    def superuser(self, script: str) -> None:
        self.database.execute(self.sql(script))

    def attacker(self, script: str) -> None:
        with psycopg.connect(self.database.url_as(self.mallory), autocommit=True) as connection:
            connection.execute(self.sql(script).encode())

    def took_over(self) -> bool:
        """Return whether another session ran code of mallory."""
        promoted = self.database.value(f"SELECT rolsuper FROM pg_roles WHERE rolname = '{self.mallory}'")
        return bool(promoted or self.database.value("SELECT count(*) FROM trace"))

    def script(self) -> tuple[int, str]:
        """Run the plan's SQL script as the superuser; return psql's exit code and output."""
        plan = reconciler.plan(self.state, self.database.url)
        assert plan.steps
        done = self.database.psql(FORMATS["sql"](report_of(plan)))
        return done.returncode, done.stderr


@pytest.fixture
def scene(tmp_path: Path, database: Database) -> Iterator[Scene]:
    mallory = f"mallory_{database.name}"
    database.execute(f"""
        CREATE TABLE t (a int); INSERT INTO t VALUES (1);
        CREATE ROLE {mallory} LOGIN; GRANT CREATE ON SCHEMA public TO {mallory};
        CREATE TABLE trace (who text); GRANT INSERT ON trace TO PUBLIC""")
    try:
        yield Scene(database=database, state=desired(tmp_path, YAML), mallory=mallory)
    finally:
        database.execute(f"REASSIGN OWNED BY {mallory} TO postgres; DROP OWNED BY {mallory}; DROP ROLE {mallory}")


def apply(scene: Scene, *listeners: Callable[[Event], None], trusted: frozenset[str] = frozenset()) -> None:
    """Apply as the superuser; raise the error that ended the run, if any."""
    result = reconciler.apply(
        scene.state,
        scene.database.url,
        approve=lambda _: True,
        listeners=listeners,
        options=Options(trusted_roles=trusted),
    )
    assert not result.plan.refusals
    if result.error is not None:
        raise result.error


def is_refused(scene: Scene) -> str:
    """Assert that apply and script refuse, and change nothing; return the hint."""
    with pytest.raises(Refused) as refused:
        apply(scene)
    assert refused.value.rule == "journal-not-ours"
    code, said = scene.script()
    assert code == 3
    assert refused.value.message in said
    assert str(refused.value.hint) in said
    assert scene.database.value("SELECT to_regclass('i_a')") is None
    assert not scene.took_over()
    return str(refused.value.hint)


def mended(scene: Scene, hint: str) -> None:
    """Run the statements of the hint, after which the journal can be trusted."""
    scene.superuser(hint.partition("run:")[2])
    apply(scene)
    assert_in_sync(scene.state, scene.database.url)
    assert not scene.took_over()


def test_a_planted_journal_with_the_tools_own_text(scene: Scene) -> None:
    """Mallory creates and owns a table and a function with exactly the tool's text, before the first run."""
    scene.attacker(OURS)
    mended(scene, is_refused(scene))


def test_a_planted_journal_whose_function_is_replaced_during_the_run(scene: Scene) -> None:
    """The operator trusts mallory's journal, and mallory replaces the function during the run: nobody calls it."""
    scene.attacker(OURS)

    def replace(event: Event) -> None:
        if isinstance(event, StepStarted):
            scene.attacker(REPLACED)

    apply(scene, replace, trusted=frozenset({scene.mallory}))
    assert_in_sync(scene.state, scene.database.url)
    assert not scene.took_over()
    assert len(reconciler.history(scene.database.url, trusted_roles={scene.mallory})) == 1


LEFT_BEHIND = {
    "a trigger": "CREATE TRIGGER x BEFORE INSERT ON migration_log FOR EACH ROW EXECUTE FUNCTION evil()",
    "a rule": "CREATE RULE x AS ON INSERT TO migration_log DO ALSO SELECT evil(1)",
    "an index that calls a function": "CREATE INDEX ON migration_log (evil(step_name))",
    "an index whose predicate calls a function": "CREATE INDEX ON migration_log (step_name) WHERE evil(1)",
    "statistics that call a function": "CREATE STATISTICS s ON evil(1), step_name FROM migration_log",
    "a policy": """CREATE POLICY x ON migration_log USING (evil(1)) WITH CHECK (evil(1));
        ALTER TABLE migration_log ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY""",
    "a child": "CREATE TABLE c (CHECK (evil(step_name))) INHERITS (migration_log)",
    "a parent": "CREATE TABLE p (LIKE migration_log); ALTER TABLE migration_log INHERIT p",
    "a privilege to make triggers": "GRANT TRIGGER ON migration_log TO PUBLIC",
    "a privilege to change rows": "GRANT UPDATE, DELETE, TRUNCATE ON migration_log TO {mallory} WITH GRANT OPTION",
    "a privilege to change a column": "GRANT UPDATE (status) ON migration_log TO {mallory}",
    "a privilege to set the sequence": "GRANT UPDATE ON SEQUENCE migration_log_sequence_seq TO {mallory}",
    "an owner of the function": "ALTER FUNCTION log_migration_step OWNER TO {mallory}",
    "a schema of mallory's": "ALTER SCHEMA public OWNER TO {mallory}",
}


@pytest.mark.parametrize("what", LEFT_BEHIND)
def test_what_mallory_left_on_a_journal_that_a_superuser_owns(scene: Scene, what: str) -> None:
    """The journal used to belong to mallory and now belongs to the superuser, but still has code or rights of mallory.

    The error has the statements that repair it.
    """
    left_behind(scene, LEFT_BEHIND[what])


@pytest.mark.pg("< 17")  # from 17 on a partition cannot have its own identity column
def test_a_journal_that_is_a_partition(scene: Scene) -> None:
    """The journal is a partition of a table of mallory, whose keys call functions."""
    left_behind(
        scene,
        """CREATE TABLE p (LIKE migration_log) PARTITION BY LIST (step_name);
        ALTER TABLE p ATTACH PARTITION migration_log DEFAULT""",
    )


def left_behind(scene: Scene, what: str) -> None:
    scene.attacker(FUNCTIONS)
    scene.superuser(f"{OURS}; {what}")
    scene.superuser("TRUNCATE trace; ALTER ROLE {mallory} NOSUPERUSER")  # the calls of building such an index
    mended(scene, is_refused(scene))


@pytest.mark.parametrize(
    "defect",
    [
        "ALTER TABLE migration_log ALTER metadata SET DEFAULT public.evil_document()",
        "ALTER TABLE migration_log ADD CHECK (evil(step_name))",
        "DROP TABLE migration_log; CREATE VIEW migration_log AS SELECT evil(1)",
        "ALTER SEQUENCE migration_log_sequence_seq INCREMENT -1",
    ],
)
def test_a_journal_of_another_make_is_not_even_read(scene: Scene, defect: str) -> None:
    """Mallory creates a different table, default, check or view in place of the journal."""
    scene.attacker(FUNCTIONS)
    scene.superuser(f"{OURS}; {defect}")
    assert is_refused(scene) == "set policy.journal_schema to another schema"
    with pytest.raises(Refused, match="journal"):
        reconciler.history(scene.database.url)
    assert not scene.took_over()


def test_rights_that_mallory_gets_during_the_run(scene: Scene) -> None:
    """The right to create triggers is granted during the run, and used at once: the next transaction detects it."""
    scene.attacker(FUNCTIONS)

    def attack(event: Event) -> None:
        if isinstance(event, StepStarted):
            scene.superuser("GRANT TRIGGER ON migration_log TO {mallory}")
            scene.attacker(LEFT_BEHIND["a trigger"])

    with pytest.raises(Refused, match="trigger x") as refused:
        apply(scene, attack)
    assert refused.value.rule == "journal-not-ours"
    assert not scene.took_over()
    assert scene.database.query("SELECT status FROM migration_log ORDER BY sequence") == [
        ("started",),
        ("started",),
    ]
    scene.superuser(str(refused.value.hint).partition("run:")[2])
    apply_all(scene.state, scene.database.url)


def test_the_owner_of_the_schema_exchanges_the_journal_during_the_run(scene: Scene) -> None:
    """The database's owner, who is trusted only with `public`, replaces the journal by one with a trigger."""
    scene.superuser("ALTER DATABASE " + scene.database.name + " OWNER TO {mallory}")
    if scene.database.server.major < 15:
        scene.superuser("ALTER SCHEMA public OWNER TO {mallory}")
    scene.attacker(FUNCTIONS)

    def attack(event: Event) -> None:
        if isinstance(event, StepStarted):
            scene.attacker(f"DROP TABLE migration_log; {create_statements('public')[0]}")
            scene.attacker(LEFT_BEHIND["a trigger"])

    with pytest.raises(Refused, match="belongs to role"):
        apply(scene, attack)
    assert not scene.took_over()
    scene.superuser("ALTER DATABASE " + scene.database.name + " OWNER TO postgres")


def test_the_journal_is_reached_for_while_a_transaction_of_the_run_uses_it(scene: Scene) -> None:
    """From the check to the end of the transaction, the lock prevents a new trigger on the journal."""
    apply(scene)
    scene.attacker(FUNCTIONS)
    scene.superuser("GRANT TRIGGER ON migration_log TO {mallory}")
    with psycopg.connect(scene.database.url) as run:
        run.execute("LOCK TABLE ONLY migration_log IN ROW EXCLUSIVE MODE")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            scene.attacker("SET lock_timeout = '100ms'; " + LEFT_BEHIND["a trigger"])


def test_rights_that_default_privileges_give(scene: Scene) -> None:
    """Default privileges give mallory and everybody all rights on new tables and sequences; the journal has none."""
    scene.superuser("""ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {mallory}, PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO {mallory}""")
    apply(scene)
    assert scene.database.query(RIGHTS) == []
    scene.superuser("""ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM {mallory}, PUBLIC;
        ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {mallory}""")


def test_rights_that_default_privileges_give_to_the_script(scene: Scene) -> None:
    """The same, if the SQL script creates the journal."""
    scene.superuser("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO {mallory}, PUBLIC")
    assert scene.script() == (0, "")
    assert scene.database.query(RIGHTS) == []
    scene.superuser("ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM {mallory}, PUBLIC")


def test_a_planted_journal_as_the_proof_that_an_index_is_ours(scene: Scene) -> None:
    """A plan queries the journal for an invalid index. Query planning would call mallory's function."""
    scene.attacker(f"{FUNCTIONS}; {OURS}")
    scene.attacker(LEFT_BEHIND["an index whose predicate calls a function"])
    scene.superuser("INSERT INTO t VALUES (1)")
    with pytest.raises(psycopg.errors.UniqueViolation):
        scene.superuser("CREATE UNIQUE INDEX CONCURRENTLY i_a ON t (a)")
    scene.superuser("UPDATE pg_index SET indisunique = false WHERE indexrelid = 'i_a'::regclass")
    scene.superuser("TRUNCATE trace")
    plan = reconciler.plan(scene.state, scene.database.url)
    assert [refusal.rule for refusal in plan.refusals] == ["invalid-index"]
    assert "belongs to role" in plan.refusals[0].cause
    assert not scene.took_over()


def test_others_may_still_read_and_add_entries(scene: Scene) -> None:
    """Not an attack: INSERT and SELECT for other roles, and row security that does not apply to the owner, are
    accepted.
    """
    scene.superuser(OURS)
    scene.superuser("""GRANT SELECT, INSERT, REFERENCES ON migration_log TO {mallory};
        ALTER TABLE migration_log ENABLE ROW LEVEL SECURITY""")
    apply(scene)
    assert_in_sync(scene.state, scene.database.url)


def test_a_role_that_may_only_add_entries(scene: Scene) -> None:
    """Not an attack: a superuser owns the journal, and the connected role may read and add entries."""
    scene.superuser(
        f"{OURS}; GRANT SELECT, INSERT ON migration_log TO {{mallory}}; ALTER TABLE t OWNER TO {{mallory}}"
    )
    result = reconciler.apply(scene.state, scene.database.url_as(scene.mallory), approve=lambda _: True)
    assert (result.error, result.plan.refusals) == (None, ())
    assert [run.user for run in reconciler.history(scene.database.url_as(scene.mallory))] == [scene.mallory]


@pytest.mark.parametrize("made", ["TYPE migration_log AS ENUM ('a')", "DOMAIN migration_log AS int"])
def test_a_planted_type_of_the_journals_name(made: str, scene: Scene) -> None:
    """Mallory creates a type with the journal's name, so that the table cannot be created.

    Nothing is changed, and the refusal has the statement that solves it.
    """
    scene.attacker(f"CREATE {made}")
    with pytest.raises(Refused) as refusal:
        reconciler.apply(scene.state, scene.database.url, approve=lambda _: True)
    assert refusal.value.rule == "journal-not-ours"
    assert scene.database.value("SELECT count(*) FROM pg_indexes WHERE indexname = 'i_a'") == 0
    statement = str(refusal.value.hint).splitlines()[-1].strip()
    assert statement == "DROP TYPE public.migration_log;"
    scene.superuser(statement)
    apply_all(scene.state, scene.database.url)
