"""The output of each command, its stream, and its exit code."""

from __future__ import annotations

import json
import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
import typer

import reconciler
from reconciler.cli.app import COMMANDS, build_app
from reconciler.exporting import Export
from reconciler.kinds.rules import GATED, RULES
from reconciler.model.drift import Drift
from reconciler.model.errors import ConnectionFailed, Interrupted, InvalidFile, Problem, Refused, UsageError
from reconciler.model.events import RunStatus
from reconciler.model.names import Place
from reconciler.model.options import Options
from reconciler.model.rules.declarations import UNKNOWN_KEY
from reconciler.model.rules.files import MISSING_FILE
from reconciler.model.rules.runs import UNKNOWN_RUN
from reconciler.report import FORMATS, render_text, report_of, report_of_drift
from reconciler.report.theme import COLOUR
from tests.report.plans import PLANS, signed


@pytest.mark.parametrize(
    ("plan", "arguments", "code"),
    [
        ("in_sync", ["plan"], 0),
        ("in_sync", ["plan", "--detailed-exitcode"], 0),
        ("in_sync", ["drift"], 0),
        ("changes", ["plan"], 0),
        ("changes", ["plan", "--detailed-exitcode"], 2),
        ("changes", ["drift"], 2),
        ("refused", ["plan"], 3),
        ("refused", ["plan", "--detailed-exitcode"], 3),
        ("refused", ["drift"], 3),
        ("refused", ["apply"], 3),
        ("refused", ["apply", "--auto-approve"], 3),
        ("in_sync", ["apply"], 0),
        ("changes", ["apply", "--auto-approve"], 0),
        ("changes", ["apply"], 3),
    ],
)
def test_exit_code(library, run, plan, arguments, code):
    library.plan = PLANS[plan]
    assert run(*arguments).code == code


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["plan", "--max-age", "7"], "--max-age needs --live"),
        (["ci", "--max-age", "1"], "--max-age needs --live"),
        (["ci", "--comment-author", "a"], "--comment-author needs --comment"),
        (["drift", "--comment-author", "a"], "--comment-author needs --issue"),
        (["plan", "--rows", "1"], "--rows needs --rehearse or --rehearse-on"),
        (["export", "--force"], "--force needs --output"),
        (["apply", "--target-branch", "main"], "--target-branch needs --env or --policy or --config"),
        (["validate", "--target-branch", "main"], "--target-branch needs --env or --policy or --config"),
    ],
)
def test_an_option_without_effect_is_refused(library, run, arguments, needed):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out, library.calls) == (64, "", [])
    assert needed in outcome.err


@pytest.mark.parametrize("command", ["plan", "apply", "ci", "validate"])
@pytest.mark.parametrize("option", ["--env", "--policy", "--config", "--target-branch"])
def test_an_empty_value_is_not_an_absent_option(library, run, command, option):
    """An unset variable must not turn a policy off, nor take the pull request's own."""
    outcome = run(command, "--env=production", f"{option}=")
    assert (outcome.code, outcome.out, library.calls) == (64, "", [])
    assert f"{option}" in outcome.err
    assert "it is empty" in outcome.err


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("command", ["plan", "drift"])
def test_standard_output_is_the_report_and_nothing_else(library, run, command, format_):
    outcome = run(command, "--format", format_)
    assert outcome.out == FORMATS[format_](report_for(command, library.plan))
    assert outcome.err == ""


def report_for(command, plan):
    if command == "drift":
        return report_of_drift(Drift(plan=plan, undeclared={}, strict=False))
    return report_of(plan)


