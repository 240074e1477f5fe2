"""Dropped tables that can neither be compared nor dropped: refused before the first step, with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

import reconciler
from tests.execution.support import apply_all, assert_in_sync, desired
from tests.servers import Database

pytestmark = pytest.mark.ends


def refusals(database: Database, folder: Path, text: str, user: str = "postgres") -> list[tuple[str, str]]:
    plan = reconciler.plan(desired(folder, text), database.url_as(user))
    return [(one.rule, one.cause) for one in plan.refusals]


def test_a_member_of_an_extension(database: Database, tmp_path: Path) -> None:
    """Also if the member is a sequence of the table.

    Without a copy, PostgreSQL would refuse in the middle of the run.
    """
    database.execute("""CREATE EXTENSION citext; CREATE TABLE settings (id int); CREATE TABLE jobs (id serial);
        ALTER EXTENSION citext ADD TABLE settings; ALTER EXTENSION citext ADD SEQUENCE jobs_id_seq""")
    text = "policy: {allow: [drop-table]}\ndropped_tables: {settings: {backup: none}, jobs: }"
    assert refusals(database, tmp_path, text) == [
        ("has-dependents", "extension citext depends on public.settings"),
        ("has-dependents", "extension citext depends on public.jobs"),
    ]


def test_rows_that_row_security_hides(database: Database, tmp_path: Path) -> None:
    """Rows are hidden from the owner only if row security is forced. Without `replaced_by`, no rows are counted."""
    role = f"{database.name}_owner"
    database.execute(f"""CREATE ROLE {role} LOGIN; GRANT CREATE ON SCHEMA public TO {role};
        GRANT CREATE, TEMPORARY ON DATABASE {database.name} TO {role}; SET ROLE {role};
        CREATE TABLE old (id int); CREATE TABLE new (id int); CREATE TABLE older (id int);
        ALTER TABLE new ENABLE ROW LEVEL SECURITY; ALTER TABLE older ENABLE ROW LEVEL SECURITY;
        ALTER TABLE older FORCE ROW LEVEL SECURITY""")
    try:
        text = "dropped_tables: {old: {replaced_by: new}, older: {replaced_by: new}}"
        cause = "row security of public.older hides rows from the role, so its rows cannot be counted"
        assert refusals(database, tmp_path, text, role) == [("row-security", cause)]
        assert refusals(database, tmp_path, text) == []
        assert refusals(database, tmp_path, "dropped_tables: {old: {replaced_by: new}, older: }", role) == []
        database.execute("ALTER TABLE new FORCE ROW LEVEL SECURITY")
        rules = [rule for rule, _ in refusals(database, tmp_path, text, role)]
        assert rules == ["row-security"] * 3
    finally:
        database.execute(f"DROP OWNED BY {role}; DROP ROLE {role}")


def test_a_replacement_that_is_to_be_dropped_as_well(database: Database, tmp_path: Path) -> None:
    database.execute("CREATE TABLE old (id int); CREATE TABLE new (id int); CREATE TABLE newest (id int)")
    text = "dropped_tables: {old: {replaced_by: new}, new: {replaced_by: newest}}"
    cause = "public.new, which replaces public.old, would be dropped as well"
    assert refusals(database, tmp_path, text) == [("conflict", cause)]
    database.execute("DROP TABLE old")
    assert refusals(database, tmp_path, text) == []


def test_foreign_keys_that_leave_a_table_in_the_same_plan_do_not_hold_it(
    database: Database, tmp_path: Path
) -> None:
    """They are dropped first, on partitions too, also under other names. A foreign key of a child itself stays, and
    refuses the drop."""
    database.execute("""
        CREATE TABLE old (id int PRIMARY KEY);
        CREATE TABLE new (id int PRIMARY KEY);
        CREATE TABLE dropped (id int CONSTRAINT f REFERENCES old);
        CREATE TABLE moved (id int CONSTRAINT f REFERENCES old);
        CREATE TABLE renamed (id int CONSTRAINT g REFERENCES old);
        CREATE TABLE parts (id int, CONSTRAINT f FOREIGN KEY (id) REFERENCES old) PARTITION BY LIST (id);
        CREATE TABLE part PARTITION OF parts DEFAULT;
        CREATE TABLE joined (id int CONSTRAINT joined_f REFERENCES old) PARTITION BY LIST (id);
        CREATE TABLE joined_2 PARTITION OF joined FOR VALUES IN (2);
        ALTER TABLE parts ATTACH PARTITION joined FOR VALUES IN (2);
        CREATE TABLE child (CONSTRAINT f FOREIGN KEY (id) REFERENCES old) INHERITS (moved);
        INSERT INTO old VALUES (1);
        INSERT INTO new VALUES (1);
        INSERT INTO moved VALUES (1);
        INSERT INTO parts VALUES (1);
        CREATE RULE copying AS ON UPDATE TO moved DO ALSO INSERT INTO old VALUES (NEW.id)""")
    text = """
tables:
  dropped: {absent: {constraints: [f]}}
  moved: {foreign_keys: {f: {columns: id, references: new(id)}}}
  renamed: {foreign_keys: {f: {columns: id, references: new(id), renamed_from: g}}}
  parts: {foreign_keys: {f: {columns: id, references: new(id)}}}
dropped_tables:
  old: {replaced_by: new}
"""
    needing = ["constraint f on table public.child", "rule copying on table public.moved"]
    causes = [("has-dependents", f"{one} depends on public.old") for one in needing]
    assert refusals(database, tmp_path, text) == causes
    database.execute("ALTER TABLE child DROP CONSTRAINT f; DROP RULE copying ON moved")
    apply_all(desired(tmp_path, text), database.url)
    assert_in_sync(desired(tmp_path, text), database.url)


VIEWS = """
    CREATE TABLE old (id int PRIMARY KEY, a int);
    INSERT INTO old VALUES (1);
    CREATE VIEW a_first AS SELECT id FROM old;
    CREATE MATERIALIZED VIEW middle AS SELECT f.id FROM a_first f JOIN old USING (id);
    CREATE INDEX ON middle (id);
    CREATE VIEW z_last AS SELECT id FROM middle;
    CREATE TABLE parts (id int) PARTITION BY LIST (id);
    CREATE TABLE a_part PARTITION OF parts DEFAULT;
    CREATE VIEW of_part AS SELECT p.id, z.id AS other FROM a_part p, z_last z"""


def test_views_that_go_as_well_are_dropped_before_what_they_read(database: Database, tmp_path: Path) -> None:
    """A view that stays, or that is in the archive, still refuses the drop of what it reads."""
    views = "a_first: {backup: none}, z_last: {backup: none}, of_part: {backup: none}"
    text = f"policy: {{allow: [drop-table]}}\ndropped_tables: {{old: , parts: {{backup: none}}, {views}"
    database.execute(VIEWS)
    assert refusals(database, tmp_path, f"{text}}}") == [
        ("has-dependents", "materialized view public.middle depends on public.old"),
        ("has-dependents", "materialized view public.middle depends on public.a_first"),
    ]
    state = desired(tmp_path, f"{text}, middle: {{backup: none}}}}")
    database.execute("CREATE SCHEMA reconcile_archive; CREATE VIEW reconcile_archive.middle AS SELECT FROM parts")
    assert [one.cause for one in reconciler.plan(state, database.url).refusals] == [
        "view reconcile_archive.middle depends on public.parts"
    ]
    database.execute("DROP SCHEMA reconcile_archive CASCADE")
    apply_all(state, database.url)
    assert_in_sync(state, database.url)
    left = "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    assert database.query(left) == []
