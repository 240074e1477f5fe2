"""The policy file, `reconcile.toml` and inline exceptions: what is read, and where problems are reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import reconciler
from reconciler.model.errors import InvalidFile, Problems, UsageError
from reconciler.policy.environments import Configured, environment_named, read_environments
from reconciler.policy.file import policy_json_schema, read_policy_file
from reconciler.policy.rules import POLICY_RULES
from reconciler.spec.exemptions import read_exemptions
from tests.docs.pages import marked

Read = Callable[[str, bytes], object]


def problems(read: Read, file: str, text: str | bytes) -> list[str]:
    """`line:column rule` of each problem."""
    with pytest.raises(InvalidFile) as caught:
        read(file, text if isinstance(text, bytes) else text.encode())
    assert all(one.place is not None and one.place.file == file for one in caught.value.problems)
    return [f"{one.place.line}:{one.place.column} {one.rule}" for one in caught.value.problems if one.place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 empty-file"]),
        ("[]", ["1:1 wrong-type"]),
        ("rules: {}", ["1:1 missing-key"]),
        ("version: 2", ["1:10 unsupported-version"]),
        ("version: 1\nrule: {}", ["2:1 unknown-key"]),
        ("version: 1\nrules: {foreign-key-indx: error}", ["2:9 unknown-key"]),
        ("version: 1\nrules: {foreign-key-index: fatal}", ["2:28 wrong-value"]),
        ("version: 1\nrules: {foreign-key-index: {exceptions: yes}}", ["2:41 wrong-type"]),
        ("version: 1\nrules: {object-name: {indexes: 'i_{tabel}'}}", ["2:32 wrong-value"]),
        ("version: 1\nrules: {large-build: {largest: 5}}", ["2:32 wrong-value"]),
        ("version: 1\nrules: {hazard-not-allowed: {allow: [drop-tabel]}}", ["2:38 unknown-hazard"]),
        ("version: 1\nrules: {retired-table: {require: [name]}}", ["2:35 wrong-value"]),
        ("version: 1\nlimits: {max_drops: many, allow: []}", ["2:21 wrong-type", "2:27 unknown-key"]),
        ("version: 1\nenvironments:\n  production: {databases: 1}", ["3:16 unknown-key"]),
        ("version: 1\nenvironments:\n  production: 1", ["3:15 wrong-type"]),
        ("version: 1\nrules: {a\n", ["3:1 yaml-syntax"]),
    ],
)
def test_problems_of_a_policy_file_have_a_place(text: str, expected: list[str]) -> None:
    assert problems(read_policy_file, "p.yaml", text) == expected


def test_an_environment_replaces_rules_and_limits() -> None:
    text = (
        "version: 1\nrules: {foreign-key-index: warning, too-many-changes: {most: 9}}\nlimits: {max_drops: 9}\n"
        "environments:\n  production:\n    rules: {too-many-changes: {most: 1}, foreign-key-index: off}\n"
        "    limits: {max_drops: 1}\n"
    )
    found = read_policy_file("p.yaml", text.encode())
    usual, production = found.policy_for(None), found.policy_for("production")
    assert (set(usual.rules), usual.limits) == ({"foreign-key-index", "too-many-changes"}, {"max_drops": 9})
    assert usual.rules["too-many-changes"].values == {"most": 9}
    assert (set(production.rules), production.limits) == ({"too-many-changes"}, {"max_drops": 1})
    assert production.rules["too-many-changes"].values == {"most": 1}
    assert found.policy_for("staging") == usual
    with pytest.raises(InvalidFile, match=r"p.yaml:5:3: \[unknown-environment\]"):
        found.check_environments({"prod"})


def test_the_json_schema_knows_every_rule_and_accepts_the_example() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(json.dumps(policy_json_schema()))
    validator = jsonschema.Draft7Validator(schema)
    validator.check_schema(schema)
    assert set(schema["properties"]["rules"]["properties"]) == {one.rule.id for one in POLICY_RULES}
    validator.validate(yaml.safe_load(marked("docs/policy.md", "policy").text))
    for rule in POLICY_RULES:
        validator.validate({"version": 1, **yaml.safe_load(rule.rule.bad.policy)})
    assert not validator.is_valid({"version": 1, "rules": {"foreign-key-index": {"severty": "error"}}})


def test_the_examples_of_the_page_are_valid() -> None:
    policy = read_policy_file("p", marked("docs/policy.md", "policy").text.encode())
    environments = read_environments("c", marked("docs/policy.md", "environments").text.encode())
    policy.check_environments(environments)
    assert {one.rule.id for one in POLICY_RULES} == set(policy.policy_for(None).rules)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xff", ["1:1 yaml-encoding"]),
        ("a = ", ["1:5 toml-syntax"]),
        ("[" * 5000, ["1:1 toml-syntax"]),
        ("environments = 1", ["1:1 wrong-type"]),
        ("x = 1\n[environments.a]\nwindw = 'Sat'", ["1:1 unknown-key", "3:1 unknown-key"]),
        ("[environments.a]\n\ndatabase = 'PGPASSWORD'", ["3:1 wrong-value"]),
        ("[environments.a]\ndatabase = 'postgresql://u:secret@h/d'", ["2:1 wrong-value"]),
        (
            '[environments.a]\npolcy = 1\n[environments.b]\ndatabase = \'RECONCILE_DB\'\n\'polcy\' = """\n[c]"""',
            ["2:1 unknown-key", "5:1 unknown-key"],
        ),
        ("[environments]\na.x = 1\nb = {x = 1}\n", ["2:1 unknown-key", "3:1 unknown-key"]),
        ("[environments.a]\nwindow = 'Sat 1-2'", ["2:1 wrong-value"]),
        ("[environments.a]\nwindow = ['Sat 01:00-02:00', '01:00-02:00 No/Where']", ["2:1 wrong-value"]),
        ("[environments.a]\nwindow = []\n[environments.b]\nwindow = [1]", ["2:1 wrong-type", "4:1 wrong-type"]),
        ("[environments.a]\npolicy = 1", ["2:1 wrong-type"]),
        ("[environments.'a b']\npolicy = 'p'", ["1:1 wrong-value"]),
        ("[environments]\na = 1", ["2:1 wrong-type"]),
    ],
)
def test_problems_of_reconcile_toml_have_a_line(text: str | bytes, expected: list[str]) -> None:
    found = problems(read_environments, "c.toml", text)
    assert [one.split()[1] for one in found] == [one.split()[1] for one in expected]
    assert [one.split(":")[0] for one in found] == [one.split(":")[0] for one in expected]


def test_no_message_quotes_a_connection_string() -> None:
    with pytest.raises(InvalidFile) as caught:
        read_environments("c.toml", b"[environments.a]\ndatabase = 'postgresql://u:secret@h/d'")
    assert "secret" not in str(caught.value)


def test_an_environment_that_does_not_exist() -> None:
    known = {"production": Configured()}
    with pytest.raises(UsageError, match=r"has no environment `prodution`\n.*did you mean `production`"):
        environment_named(known, "prodution", "reconcile.toml")


# --- Exceptions --------------------------------------------------------------------------------------------------

COMMENTS = """\
a: |
  # reconcile: ignore[in-block] because it is text