def test_options_reach_the_library(library, run):
    run(
        "plan", "-f", "a.yaml", "--file", "b", "--db", "postgresql://h/d",
        "--allow", "drop-table", "--allow", "blocking-build", "--check-timeout", "2.5", "--samples", "3",
        "--no-data-checks", "--trust-file", "--trust-role", "deploy", "--trust-role", "platform",
        "--table", "users", "--table", "audit.*",
    )  # fmt: skip
    (_, paths, _), (_, url, options) = library.calls
    assert [str(path) for path in paths] == ["a.yaml", "b"]
    assert url == "postgresql://h/d"
    assert options.pop("listeners")
    assert options == {
        "options": Options(
            allow=frozenset({"drop-table", "blocking-build"}),
            check_timeout=timedelta(seconds=2.5),
            data_checks=False,
            samples=3,
            trust_file=True,
            trusted_roles=frozenset({"deploy", "platform"}),
            tables=("users", "audit.*"),
        )
    }


def test_a_plan_file_says_for_which_tables_it_is(library, run):
    outcome = run("apply", "plan.json", "--table", "users")
    assert outcome.code == 64
    assert "--table cannot be used with a plan file" in outcome.err
    assert library.calls == []


def test_what_the_operator_trusts_comes_from_the_environment_as_well(library, run, monkeypatch):
    monkeypatch.setenv("RECONCILE_TRUST_FILE", "1")
    monkeypatch.setenv("RECONCILE_TRUST_ROLE", "deploy, platform")
    run("plan")
    options = library.calls[-1][2]["options"]
    assert options == Options(trust_file=True, trusted_roles=frozenset({"deploy", "platform"}))


@pytest.mark.parametrize("format_", sorted(set(FORMATS) - {"text"}))
def test_only_text_asks_for_samples(library, run, format_):
    run("plan", "--samples", "3", "--format", format_)
    assert library.calls[-1][2]["options"].samples == 0


@pytest.mark.parametrize("plan", PLANS)
def test_the_plan_file_is_json_whatever_the_format_and_whatever_the_verdict(library, run, tmp_path, plan):
    library.plan = PLANS[plan]
    run("plan", "--format", "markdown", "-o", str(tmp_path / "plan.json"))
    assert (tmp_path / "plan.json").read_text() == FORMATS["json"](report_of(PLANS[plan]))
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_a_name_that_ends_in_html_gets_the_page(library, run, tmp_path):
    library.plan = PLANS["changes"]
    outcome = run("plan", "-o", str(tmp_path / "report.html"))
    assert (tmp_path / "report.html").read_text() == FORMATS["html"](report_of(PLANS["changes"]))
    assert outcome.err == f"The report was written to {tmp_path / 'report.html'}.\n"


@pytest.mark.usefixtures("library")
def test_a_plan_file_that_cannot_be_written_is_reported(run, tmp_path):
    outcome = run("plan", "-o", str(tmp_path / "missing" / "plan.json"))
    assert outcome.code == 1
    assert "cannot write" in outcome.err


def test_apply_hands_the_plan_file_on(library, run, tmp_path):
    planfile = tmp_path / "plan.json"
    library.plan = signed(library.plan)
    run("plan", "-o", str(planfile))
    library.calls.clear()
    run("apply", str(planfile), "--auto-approve")
    (options,) = [options for name, _, options in library.calls if name == "apply"]
    assert options["expected"] == json.loads(planfile.read_text())


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"digest": "x", "format_version": 99}', "[" * 100_000])
def test_what_is_no_plan_file_is_wrong_usage(library, run, tmp_path, content):
    planfile = tmp_path / "plan.json"
    if content is not None:
        planfile.write_text(content)
    outcome = run("apply", str(planfile), "--auto-approve")
    assert outcome.code == 64
    assert library.calls == []


def test_without_a_terminal_nothing_is_applied(library, run):
    outcome = run("apply")
    assert outcome.code == 3
    assert outcome.out == FORMATS["text"](report_of(library.plan))
    assert "--auto-approve" in outcome.err
    assert ("approved", True, {}) not in library.calls


