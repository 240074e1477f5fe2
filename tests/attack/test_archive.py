"""Attack: another role creates the archive before the tool does, or gets rights in it, to drop archived tables.

The role is `mallory`, who may log in and create schemas. The catalog must never show a dropped table in a schema that
`mallory` owns or may create objects in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

import reconciler
from reconciler.model.errors import Refused
from reconciler.model.events import Event, StepStarted
from reconciler.model.options import Options
from reconciler.model.state import DesiredState
from reconciler.report import FORMATS, report_of
from tests.execution.support import apply, apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends

YAML = "dropped_tables: {counted: {replaced_by: kept}, leftover: {}}"


@dataclass(frozen=True, kw_only=True)
class Scene:
    database: Database
    state: DesiredState
    mallory: str

    def superuser(self, script: str) -> None:
        self.database.execute(script.replace("{mallory}", self.mallory))

    def attacker(self, script: str) -> None:
        with psycopg.connect(self.database.url_as(self.mallory), autocommit=True) as connection:
            connection.execute(script.encode())

    def left(self) -> list[str]:
        query = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        return [name for (name,) in self.database.query(query) if name != "migration_log"]


@pytest.fixture
def scene(tmp_path: Path, database: Database) -> Iterator[Scene]:
    mallory = f"mallory_{database.name}"
    database.execute(f"""
        CREATE TABLE leftover (a int); CREATE TABLE counted (a int); CREATE TABLE kept (a int);
        INSERT INTO counted VALUES (1); INSERT INTO kept VALUES (1);
        CREATE ROLE {mallory} LOGIN; GRANT CREATE ON DATABASE {database.name} TO {mallory}""")
    try:
        yield Scene(database=database, state=desired(tmp_path, YAML), mallory=mallory)
    finally:
        database.execute(f"REASSIGN OWNED BY {mallory} TO postgres; DROP OWNED BY {mallory}; DROP ROLE {mallory}")


BEFOREHAND = {
    "made by mallory": "CREATE SCHEMA reconcile_archive AUTHORIZATION {mallory}",
    "mallory may create": "CREATE SCHEMA reconcile_archive; GRANT CREATE ON SCHEMA reconcile_archive TO {mallory}",
    "everybody may create": "CREATE SCHEMA reconcile_archive; GRANT ALL ON SCHEMA reconcile_archive TO PUBLIC",
}


@pytest.mark.parametrize("how", BEFOREHAND)
def test_an_archive_that_is_not_ours(scene: Scene, how: str) -> None:
    """Mallory creates the archive, or may create objects in it, before the run. Plan, apply and script refuse."""
    plan = reconciler.plan(scene.state, scene.database.url)  # before: its script is run after
    script = FORMATS["sql"](report_of(plan))
    scene.superuser(BEFOREHAND[how])
    planned = reconciler.plan(scene.state, scene.database.url)
    assert [refusal.rule for refusal in planned.refusals] == ["archive-not-ours"]
    assert apply(scene.state, scene.database.url).completed == 0
    done = scene.database.psql(script)
    assert (done.returncode, "cannot be trusted" in done.stderr) == (3, True)
    assert scene.left() == ["counted", "kept", "leftover"]
    scene.superuser(planned.refusals[0].remedy.partition("run:")[2])
    apply_all(scene.state, scene.database.url)
    assert scene.left() == ["kept"]


@pytest.mark.parametrize(
    "how", ["ALTER SCHEMA reconcile_archive OWNER TO {mallory}", BEFOREHAND["mallory may create"]]
)
def test_an_archive_that_changes_hands_during_the_run(scene: Scene, how: str) -> None:
    """Mallory becomes the owner of the archive during the run: no later step archives a table."""
    if how.startswith("ALTER"):
        scene.superuser("CREATE SCHEMA reconcile_archive")

    def attack(event: Event) -> None:
        if isinstance(event, StepStarted) and event.step.archives:
            scene.superuser(how.removeprefix("CREATE SCHEMA reconcile_archive; "))

    result = apply(scene.state, scene.database.url, attack)
    assert isinstance(result.error, Refused)
    assert result.error.rule == "archive-not-ours"
    assert scene.left() == ["counted", "kept", "leftover"]


def test_rights_that_default_privileges_give_on_the_archive(scene: Scene) -> None:
    """Default privileges give mallory and everybody all rights on new schemas; the archive gives them none."""
    scene.superuser("ALTER DEFAULT PRIVILEGES GRANT ALL ON SCHEMAS TO {mallory}, PUBLIC")
    apply_all(scene.state, scene.database.url)
    acl = scene.database.value("SELECT nspacl::text[] FROM pg_namespace WHERE nspname = 'reconcile_archive'")
    assert acl == ["postgres=UC/postgres"]
    scene.superuser("ALTER DEFAULT PRIVILEGES REVOKE ALL ON SCHEMAS FROM {mallory}, PUBLIC")


def test_an_archive_of_a_role_that_the_operator_trusts(scene: Scene) -> None:
    """Not an attack: the archive belongs to a role of --trust-role."""
    scene.superuser(BEFOREHAND["made by mallory"])
    trusting = Options(trusted_roles=frozenset({scene.mallory}))
    result = reconciler.apply(scene.state, scene.database.url, approve=lambda _: True, options=trusting)
    assert (result.error, result.plan.refusals) == (None, ())
    assert_in_sync(scene.state, scene.database.url)
