"""How the file says what happens to the rows that violate an object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, cast

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.fields import Attribute, Values
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading
from reconciler.kinds.file.quoting import unknown_key
from reconciler.kinds.file.readers import Choice, Expression, read_name
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.repair import RowAction, RowPolicy
from reconciler.model.rules.declarations import UNKNOWN_KEY, WRONG_TYPE, WRONG_VALUE
from reconciler.model.rules.dependencies import CONFLICT

_EXPRESSION: Final = Expression()


def repair_order() -> Attribute:
    """Return the attribute that says when rows are repaired."""
    return Attribute(
        reader=Choice(values={"after": False, "first": True}),
        doc="`after`: rows are repaired after it rejects new ones, and until then nobody can update them. `first`: "
        "they are repaired before that, and again afterwards.",
        default=False,
        examples=("first",),
    )


def policy_in_order(name: str) -> Callable[[Values], RowPolicy]:
    """Return the function for a policy with this name, with the order of its repair."""
    return lambda values: replace(cast(RowPolicy, values[name]), first=values["repair"])


def check_order(name: str, values: Values, reading: Reading) -> None:
    """Report an order without a repair."""
    policy: Any = values[name]
    if values["repair"] is True and policy is not INVALID and not policy.repairs:
        message = f"`repair: first` needs `{name}` to say how rows are repaired"
        reading.report(values.place_of("repair"), CONFLICT, message)


class RowPolicies:
    """A word such as `quarantine`, or a mapping with new values: `{set: {column: expression}}`, or with the word
    `fill`, `{fill: expression}` for the object's own column, whose name is empty in the policy."""

    def __init__(self, *actions: RowAction, values: str = "", keep: bool = True) -> None:
        """`values` is the key of the mapping with new values, empty if there is none. `keep`: the object can stay NOT
        VALID."""
        words = (RowAction.REFUSE, *actions, *([RowAction.KEEP] if keep else []))
        self._words = Choice(values={one.value: one for one in words})
        self._key = values
        self._one_column = values == "fill"

    def read(self, node: Node, reading: Reading) -> RowPolicy | Invalid:
        if isinstance(node, MappingNode) and self._key:
            return self._read_values(node, reading)
        action: Any = self._words.read(node, reading)
        return INVALID if action is INVALID else RowPolicy(action=action)

    def _read_values(self, node: MappingNode, reading: Reading) -> RowPolicy | Invalid:
        for name, (key, _) in node.entries.items():
            if name != self._key:
                hint = reading.near(name, [self._key])
                return reading.report(key, UNKNOWN_KEY, unknown_key(name, "in a policy for rows"), hint)
        if not node.entries:
            return reading.report(node, WRONG_VALUE, f"expected a word, or a mapping with `{self._key}`")
        _, value = node.entries[self._key]
        if self._one_column:
            text = _EXPRESSION.read(value, reading)
            return INVALID if text is INVALID else RowPolicy(action=RowAction.SET, values=(("", text),))
        if not isinstance(value, MappingNode) or not value.entries:
            return reading.report(
                value, WRONG_TYPE, f"expected a mapping of column → expression, found {value.describe()}"
            )
        pairs = [
            (read_name(key, reading, "a column"), _EXPRESSION.read(one, reading))
            for key, one in value.entries.values()
        ]
        known = [(name, text) for name, text in pairs if name is not INVALID and text is not INVALID]
        return RowPolicy(action=RowAction.SET, values=tuple(known)) if len(known) == len(pairs) else INVALID

    def write(self, value: Any, writing: Writing) -> Written:
        policy: RowPolicy = value
        if policy.action is not RowAction.SET:
            return self._words.write(policy.action, writing)
        return {self._key: policy.values[0][1] if self._one_column else dict(policy.values)}

    def schema(self) -> Json:
        words = self._words.schema()
        if not self._key:
            return words
        text = _EXPRESSION.schema()
        columns: Json = {"type": "object", "additionalProperties": text, "minProperties": 1}
        value = (
            described(
                text, "The new value: an SQL expression, which can use the row's columns.", examples=("'USD'",)
            )
            if self._one_column
            else described(columns, "New values: column → SQL expression.", examples=({"balance": "0"},))
        )
        return {
            "anyOf": [
                words,
                {
                    "type": "object",
                    "properties": {self._key: value},
                    "additionalProperties": False,
                    "required": [self._key],
                },
            ]
        }