@pytest.mark.parametrize(("answer", "approved"), [("yes\n", True), ("y\n", False), ("no\n", False), ("", False)])
def test_only_yes_approves(library, run, monkeypatch, answer, approved):
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    monkeypatch.setattr("sys.stdin", Terminal())
    outcome = run("apply")
    assert ("approved", approved, {}) in library.calls
    assert outcome.code == (0 if approved else 3)
    assert ("Nothing was changed." in outcome.err) is not approved
    assert (
        "Apply 7 steps to database samia on db.example, port 5432, as postgres? Only 'yes' is accepted:"
        in outcome.err
    )


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("answer", "after"), [("", "Nothing was changed."), (None, "Interrupted. Nothing was changed.")]
)
def test_what_follows_an_unfinished_answer_begins_a_new_line(run, monkeypatch, answer, after):
    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            if answer is None:
                raise KeyboardInterrupt
            return answer

    monkeypatch.setattr("sys.stdin", Terminal())
    assert run("apply").err.endswith(f"Only 'yes' is accepted: \n{after}\n")


@pytest.mark.parametrize("command", ["plan", "drift", "apply"])
def test_verbose_shows_everything_and_quiet_the_summary(library, run, command):
    report = report_for(command, library.plan)
    assert run(command, "-v").out == render_text(report, verbose=True)
    assert run(command, "-q").out == f"{report.summary}\n"
    assert run(command, "-v", "-q").code == 64


def test_a_quiet_apply_shows_no_progress(library, run):
    outcome = run("apply", "-q", "-y")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"{report_of(library.plan).summary}\n")
    assert "+ create" not in outcome.out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_examples_that_can_be_parsed_and_with_exit_codes(run, name):
    shown = run(name, "-h").out
    examples, codes = shown.partition("\nExamples:\n")[2].split("\n\nExit codes:\n")
    group = typer.main.get_command(build_app())
    for line in examples.splitlines():
        for command in re.split(r" && | > \S+", line):
            if command.strip():
                program, called, *arguments = shlex.split(command)
                assert program == "reconcile"
                assert group.commands[called].make_context(called, arguments)
    assert "\n  64   wrong usage" in codes


