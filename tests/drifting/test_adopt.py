"""`drift --write` declares what the database has: then a plan is in sync, and every comment of the file is there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import reconciler
from reconciler.cli.adopting import write_texts
from reconciler.cli.main import main
from reconciler.cli.output import write_files
from reconciler.drifting.adopt import _like, adopt
from reconciler.drifting.find import find_drift
from reconciler.model.drift import Adoption
from reconciler.model.options import DEFAULTS
from reconciler.postgres.catalog import read_state
from reconciler.postgres.session import connect
from reconciler.spec import desired_of, read_files
from reconciler.spec.format import comments_of
from tests.docs.pages import ROOT
from tests.execution.support import apply_all, desired
from tests.pairs.pairs import LIBRARY, NEW, OLD, Pair, read_pairs
from tests.servers import NIGHTLY, Database, Server

STYLES: dict[str, Callable[[str], str]] = {
    "exported": lambda text: text,
    "lines": lambda text: yaml.safe_dump(yaml.safe_load(text), sort_keys=False, allow_unicode=True, width=10**6),
    "brackets": lambda text: yaml.safe_dump(
        yaml.safe_load(text), sort_keys=False, default_flow_style=True, width=10**6
    ),
}


def commented(text: str) -> str:
    """Return the text with a comment above and beside each line that is not inside a block of text."""
    lines: list[str] = []
    inside = -1
    for number, line in enumerate(text.splitlines()):
        column = len(line) - len(line.lstrip())
        inside = inside if not line or column > inside >= 0 else -1
        block = line.endswith(("|", "|-"))
        lines += [line] if inside >= 0 else [f"# above {number}", line if block else f"{line} # beside {number}"]
        inside = column if block else inside
    return "\n".join(lines) + "\n"


def comments(text: str) -> Counter[str]:
    return Counter(comment.text for comment in comments_of(text))


def written(found: Adoption, folder: Path, text: str) -> Path:
    """Write the text of an adoption, or the given one if it changes nothing."""
    new = next((after for _, after in found.texts.values()), text)
    assert not comments(text) - comments(new)
    file = folder / "after.yaml"
    file.write_text(new, encoding="utf-8")
    return file


LOG = ROOT / "examples" / "ddl_log.sql"
FILE = """\
version: 1   # the first line
tables:
  # the users
  users:
    not_null: [email, name] # both
    primary_key: {columns: id}
    unique:
      users_email_key: email   # one account each
    indexes:
      users_name_idx:
        # why it is descending
        columns:
          - {column: name, order: desc}
        where: name <> ''   # only named ones
        unique: false
      users_gone_idx: name   # was slow
    checks: {positive: id > 0}   # ids
    absent:
      indexes: [users_again_idx, users_old_idx]   # made by hand
  orders: {indexes: {o_idx: user_id}, foreign_keys: {f: {columns: user_id, references: users(id)}}}
# the end
"""
BASE = """
    CREATE TABLE users (id int PRIMARY KEY, email text, name text);
    CREATE TABLE orders (id int, user_id int);
    CREATE INDEX users_again_idx ON users (email, name);
"""
DRIFT = """
    ALTER TABLE users ALTER name DROP NOT NULL;
    DROP INDEX users_name_idx;
    CREATE UNIQUE INDEX users_name_idx ON users (name DESC, id) INCLUDE (email);
    DROP INDEX users_gone_idx;
    ALTER TABLE users DROP CONSTRAINT positive;
    CREATE INDEX users_again_idx ON users (email, name);
    CREATE INDEX users_old_idx ON users (id, name);
    ALTER TABLE orders DROP CONSTRAINT f;
    ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (user_id) REFERENCES users ON DELETE CASCADE;
    DROP INDEX o_idx;
    CREATE INDEX "Odd: one" ON orders (lower(user_id::text));
    ALTER TABLE orders ALTER user_id SET NOT NULL, ADD PRIMARY KEY (id);
"""
AFTER = """\
version: 1   # the first line
tables:
  # the users
  users:
    not_null: [email] # both
    primary_key: {columns: id}
    unique:
      users_email_key: email   # one account each
    indexes:
      users_name_idx:
        # why it is descending
        columns: [{column: name, order: desc}, id]
        # only named ones
        unique: true
        include: email
      # was slow
    # ids
    absent:
      indexes: [users_old_idx]   # made by hand
  orders: {foreign_keys: {f: {columns: user_id, references: users(id), on_delete: cascade}}}
