"""The policy file, `reconcile.policy.yaml` → the rules and limits of an environment, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import Attribute, Record
from reconciler.kinds.file.nodes import MappingNode, Node, Reading, ScalarNode, one_of
from reconciler.kinds.file.quoting import quoted_key
from reconciler.kinds.file.readers import Boolean, Choice
from reconciler.model.errors import InvalidFile, Problem, Problems
from reconciler.model.names import Place
from reconciler.model.platform import PlatformPolicy, RuleSetting, Severity
from reconciler.model.rules.connections import UNSUPPORTED_VERSION
from reconciler.model.rules.declarations import MISSING_KEY, UNKNOWN_KEY, WRONG_TYPE
from reconciler.model.rules.files import EMPTY_FILE
from reconciler.model.rules.platform import UNKNOWN_ENVIRONMENT
from reconciler.model.rules.rule import Rule
from reconciler.policy.limits import LIMITS
from reconciler.policy.rules import POLICY_RULES
from reconciler.spec.parse import parse
from reconciler.spec.schema import DRAFT, version_schema

_COMMON: Final = {
    "severity": Attribute(
        reader=Choice(values={"error": Severity.ERROR, "warning": Severity.WARNING, "off": None}),
        doc="`error`: the plan is refused, and `validate` fails. `warning`: a note of the plan. `off`: the rule "
        "does not apply.",
        default=Severity.ERROR,
    ),
    "exceptions": Attribute(
        reader=Boolean(),
        doc="`true`: a file may except objects from the rule, inline and with a reason.",
        default=False,
    ),
}
_RULES: Final = {
    one.rule.id: Record({**_COMMON, **one.parameters}, short="severity", what=f"the rule `{one.rule}`")
    for one in POLICY_RULES
}
_LIMITS: Final = Record(LIMITS, what="the limits")
_SECTIONS: Final = ("rules", "limits")
_KEYS: Final = ("version", *_SECTIONS, "environments")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """The rules and limits of the file, or of one of its environments. A rule that is off is None."""

    rules: Mapping[str, RuleSetting | None] = field(default_factory=dict)
    limits: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """What a policy file says. `environments` are its parts by name, `places` where each begins."""

    source: str
    base: _Part
    environments: Mapping[str, _Part]
    places: Mapping[str, Place]

    def policy_for(self, environment: str | None, ignored_changes: tuple[Place, ...] = ()) -> PlatformPolicy:
        """Return the policy of an environment: each rule and limit that it has replaces the file's."""
        part = self.environments.get(environment or "", _Part())
        rules = {**self.base.rules, **part.rules}
        return PlatformPolicy(
            source=self.source,
            rules={id_: setting for id_, setting in rules.items() if setting is not None},
            limits={**self.base.limits, **part.limits},
            ignored_changes=ignored_changes,
        )

    def check_environments(self, known: Collection[str]) -> None:
        """Raise `InvalidFile` if the file has an environment that `reconcile.toml` does not have: a misspelt name would
        leave the rules of the right one out."""
        problems = [
            Problem(
                place=place,
                rule=UNKNOWN_ENVIRONMENT,
                message=f"reconcile.toml has no environment {quoted_key(name, 'of this name')}",
                hint=one_of(name, known),
            )
            for name, place in self.places.items()
            if name not in known
        ]
        if problems:
            raise InvalidFile(problems)


def read_policy_file(file: str, data: bytes) -> PolicyFile:
    """Read the content of a policy file. Raise `InvalidFile` with all problems."""
    root, problems = parse(file, data)
    reading = Reading(default_schema="", problems=Problems())
    found = PolicyFile(source=file, base=_Part(), environments={}, places={})
    if isinstance(root, MappingNode):
        found = _read(file, root, reading)
    elif not problems:
        place = Place(file=file, line=1, column=1)
        message = "expected a mapping with `version` and `rules`"
        problems.append(Problem(place=place, rule=EMPTY_FILE if root is None else WRONG_TYPE, message=message))
    problems += reading.problems
    if problems:
        raise InvalidFile(sorted(problems, key=lambda one: (one.place is not None, one.place)), problems.left_out)
    return found