def test_color_says_whether_to_colour(library, run, monkeypatch):
    report = report_of(library.plan)
    assert run("plan", "--color", "always").out == render_text(report, COLOUR)
    assert run("plan").out == render_text(report)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[" in run("plan").out
    assert "\x1b[" not in run("plan", "--color", "never").out
    assert run("plan", "--color", "sometimes").code == 64


def test_standard_output_has_only_the_plan(library, run):
    outcome = run("plan", "-o", "-", "--detailed-exitcode")
    assert (outcome.code, outcome.out, outcome.err) == (2, FORMATS["json"](report_of(library.plan)), "")


def test_a_plan_file_comes_with_the_command_that_applies_it(library, run, tmp_path):
    path = tmp_path / "my plan.json"
    reported = f"The plan was written to {path}."
    only = f"applies it and nothing else. Its digest:\n{library.plan.digest}"
    assert run("plan", "-o", str(path)).err == f"{reported} `reconcile apply '{path}'` {only}\n"
    given = ("-f", "a b.yaml", "--trust-file", "--trust-role", "ops", "--allow", "drop-table")
    run_with = (*given, "--db", "postgresql://h/d")
    command = f"`reconcile apply '{path}' {shlex.join(given)}`, with the same --db,"
    assert run("plan", "-o", str(path), *run_with).err == f"{reported} {command} {only}\n"
    library.plan = PLANS["refused"]
    assert run("plan", "-o", str(path)).err == (
        f"{reported} It has no digest and cannot be applied: the plan is refused: orphans, unchecked, too-many-drops.\n"
    )


@pytest.mark.usefixtures("library")
def test_a_run_that_completes_is_summed_up(run):
    outcome = run("apply", "--auto-approve")
    assert outcome.out.endswith(
        "0 of 0 steps completed in 1.5 s.\n"
        "Database samia on db.example, port 5432, as postgres.\n"
        "`reconcile history 6f2c1b9e-0000-4000-8000-000000000000` shows each step.\n"
    )
    assert "rate" not in outcome.out


@pytest.mark.parametrize(
    ("status", "code", "label"),
    [
        (RunStatus.FAILED, 1, "Failed"),
        (RunStatus.REFUSED, 3, "Refused"),
        (RunStatus.DIVERGED, 3, "Refused"),
        (RunStatus.INTERRUPTED, 130, "Interrupted"),
    ],
)
def test_a_run_that_does_not_complete_says_how_to_continue(library, run, status, code, label):
    library.status, library.message = status, "lock timeout\n  what to do"
    outcome = run("apply", "--auto-approve")
    assert outcome.code == code
    assert f"{label}: 0 of 0 steps completed in 1.5 s.\n" in outcome.out
    assert "  what to do\nRun the same command again to continue.\n" in outcome.out
    assert (outcome.out + outcome.err).casefold().count("interrupted") == (1 if code == 130 else 0)


@pytest.mark.parametrize(
    ("error", "code", "reported"),
    [
        (
            ConnectionFailed("no route", rule="connection", hint="is it up?"),
            1,
            "Error: [connection] no route\n  is it up?\n",
        ),
        (Refused("another run is at work", rule="locked"), 3, "Error: [locked] another run is at work\n"),
        (Interrupted("stopped", rule="interrupted"), 130, "Error: [interrupted] stopped\n"),
        (KeyboardInterrupt(), 130, "Interrupted.\n"),
        (
            InvalidFile([Problem(place=Place(file="s.yaml", line=1, column=2), rule=UNKNOWN_KEY, message="no")]),
            1,
            "s.yaml:1:2: [unknown-key] no\n1 problem in the file\n",
        ),
        (
            InvalidFile([Problem(place=None, rule=MISSING_FILE, message="there is no file a")]),
            64,
            "Error: [missing-file] there is no file a\n",
        ),
    ],
)
@pytest.mark.parametrize("command", ["plan", "drift", "apply"])
def test_errors_are_printed_on_standard_error(library, run, command, error, code, reported):
    library.error = error
    outcome = run(command)
    assert (outcome.code, outcome.err) == (code, reported)
    assert outcome.out == ""


def test_commands_that_an_error_suggests_name_the_environment(library, run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reconcile.toml").write_text('[environments.shop]\ndatabase = "RECONCILE_DB_AB"\n')
    monkeypatch.setenv("RECONCILE_DB_AB", "service=x")
    library.error = UsageError("no run begins with x", rule=UNKNOWN_RUN, hint=UNKNOWN_RUN.remedy)
    assert "`reconcile history --env shop` lists the runs\n" in run("plan", "--env", "shop").err
    assert "`reconcile history` lists the runs\n" in run("plan").err


def test_a_bug_shows_no_traceback_and_no_password(library, run, monkeypatch):
    library.error = ValueError("postgresql://joe:s3cret@h/d password='x y' failed")
    outcome = run("plan", "--samples", "1")
    assert outcome.code == 1
    assert outcome.err.startswith("internal error: ValueError: postgresql://joe:***@h/d password=*** failed\n")
    assert "Traceback" not in outcome.err
    monkeypatch.setenv("RECONCILE_DEBUG", "1")
    outcome = run("plan", "--samples", "1")
    assert "Traceback" in outcome.err
    assert "s3cret" not in outcome.err


@pytest.mark.parametrize("debug", ["0", "1"])
def test_a_bug_quotes_no_row_where_values_are_not_shown(library, run, monkeypatch, debug):
    library.error = KeyError("canary")
    library.error.__cause__ = ValueError("canary")
    monkeypatch.setenv("RECONCILE_DEBUG", debug)
    outcome = run("plan")
    assert outcome.code == 1
    assert "internal error: KeyError\n" in outcome.err
    assert ("conftest.py" in outcome.err) == (debug == "1")
    assert "canary" not in outcome.err


@pytest.mark.usefixtures("library")
def test_validate_says_what_it_read(run):
    assert run("validate", "-f", "a.yaml").out == "a.yaml: valid, 0 objects declared.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nope"],
        ["plan", "--nope"],
        ["plan", "extra"],
        ["plan", "--format", "xml"],
        ["plan", "--check-timeout", "0"],
        ["plan", "--check-timeout", "nan"],
        ["plan", "--check-timeout", "1e300"],
        ["plan", "--db"],
        ["apply", "--jobs", "2"],
        ["apply", "a", "b"],
        ["history", "--format", "sql"],
    ],
)
def test_wrong_usage(library, run, arguments):
    outcome = run(*arguments)
    assert outcome.code == 64
    assert outcome.out == ""
    assert re.search("^(Usage|Error):", outcome.err)
    assert library.calls == []


