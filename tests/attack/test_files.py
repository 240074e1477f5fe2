"""Attack: the file that a command reads is a link to a secret, a pipe that never ends, or larger than memory.

The role is the author of a pull request whose checkout a CI job plans. No other file may be read, none of its text may
appear in a message, and the job must not hang.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import reconciler
from reconciler.model.errors import InvalidFile
from reconciler.spec.opening import read_followed
from tests.attack.terminal import to_a_pipe
from tests.servers import Database

SECRET = "s3cr3t-Passw0rd"
SECRETS = {
    "pgpass": f"db.example.com:5432:shop:admin:{SECRET}\n*:*:*:postgres:{SECRET}\n",
    "one line": f"{SECRET}\n",
    "environment": f"export TOKEN={SECRET}\nA='{SECRET}'\n",
    "key": f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n",
    "netrc": f"machine example.com login me password {SECRET}\n",
    "json": f'{{"token": "{SECRET}", "list": ["{SECRET}", {{"{SECRET}:x": 1}}]}}',
    "yaml": f"version: {SECRET}:x\ntables: {SECRET}:x\npolicy: [{SECRET}:x]\nprotected: {{{SECRET}:x: 1}}\n",
    "yaml of ours": f"""version: 1
policy: {{lock_timeout: "{SECRET}:1", max_drops: "{SECRET}:", allow: "{SECRET} {SECRET}"}}
tables:
  t:
    not_null: "{SECRET}:1"
    primary_key: {{columns: "{SECRET}:(1)", with: "{SECRET}=1"}}
    unique: {{u: {{columns: "{SECRET} ,", nulls_distinct: "{SECRET}="}}}}
    foreign_keys: {{f: {{columns: a, references: "{SECRET}.{SECRET}.x(", on_delete: "{SECRET}/"}}}}
    checks: {{c: "({SECRET}", d: ["{SECRET}"]}}
    exclusions: {{e: {{elements: "{SECRET} {SECRET}", using: "{SECRET}@"}}}}
    indexes: {{i: {{columns: ["{SECRET}::x"], where: "{SECRET};", using: "{SECRET}@x"}}}}
    "{SECRET}@host:": 1
""",
    "anchors": f"version: 1\ntables: *{SECRET}{SECRET}\n",
    "tags": f"version: 1\ntables: !{SECRET}{SECRET} x\nx: !<{SECRET}:{SECRET}> x\n",
    "directives": f"%{SECRET} {SECRET}\n%TAG !x! {SECRET}\n---\n!y!{SECRET} x\n",
    "quotes": f'a: \'{SECRET}\nb: "{SECRET}\\z{SECRET}"\n',
    "brackets": f"[{SECRET}: {SECRET}, {{{SECRET}\n",
    "a long key": f"version: 1\n? {SECRET * 100}\n: 1\n",
    "no text": f"{SECRET}\n".encode() + b"\xff\xfe\x00",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder of the victim, next to the checkout."""
    home = tmp_path / "home"
    home.mkdir()
    for name, text in SECRETS.items():
        (home / f"{name}.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    return home


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "good.yaml").write_text("version: 1\ntables: {t: }\n")
    monkeypatch.chdir(checkout)
    return checkout


def commands(*options: str) -> Iterator[list[str]]:
    for name in ("plan", "apply", "drift", "history"):
        yield [name, "--db", "host=/nowhere", *options]
    yield ["validate", *options]


def refusal_of(*arguments: str, code: int = 1) -> str:
    started = time.monotonic()
    printed = to_a_pipe(*arguments)
    assert printed.code == code, printed.text
    assert SECRET not in printed.text
    assert time.monotonic() - started < 20
    return printed.err


def test_a_link_is_refused_by_every_command(checkout: Path, home: Path) -> None:
    """Attack: schema.yaml is a link to a file of secrets, named with -f or by default."""
    (checkout / "schema.yaml").symlink_to(home / "pgpass.yaml")
    for named in ([], ["-f", "schema.yaml"], ["-f", str(checkout / "schema.yaml")]):
        for command in commands(*named):
            if command[0] == "history" and not named:
                continue  # it then reads the journal in public, and reports this
            said = refusal_of(*command, code=64)
            assert "[not-followed] this is a symbolic link (add --follow" in said, command


@pytest.mark.parametrize("relative", [True, False])
def test_a_path_through_a_link_is_refused(checkout: Path, home: Path, relative: bool) -> None:
    """Attack: a parent folder of the file is a link."""
    (checkout / "db").symlink_to(home)
    path = "db/pgpass.yaml" if relative else str(checkout / "db" / "pgpass.yaml")
    assert "[not-followed] this is a path through a symbolic link" in refusal_of("validate", "-f", path, code=64)
    assert "[not-followed]" in refusal_of("validate", "-f", "db" if relative else str(checkout / "db"), code=64)