def _read(file: str, root: MappingNode, reading: Reading) -> PolicyFile:
    _check_version(root, reading)
    _check_keys(root, _KEYS, "the policy file", reading)
    environments: dict[str, _Part] = {}
    places: dict[str, Place] = {}
    for key, value in _entries(root, "environments", reading):
        if isinstance(value, MappingNode):
            _check_keys(value, _SECTIONS, "an environment", reading)
            environments[key.text], places[key.text] = _read_part(value, reading), key.place
        else:
            reading.report(value, WRONG_TYPE, f"expected a mapping with `rules`, found {value.describe()}")
    return PolicyFile(source=file, base=_read_part(root, reading), environments=environments, places=places)


def _check_version(root: MappingNode, reading: Reading) -> None:
    if "version" not in root.entries:
        reading.report(root, MISSING_KEY, "the policy file needs `version`", "start it with `version: 1`")
        return
    node = root.entries["version"][1]
    if not (isinstance(node, ScalarNode) and node.plain and node.text == "1"):
        message = f"expected version 1 of the format, found {node.describe()}"
        reading.report(node, UNSUPPORTED_VERSION, message, "write `version: 1`")


def _check_keys(node: MappingNode, known: Collection[str], what: str, reading: Reading) -> None:
    for name, (key, _) in node.entries.items():
        if name not in known:
            reading.report(key, UNKNOWN_KEY, f"{what} has no {quoted_key(name)}", reading.near(name, known))


def _entries(node: MappingNode, section: str, reading: Reading) -> Iterator[tuple[ScalarNode, Node]]:
    if section not in node.entries:
        return
    value = node.entries[section][1]
    if isinstance(value, MappingNode):
        yield from value.entries.values()
    elif not value.is_null:
        reading.report(value, WRONG_TYPE, f"expected a mapping under `{section}`, found {value.describe()}")


def _read_part(node: MappingNode, reading: Reading) -> _Part:
    rules: dict[str, RuleSetting | None] = {}
    for key, value in _entries(node, "rules", reading):
        record = _RULES.get(key.text)
        if record is None:
            reading.report(
                key, UNKNOWN_KEY, f"there is no rule {quoted_key(key.text)}", reading.near(key.text, _RULES)
            )
            continue
        values = record.read(value, reading)
        own = {name: values[name] for name in record.attributes if name not in _COMMON}
        setting = RuleSetting(
            severity=values["severity"] or Severity.WARNING, exceptions=values["exceptions"], values=own
        )
        rules[key.text] = None if values["severity"] is None else setting
    limits = _LIMITS.read(node.entries["limits"][1], reading) if "limits" in node.entries else None
    return _Part(rules=rules, limits={} if limits is None else {name: limits[name] for name in limits.given})


def _sentence(rule: Rule) -> str:
    return f"{rule.meaning[0].upper()}{rule.meaning[1:]}."


def policy_json_schema() -> dict[str, object]:
    """Return the JSON Schema of a policy file."""
    rules: Json = {
        "type": ["object", "null"],
        "properties": {
            one.rule.id: described(
                _RULES[one.rule.id].schema(), _sentence(one.rule), omitted="the rule does not apply"
            )
            for one in POLICY_RULES
        },
        "additionalProperties": False,
    }
    sections: Json = {
        "rules": described(
            rules,
            "The rules that apply, each with its severity, or with a mapping of severity and parameters.",
            omitted="none",
            examples=({"foreign-key-index": "warning", "too-many-changes": {"most": 50}},),
        ),
        "limits": described(
            _LIMITS.schema(),
            "What `policy:` of a file must keep: it can only be stricter.",
            omitted="none",
            examples=({"max_drops": 10, "lock_timeout": "2s"},),
        ),
    }
    environment: Json = {"type": "object", "properties": sections, "additionalProperties": False}
    return {
        "$schema": DRAFT,
        "title": "reconcile: the platform's policy",
        "description": "Rules and limits for schema files, and for the plans that follow from them.",
        "type": "object",
        "properties": {
            "version": version_schema(),
            **sections,
            "environments": described(
                {"type": ["object", "null"], "additionalProperties": environment},
                "Rules and limits that replace those above in one environment, by its name in `reconcile.toml`.",
                omitted="none",
                examples=({"production": {"limits": {"max_drops": 3}}},),
            ),
        },
        "required": ["version"],
        "additionalProperties": False,
    }