@pytest.mark.usefixtures("library")
def test_an_unknown_hazard_is_answered_with_the_known_ones(run):
    outcome = run("plan", "--allow", "drop-tabel")
    assert outcome.code == 64
    assert all(hazard in outcome.err for hazard in GATED)
    assert "did you mean `drop-table`?" in " ".join(outcome.err.split())


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["plan", "--format", "md"], "markdown"),
        (["plan", "--format", "githb"], "github"),
        (["history", "--format", "JSON"], "json"),
        (["plan", "--color", "alway"], "always"),
        (["export", "-o", "folder", "--split", "tables"], "table"),
    ],
)
def test_an_unknown_choice_is_answered_with_the_one_that_was_meant(run, arguments, meant):
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (64, "")
    assert f"(did you mean `{meant}`?)" in re.sub(r"\s*│\s*|\s+", " ", outcome.err)


@pytest.mark.usefixtures("library")
def test_a_choice_that_nobody_can_have_meant_is_only_refused(run):
    assert "did you mean" not in run("plan", "--format", "xy").err


@pytest.mark.usefixtures("library")
def test_a_url_in_the_wrong_place_keeps_its_password(run):
    outcome = run("plan", "postgresql://joe:s3cret@h/d")
    assert outcome.code == 64
    assert "s3cret" not in outcome.err