# the end
"""


@pytest.fixture
def drifted(database: Database, tmp_path: Path) -> Path:
    """Return the file of a database that has drifted since a run applied the file."""
    database.execute(BASE)
    apply_all(desired(tmp_path, FILE), database.url)
    database.execute(DRIFT)
    return tmp_path / "schema.yaml"


@pytest.mark.pg(">= 18")
def test_a_file_keeps_its_comments_its_order_and_its_forms(
    database: Database, drifted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["drift", "-q", "--write", "-f", str(drifted), "--db", database.url]) == 2
    said = capsys.readouterr().err
    assert drifted.read_text().splitlines() == AFTER.splitlines()
    assert "left as it is: index users_old_idx on public.users: a pending change" in said
    assert f"removed index users_gone_idx on public.users ({drifted})\n" in said
    assert said.endswith("1 file written; `git diff` shows the changes.\n")
    assert main(["drift", "-q", "--write", "--strict", "-f", str(drifted), "--db", database.url]) == 2
    had = AFTER.splitlines()
    again, line = (line.strip() for line in drifted.read_text().splitlines() if line not in had)
    assert again == "users_again_idx: [email, name]"
    assert line.startswith("orders: {foreign_keys")
    odd = """indexes: {"Odd: one": [{expression: "lower((user_id)::text)"}]}"""
    assert line.endswith(f", {odd}, not_null: [user_id], primary_key: id}}")
    assert main(["validate", "-f", str(drifted)]) == 0
    database.execute("DROP INDEX users_old_idx")
    capsys.readouterr()
    assert main(["drift", "-q", "--write", "--strict", "-f", str(drifted), "--db", database.url]) == 0
    assert capsys.readouterr().err == "No file was written.\n"


@pytest.mark.pg(">= 18")
def test_what_no_run_has_applied_is_kept(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file and the database have both changed since the last run: only the changes of the database are written."""
    database.execute("CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE INDEX t_old_idx ON t (a, b)")
    before = """\
tables:
  t:
    indexes: {t_a_idx: a, t_b_idx: b, t_ab_idx: [a, b], t_ba_idx: [b, a], t_gone_idx: a, t_old_idx: [a, b]}
"""
    file = tmp_path / "schema.yaml"
    apply_all(desired(tmp_path, before), database.url)
    new = (
        before.replace("t_ab_idx: [a, b]", "t_ab_idx: {columns: [a, b], unique: true}")
        .replace("t_b_idx: b, ", "")
        .replace("t_ba_idx: [b, a]", "t_ba_idx: {columns: [b, a], unique: true}")
        .replace("version: 1\n", "")
    )
    new += "    checks: {positive: a > 0}\n    not_null: b\n    absent: {indexes: [t_b_idx]}\n"
    file.write_text(f"version: 1\n{new}")
    database.execute("DROP INDEX t_gone_idx, t_a_idx, t_old_idx, t_ba_idx, t_b_idx;")
    database.execute("CREATE INDEX t_a_idx ON t (a DESC); CREATE INDEX t_ba_idx ON t (id)")
    database.execute("CREATE INDEX t_b_idx ON t (id)")
    assert main(["drift", "-q", "--write", "-f", str(file), "--db", database.url]) == 2
    said = sorted(capsys.readouterr().err.splitlines())
    pending = "a pending change: the file asks for it, and no run has made it"
    missing = (
        "it is missing, and no run or log shows that it was there: apply it if it is new, else remove it by hand"
    )
    both = "both the file and the database have changed since the last run that changed it: edit it by hand"
    assert said == sorted(
        [
            f"left as it is: index t_ab_idx on public.t: {pending}",
            f"left as it is: index t_b_idx on public.t: {pending}",
            f"left as it is: index t_ba_idx on public.t: {both}",
            f"left as it is: index t_old_idx on public.t: {missing}",
            f"left as it is: check positive on public.t: {missing}",
            f"left as it is: not-null of public.t.b: {missing}",
            f"altered index t_a_idx on public.t ({file})",
            f"removed index t_gone_idx on public.t ({file})",
            "1 file written; `git diff` shows the changes.",
        ]
    )
    kept = new.replace(", t_gone_idx: a", "").replace("t_a_idx: a", "t_a_idx: [{column: a, order: desc}]")
    assert file.read_text() == f"version: 1\n{kept}"


