"""The command `reconcile restore`, on a real database."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import reconciler
from reconciler.cli.main import main
from tests.execution.support import apply_all, desired
from tests.servers import Database


@pytest.mark.pg("== 18")
def test_list_plan_and_restore(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE old (id int PRIMARY KEY REFERENCES users);"
        "INSERT INTO users VALUES (1); INSERT INTO old VALUES (1); ANALYZE old"
    )
    state = desired(tmp_path, "dropped_tables: {old: }")
    (planned,) = (one for table, one in reconciler.plan(state, database.url).sizes.items() if table.name == "old")
    apply_all(state, database.url)
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str]:
        capsys.readouterr()
        code = main(["restore", *words, "--db", database.url])
        return code, capsys.readouterr().out

    code, text = run()
    assert code == 0
    header, row, total = text.splitlines()
    assert header.split() == ["TABLE", "ARCHIVED", "ROWS", "SIZE", "USED", "RUN", "NAME"]
    assert re.fullmatch(r"public\.old +20\S+ \S+ UTC +1 +8 kB +– +[0-9a-f-]{36} +old__20\d+T\d+Z", row)
    assert total == "1 table, 8 kB."
    monkeypatch.setattr("reconciler.cli.restore.width_of", lambda _: 80)
    first, *others = run()[1].splitlines()
    assert (first, others[-2], others[-1]) == ("public.old", f"    name: {row.split()[-1]}", total)
    assert max(map(len, others)) <= 80
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    (listed,) = json.loads(run("--format", "json")[1])["archived"]
    assert (listed["table"], listed["rows"], listed["lost_foreign_keys"]) == ("old", 1, ["old_id_fkey"])
    assert listed["bytes"] == planned.bytes
    code, text = run("old", "--plan", "-v")
    assert (code, text.splitlines()[0]) == (0, "Plan: 1 table to restore; 1 foreign key to create; 3 steps.")
    assert 'ALTER TABLE "reconcile_archive"."old__' in text
    assert database.value("SELECT to_regclass('old')") is None
    code, text = run("public.old", "-y")
    assert code == 0
    assert text.splitlines()[0] == "Plan: 1 table to restore; 1 foreign key to create; 3 steps."
    assert "3 of 3 steps completed" in text
    assert database.value("SELECT count(*) FROM old") == 1
    assert run() == (
        0,
        "Nothing is archived, dumped or quarantined: reconcile_archive has no table of this tool.\n",
    )
    assert run("old")[0] == 64


@pytest.mark.ends
def test_the_list_has_quarantined_rows_as_well(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database.execute("CREATE TABLE old (); CREATE TABLE t (id int PRIMARY KEY, n int, m int)")
    database.execute("INSERT INTO t VALUES (1, -1, 1), (2, -2, 1), (3, 1, -1), (4, 1, 1)")
    checks = "n: {expression: n > 0, violators: quarantine}, m: {expression: m > 0, violators: {set: {m: '1'}}}"
    tables = f"policy: {{allow: [blocks-updates]}}\ntables: {{t: {{checks: {{{checks}}}}}}}\n"
    apply_all(desired(tmp_path, f"{tables}dropped_tables: {{old: }}"), database.url)
    monkeypatch.chdir(tmp_path.parent)
    assert main(["restore", "--db", database.url]) == 0
    archived, quarantined = capsys.readouterr().out.split("\n\n")
    assert archived.splitlines()[1].startswith("public.old")
    header, *rows, total = quarantined.splitlines()
    assert header.split() == ["TABLE", "QUARANTINED", "ROWS", "SIZE", "RUN", "NAME"]
    line = r"public\.t +20\S+ \S+ UTC +(\d) +\d+ kB +[0-9a-f-]{36} +q_t_[0-9a-f]{12}"
    found = [re.fullmatch(line, row) for row in rows]
    assert sorted(one[1] for one in found if one) == ["1", "2"], rows
    assert total == "2 quarantine tables; details: `reconcile restore --quarantine`."
    assert main(["restore", "--db", database.url, "--format", "json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [one["table"] for one in listed["archived"]] == ["old"]
    assert sorted((one["count"], one["bytes"] > 0) for one in listed["quarantined"]) == [(1, True), (2, True)]