def test_no_summary_of_a_command_is_cut_at_80_columns(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    outcome = run("--help")
    assert "..." not in outcome.out.replace("COMMAND [ARGS]...", "")
    assert outcome.out.count("\n  ") > 14


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    outcome = run(command, "--help")
    assert outcome.code == 0
    assert run(command, "-h") == outcome
    assert re.match(rf"Usage: reconcile {command} ", outcome.out)


def test_fmt_writes_the_files_that_differ(run, tmp_path):
    file, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    file.write_text("version:  1\n")
    file.chmod(0o600)
    other.write_text("version: 1\n")
    checked = run("fmt", "-f", str(tmp_path), "--check")
    assert (checked.code, checked.out) == (2, f"{file}\n1 file not formatted; 1 file was already formatted.\n")
    assert file.read_text() == "version:  1\n"
    done = run("fmt", "-f", str(tmp_path))
    assert (done.code, done.out, done.err) == (0, f"{file}\n1 file formatted; 1 file was already formatted.\n", "")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("version: 1\n", 0o600)
    assert run("fmt", "-f", str(tmp_path), "--check").code == 0
    file.write_text("a: [")
    assert run("fmt", "-f", str(tmp_path)).code == 1


@pytest.mark.parametrize("text", ["CREATE TABLE a (id int);\n", "- a\n"])
def test_fmt_rejects_what_validate_rejects_as_a_whole(run, tmp_path, text):
    file = tmp_path / "a.yaml"
    file.write_text(text)
    assert run("fmt", "-f", str(file)) == run("validate", "-f", str(file))
    assert run("fmt", "-f", str(file)).code == 1


@pytest.mark.parametrize(
    "given",
    ["no url", "no-url", "postgresql://a@b@c/shop", "host=a port=x", "postgresql://h:port/shop", "nul-1\0nul-2"],
)
def test_a_connection_string_that_cannot_be_read_is_wrong_usage(run, tmp_path, given):
    file = tmp_path / "a.yaml"
    file.write_text("version: 1\ntables: {a: }\n")
    outcome = run("plan", "-f", str(file), "--db", given)
    assert outcome.code == 64
    assert outcome.err.startswith("Error: [connection-string] the connection string ")


def test_a_wrong_value_of_trim_names_the_option_as_others_do(run):
    assert "Invalid value for '--trim': '1x' is not a number of days" in run("history", "--trim", "1x").err


def test_validate_prints_the_warnings_of_an_invalid_file_too(run, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("version: 1\ntables: {t: {checks: {c: a = NULL, d: {expression: b = NULL, coment: x}}}}\n")
    outcome = run("validate", "-f", str(path))
    assert outcome.code == 1
    assert outcome.err.splitlines() == [
        f"warning: {path}:2:26: [doubtful-expression] in `a = NULL`: `a = NULL` is never true; write IS NULL",
        f"warning: {path}:2:40: [doubtful-expression] in `b = NULL`: `b = NULL` is never true; write IS NULL",
        f"{path}:2:62: [unknown-key] unknown key `coment` in a check constraint (did you mean `comment`?)",
        "1 problem in the file",
    ]


def test_a_hyphen_in_place_of_a_file_is_answered_with_how_to_read_standard_input(run):
    outcome = run("validate", "-f", "-")
    assert outcome.code == 64
    assert "-f /dev/stdin --follow" in outcome.err


ORPHANS = """\
orphans: a plan is refused (exit code 3)

  rows refer to rows that do not exist, and would violate the foreign key

What to do
  add the missing rows, or correct or delete the orphans, then plan again; or say with `orphans` what \
happens to them, such as `orphans: quarantine`

Bad
  CREATE TABLE users (id int PRIMARY KEY);
  CREATE TABLE orders (user_id int);
  INSERT INTO orders VALUES (7);

  # schema.yaml
  tables:
    orders:
      foreign_keys:
        orders_user_id_fkey: {columns: user_id, references: users(id)}

Good
  DELETE FROM orders WHERE user_id NOT IN (SELECT id FROM users);
"""


@pytest.mark.parametrize("given", ["orphans", "[orphans]"])
def test_explain_prints_meaning_remedy_and_examples(run, given):
    assert run("explain", given) == run("explain", "orphans", "--format", "text")
    assert (run("explain", given).code, run("explain", given).out) == (0, ORPHANS)


def test_explain_names_a_page_that_exists(run):
    """`.ci/check-wheel` tests the same with an installed package."""
    shown = run("explain", "blocks-updates").out
    [(page, section)] = re.findall(r'^See (/.*), section "(.*)"\.$', shown, re.MULTILINE)
    assert f"\n## {section}\n" in Path(page).read_text(encoding="utf-8").replace("-", " ").lower()
    [page] = re.findall(r"^See (/.*)\.$", run("explain", "from-snapshot").out, re.MULTILINE)
    assert Path(page).is_file()


def test_explain_without_an_id_lists_every_rule_once(run):
    listed = [line.split()[0] for line in run("explain").out.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(RULES)
    assert [rule["id"] for rule in json.loads(run("explain", "--format", "json").out)["rules"]] == sorted(RULES)


def test_explain_as_json_says_the_same(run):
    rule = RULES[RULES.index("unsupported-version")]
    assert json.loads(run("explain", rule, "--format", "json").out)["rule"] == {
        "id": rule,
        "raised": [{"as": "error", "exit_code": 1}, {"as": "problem", "exit_code": 1}],
        "gated": False,
        "meaning": rule.meaning,
        "remedy": rule.remedy,
        "bad": {"yaml": rule.bad.yaml},
        "good": {"yaml": rule.good.yaml},
        "see": None,
    }


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("orphan", "did you mean `orphans`?"),
        ("row", "did you mean `fewer-rows` or `referenced-rows` or `row-security`?"),
        ("dubious", "`reconcile explain` lists all ids"),
        ("x" * 100_000, "`reconcile explain` lists all ids"),
    ],
)
def test_explain_names_the_ids_near_an_unknown_one(run, given, hint):
    outcome = run("explain", given)
    assert (outcome.code, outcome.out) == (64, "")
    quoted = f"`{given}`" if len(given) < 64 else "that you gave"
    assert outcome.err == f"Error: [unknown-rule] no rule has the id {quoted}\n  {hint}\n"


@pytest.mark.parametrize(
    ("words", "ids", "meaning"),
    [
        ("reconcile explain orp", ["orphans"], "rows refer to rows that do not exist"),
        ("reconcile apply --allow drop", ["drop-table"], "the rows of a dropped table"),
    ],
)
def test_ids_are_completed(run, monkeypatch, words, ids, meaning):
    monkeypatch.setenv("_RECONCILE_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert run().out.split() == ids
    monkeypatch.setenv("_RECONCILE_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", words)
    assert meaning in run().out


@pytest.fixture
def staging(tmp_path, monkeypatch):
    """Be in a folder with an environment, and return its connection string."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reconcile.toml").write_text('[environments.staging]\ndatabase = "RECONCILE_DB_STAGING"\n')
    monkeypatch.setenv("RECONCILE_DB_STAGING", "postgresql://staging/shop")
    return "postgresql://staging/shop"


def test_history_and_export_take_the_database_of_an_environment(run, staging, monkeypatch):
    urls = []
    monkeypatch.setattr(reconciler, "history", lambda url, *_, **__: urls.append(url) or [])
    monkeypatch.setattr(reconciler, "export", lambda url, **__: urls.append(url) or Export(files={}, warnings=()))
    for command in ("history", "export"):
        assert run(command, "--env", "staging").code == 0
        assert run(command, "--env", "staging", "--db", "postgresql://other/shop").code == 64
    assert urls == [staging, staging]


@pytest.mark.usefixtures("staging")
def test_commands_that_a_message_suggests_name_the_database(library, run):
    library.status = RunStatus.FAILED
    again = run("apply", "-y", "--env", "staging").out
    history = "reconcile history 6f2c1b9e-0000-4000-8000-000000000000"
    assert f"`{history} --env staging` shows each step." in again
    again = run("apply", "-y", "--db", "postgresql://me:hunter2@other/shop").out
    assert f"`{history}` with the same --db shows each step." in again
    assert "hunter2" not in again


@pytest.mark.usefixtures("library")
def test_commands_that_a_summary_suggests_name_the_files_and_take_its_options(run, tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text("version: 1\n")
    given = ("-f", "a b.yaml", "-f", "c.yaml", "--follow")
    again = run("apply", "-y", *given, "--policy", str(policy), "--trust-role", "ops").out
    history = ("history", "6f2c1b9e-0000-4000-8000-000000000000", *given, "--trust-role", "ops")
    assert f"`{shlex.join(('reconcile', *history))}` shows each step." in again


def test_a_failed_connection_says_that_no_database_was_named(run, monkeypatch, tmp_path):
    for name in ("RECONCILE_DB", "DATABASE_URL", "PGHOST", "PGDATABASE", "PGSERVICE", "PGUSER", "PGHOSTADDR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setattr("reconciler.postgres.conninfo._LIBPQ_VARIABLES", ("PGHOST",))
    error = run("history").err
    assert "\n  no database was named, so libpq's defaults were used: " in error
    assert "; Is the server running" in error
    error = run("history", "--db", f"host={tmp_path} dbname=shop").err
    assert "no database was named" not in error


def test_a_connection_string_of_another_option_does_not_hide_the_mistake(run):
    assert "--replica needs --record" in run("history", "--replica", "service=standby").err
    assert "hunter2" not in run("history", "--replica", "password=hunter2").err