@pytest.mark.pg(">= 18")
def test_without_a_journal_nothing_is_removed_unless_the_log_knows_the_object(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database.execute("CREATE TABLE t (a int, b int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (b)")
    assert database.psql(LOG.read_text(encoding="utf-8")).returncode == 0
    file = tmp_path / "schema.yaml"
    text = "version: 1\ntables: {t: {indexes: {i: a, j: b, new: [a, b]}}}\n"
    file.write_text(text)
    database.execute("DROP INDEX i; DROP INDEX j; CREATE INDEX j ON t (b DESC)")
    database.execute("ALTER TABLE reconcile_ddl_log.statement RENAME TO other")
    doubt = "no run or log shows who changed it, so a change of the file may be lost; review it"
    assert main(["drift", "-q", "--write", "-f", str(file), "--db", database.url]) == 2
    said = capsys.readouterr().err
    assert (
        said.count("left as it is") == said.count("it is missing, and no run or log shows that it was there") == 2
    )
    assert f"altered index j on public.t ({file}): {doubt}\n" in said
    file.write_text(text)
    database.execute("ALTER TABLE reconcile_ddl_log.other RENAME TO statement")
    assert main(["drift", "-q", "--write", "-f", str(file), "--db", database.url]) == 2
    said = capsys.readouterr().err
    assert f"removed index i on public.t ({file})\naltered index j on public.t ({file})\n" in said
    assert said.count("left as it is: index new") == said.count("left as it is") == 1


@pytest.mark.pg(">= 18")
def test_what_cannot_be_edited_is_left_or_refused(
    database: Database, drifted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = drifted.read_text()
    anchored = text.replace("{column: name, order: desc}", "&x {column: name, order: desc}")
    anchored = anchored.replace("users_gone_idx: name", "users_gone_idx: {columns: [*x]}")
    drifted.write_text(anchored.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert main(["drift", "-q", "--write", "-f", str(drifted), "--db", database.url]) == 2
    said = capsys.readouterr().err
    assert "users_gone_idx on public.users: `tables.users.indexes.users_gone_idx` is used in several places" in said
    after = drifted.read_bytes()
    assert after.startswith(b"\xef\xbb\xbfversion")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert b"[*x]" in after
    assert b"not_null: [email] # both" in after
    link = tmp_path / "link.yaml"
    drifted.write_text(text)
    link.symlink_to(drifted)
    assert main(["drift", "-q", "--write", "--follow", "-f", str(link), "--db", database.url]) == 1
    assert "[not-adopted]" in capsys.readouterr().err
    found = reconciler.adopt(drifted, database.url)
    drifted.write_text(text + "# by somebody else\n")
    with pytest.raises(reconciler.ReconcileError, match="changed by somebody else"):
        write_texts(found)
    assert drifted.read_text() == text + "# by somebody else\n"


def test_each_line_keeps_its_own_line_break() -> None:
    """A changed line as well; a new one has that of the line before it."""
    mixed = b"a\r\nb\nc\r\nd\ne\r\n"
    assert _like(mixed, "a\nnew\nb\nC\ne\n") == "a\r\nnew\r\nb\nC\r\ne\r\n"
    assert _like(mixed, "a\nb\nc\nd\ne\nf\n") == "a\r\nb\nc\r\nd\ne\r\nf\r\n"
    assert _like(b"\xef\xbb\xbfa\r\nb", "a\nb\nc\n") == "\ufeffa\r\nb\r\nc\r\n"


def test_an_interrupt_between_two_files_names_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = (tmp_path / name for name in ("a.yaml", "b.yaml"))
    first.write_text("old")
    rename = os.replace

    def interrupted(source: str, target: Path) -> None:
        if target == second:
            raise KeyboardInterrupt
        rename(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_files({first: "new", second: "new"})
    assert capsys.readouterr().err == f"written: {first}; not written: {second}\n"
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.yaml", "new")]
    first.write_text("old")
    with pytest.raises(reconciler.ReconcileError, match="cannot write"):
        write_files({first: "new", tmp_path / "none" / "c.yaml": "new"})
    assert capsys.readouterr().err == ""
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.yaml", "old")]


PAIRS = [pair for pair in read_pairs() if pair.old is not None and "change" in pair.transitions]


def build(database: Database, pairs: list[Pair], state: str) -> None:
    with database.connect() as connection:
        for pair in pairs:
            connection.execute(pair.script(state, "rows").encode())


def adopt_as_applied(file: Path, url: str, *, strict: bool) -> Adoption:
    files = read_files([file], follow=False)
    state = desired_of(files)
    with connect(url) as session:
        found = find_drift(session, state, read_state(session, state), DEFAULTS, strict=strict)
        return adopt(session, files, state, replace(found, kept={}), DEFAULTS)


@pytest.mark.pg(">= 18")
@pytest.mark.parametrize("style", STYLES if NIGHTLY else ["exported"])
def test_every_attribute_of_every_kind_is_adopted(server: Server, style: str, tmp_path: Path) -> None:
    """By day, one pair of each kind and attribute, in one direction. Runs are taken to have applied the whole file."""
    pairs = [pair for pair in PAIRS if pair.is_for("rows", server.major) and not pair.is_impossible("rows", 18)]
    if not NIGHTLY:
        pairs = list({(pair.kind, pair.attribute): pair for pair in pairs}.values())
    if style == "brackets":
        pairs = pairs[::8]  # the whole text is one table, so that each edit reads all of it
    schemas = [pair.schema for pair in pairs]
    file = tmp_path / "schema.yaml"
    with server.database() as old, server.database() as new:
        for database, state in ((old, OLD), (new, NEW)):
            database.execute(LIBRARY)
            build(database, pairs, state)
        for before, after in ((old, new), (new, old)) if NIGHTLY else ((old, new),):
            text = commented(STYLES[style](reconciler.export(before.url, schemas=schemas).files["schema.yaml"]))
            file.write_text(text, encoding="utf-8")
            for strict in (False, True) if NIGHTLY else (True,):
                found = adopt_as_applied(file, after.url, strict=strict)
                assert found.left == ()
                assert found.in_sync
                again = reconciler.drift(written(found, tmp_path, text), after.url, strict=strict)
                assert not again.found