def test_links_in_a_folder(checkout: Path, home: Path) -> None:
    """Attack: a folder of valid files has links that lead out of it, also indirectly, and with --follow."""
    folder = checkout / "schema"
    (folder / "inner").mkdir(parents=True)
    (folder / "good.yaml").write_text("version: 1\ntables: {t: }\n")
    (folder / "alias.yaml").symlink_to("good.yaml")
    (folder / "inner" / "up.yaml").symlink_to("../good.yaml")
    assert reconciler.load(folder).sources == (str(folder / "alias.yaml"),)
    (folder / "a.yaml").symlink_to(home / "pgpass.yaml")
    (folder / "b.yaml").symlink_to("../../home/pgpass.yaml")
    (folder / "hop").symlink_to(home)
    (folder / "c.yaml").symlink_to("hop/pgpass.yaml")
    (folder / "d.yaml").symlink_to("nowhere.yaml")
    (folder / "e.yaml").symlink_to("e.yaml")
    (folder / "f.yaml").symlink_to(home)
    (folder / "g.yaml").symlink_to("/dev/zero")
    (folder / "inner" / "h.yaml").symlink_to("/proc/self/environ")
    (checkout / "schema2").mkdir()
    (checkout / "schema2" / "x.yaml").write_text(SECRETS["pgpass"])
    (folder / "i.yaml").symlink_to("../schema2/x.yaml")
    for options in ([], ["--follow"]):
        for command in commands("-f", "schema", *options):
            said = refusal_of(*command)
            for name in ("a", "b", "c", "f", "g"):
                assert (
                    f"schema/{name}.yaml:1:1: [not-a-file] this is a symbolic link that leaves the folder" in said
                )
            assert "… and 2 more with this message, the last at schema/inner/h.yaml:1:1" in said
            assert said.endswith("9 problems in the file\n")


def test_special_files_in_a_folder(checkout: Path) -> None:
    """Attack: a FIFO, a socket or a folder with the name of a YAML file blocks the reader, or the listing."""
    folder = checkout / "schema"
    folder.mkdir()
    os.mkfifo(folder / "pipe.yaml")
    (folder / "link.yaml").symlink_to("pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        monkey = os.getcwd()
        os.chdir(folder)
        listening.bind("socket.yaml")
        os.chdir(monkey)
        for command in commands("-f", "schema"):
            said = refusal_of(*command)
            assert [line.split()[1] for line in said.splitlines()[:3]] == ["[not-a-file]"] * 3


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_special_files_that_are_named(checkout: Path, kind: str) -> None:
    """Attack: the file that a job names with -f is a FIFO without a writer, a socket or a device."""
    path = checkout / "schema.yaml"
    with socket.socket(socket.AF_UNIX) as listening:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            listening.bind("schema.yaml")
        else:
            path = Path("/dev/zero")
        for command in commands("-f", str(path)):
            assert f"[not-followed] this is a {kind}" in refusal_of(*command, code=64)
        said = refusal_of("apply", str(path), "-f", "good.yaml", "--db", "host=/nowhere", code=64)
        assert f" is a {kind}\n  add --follow" in said


def test_a_pipe_is_read_with_follow(checkout: Path) -> None:
    """Control: a pipe works, also if its writer is slow and starts late."""
    read, write = os.pipe()
    fifo = checkout / "fifo.yaml"
    os.mkfifo(fifo)

    def feed() -> None:
        time.sleep(0.3)
        with open(fifo, "w") as late:
            late.write("version: 1\n")
            late.flush()
            time.sleep(0.3)
            late.write("tables: {slow: }\n")

    feeder = threading.Thread(target=feed)
    feeder.start()
    os.write(write, b"version: 1\ntables: {t: }\n")
    os.close(write)
    assert "[not-followed] this is a symbolic link" in refusal_of("validate", "-f", f"/dev/fd/{read}", code=64)
    (checkout / "link.yaml").symlink_to("good.yaml")
    for path, table in ((f"/dev/fd/{read}", "t"), (str(fifo), "slow"), ("link.yaml", "t")):
        desired = reconciler.load(path, follow=True)
        assert [one.name for one in desired.required_tables] == [table]
    feeder.join()
    os.close(read)
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m reconciler.cli.main validate --follow -f <(cat good.yaml)"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_without_a_writer_is_given_up(checkout: Path) -> None:
    """Attack: with --follow, no process writes to the FIFO, or only rarely."""
    fifo = checkout / "fifo"
    os.mkfifo(fifo)
    started = time.monotonic()
    with pytest.raises(TimeoutError, match=r"no more data arrived within 0.5 s"):
        read_followed(str(fifo), timeout_s=0.5)
    over = threading.Event()

    def drip() -> None:
        with open(fifo, "wb", buffering=0) as slow:
            while not over.wait(0.05):
                slow.write(b"#")

    dripping = threading.Thread(target=drip)
    dripping.start()
    held = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)  # the writer continues after the reader has ended
    with pytest.raises(TimeoutError):
        read_followed(str(fifo), timeout_s=1)
    over.set()
    dripping.join()
    os.close(held)
    assert time.monotonic() - started < 10