b: 'x # reconcile: ignore[in-quotes] because it is text
  # reconcile: ignore[in-quotes] because it is text'
# reconcile: ignore[next] because it is for the line after the other comment

# another
c: 1
d: 2   #reconcile:ignore[ this , both ] because  it is for this line
e: x#reconcile:ignore[glued] because it is text
# reconcile: ignore[end] because nothing follows
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_exceptions_are_comments_and_belong_to_a_line(line_end: str) -> None:
    found = Problems()
    text = COMMENTS.replace("\n", line_end)
    exemptions = read_exemptions("f", text.encode(), found)
    assert [(one.rules, one.place.line, one.line) for one in exemptions] == [
        (("next",), 5, 8),
        (("this", "both"), 9, 9),
        (("end",), 11, 11),
    ]
    assert exemptions[1].reason == "it is for this line"
    assert found == []


@pytest.mark.parametrize(
    "comment",
    [
        "ignore",
        "ignore[a]",
        "ignore[a] because",
        "ignore[] because x",
        "ignore[a]: because x",
        "ignore a because x",
        "ignore[a] because \u200b\u2060",
    ],
)
def test_an_exception_of_another_form_is_a_problem(comment: str, tmp_path: Path) -> None:
    file = tmp_path / "schema.yaml"
    file.write_text(f"version: 1\ntables: {{users: }}  # reconcile: {comment}\n", encoding="utf-8")
    with pytest.raises(InvalidFile) as caught:
        reconciler.load(file)
    assert [(one.rule, one.place and one.place[1:]) for one in caught.value.problems] == [
        ("bad-exception", (2, 20))
    ]