def test_what_never_ends_is_cut(checkout: Path) -> None:
    """Attack: an endless device, and a sparse file of many gigabytes."""
    with open(checkout / "sparse.yaml", "wb") as sparse:
        sparse.truncate(2**40)
    assert "[file-too-large]" in refusal_of("validate", "-f", "/dev/zero", "--follow", code=64)
    assert "[file-too-large]" in refusal_of("validate", "-f", "sparse.yaml", code=64)
    assert "too large" in refusal_of("apply", "sparse.yaml", "--db", "host=/nowhere", code=64)


def test_the_files_of_a_folder_are_bounded_together(checkout: Path) -> None:
    """Attack: each file is small enough."""
    folder = checkout / "many"
    folder.mkdir()
    line = b"# " + b"x" * 1021 + b"\n"
    for number in range(5):
        (folder / f"{number}.yaml").write_bytes(b"version: 1\n" + line * 16 * 1024)
    assert "[file-too-large]" in refusal_of("validate", "-f", "many", code=64)


@pytest.mark.usefixtures("checkout")
@pytest.mark.parametrize("kind", SECRETS)
def test_no_message_holds_a_line_of_a_file(home: Path, kind: str) -> None:
    """Attack: a job reads a file of secrets: its problems are reported without its text."""
    path = home / f"{kind}.yaml"
    for command in commands("-f", str(path), "--follow"):
        refusal_of(*command)
    refusal_of("apply", str(path), "--follow", "--db", "host=/nowhere", code=64)


def outcome_of(path: str) -> set[str]:
    """Return the rules of the problems of a file, or `read`."""
    try:
        reconciler.load(path)
    except InvalidFile as error:
        return {problem.rule if SECRET not in str(error) else "leaked" for problem in error.problems}
    return {"read"}


def test_a_file_cannot_be_exchanged_while_it_is_opened(checkout: Path, home: Path) -> None:
    """Attack: the checkout changes while it is read: a file and a link, a folder and a link are swapped repeatedly."""
    folder = checkout / "turns"
    folder.mkdir()
    (folder / "real").mkdir()
    good = "version: 1\ntables: {t: }\n"
    (folder / "real" / "pgpass.yaml").write_text(good)
    over = threading.Event()

    def take_turns() -> None:
        while not over.is_set():
            (folder / "new").symlink_to(home)
            os.rename(folder / "new", folder / "way") if not (folder / "way").is_dir() else None
            (folder / "new").unlink(missing_ok=True)
            (folder / "link").symlink_to(home / "pgpass.yaml")
            os.rename(folder / "link", folder / "file.yaml")
            (folder / "plain").write_text(good)
            os.rename(folder / "plain", folder / "file.yaml")

    turning = threading.Thread(target=take_turns)
    turning.start()
    outcomes: set[str] = set()
    try:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            for path in ("turns/file.yaml", "turns/way/pgpass.yaml", "turns"):
                outcomes |= outcome_of(path)
    finally:
        over.set()
        turning.join()
    assert outcomes <= {"read", "not-followed", "missing-file", "not-a-file", "unreadable-file"}
    assert {"read", "not-followed"} <= outcomes


@pytest.mark.ends
def test_an_export_follows_no_link(database: Database, checkout: Path, home: Path) -> None:
    """Attack: the folder of an export contains a FIFO, a link to a file, and a link to another folder."""
    database.execute(
        "CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (i int PRIMARY KEY); CREATE TABLE b.t (i int)"
    )
    database.execute("ALTER TABLE b.t ADD CHECK (i > 0)")
    out = checkout / "out"
    out.mkdir()
    os.mkfifo(out / "a.yaml")
    (out / "b.yaml").symlink_to(home / "pgpass.yaml")
    said = refusal_of("export", "--db", database.url, "--output-dir", "out")
    assert "[not-overwritten]" in said
    out2 = checkout / "out2"
    out2.mkdir()
    (out2 / "a").symlink_to(home)
    said = refusal_of("export", "--db", database.url, "--output-dir", "out2", "--split", "table", "--force")
    assert "is a link to a folder outside out2" in said
    assert sorted(path.name for path in home.iterdir()) == sorted(f"{name}.yaml" for name in SECRETS)
    assert (home / "pgpass.yaml").read_text() == SECRETS["pgpass"]
