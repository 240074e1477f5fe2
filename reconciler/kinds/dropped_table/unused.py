"""How the file says how long a table must have been unused."""

from __future__ import annotations

import re
from typing import Any, Final

from reconciler.kinds.file.described import Json, described
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading
from reconciler.kinds.file.quoting import quoted_text, unknown_key
from reconciler.kinds.file.readers import Duration, scalar_text
from reconciler.kinds.file.writing import Writing, Written
from reconciler.model.retired import UnusedFor
from reconciler.model.rules.declarations import MISSING_KEY, UNKNOWN_KEY, WRONG_VALUE
from reconciler.model.usage import PER, rate

_TIME: Final = Duration(maximum="3650d")
_RATE: Final = rf"([0-9]{{1,6}})/({'|'.join(PER)})"


class Unused:
    """A duration, or `{time: 14d, scans: 1/day}`."""

    def read(self, node: Node, reading: Reading) -> UnusedFor | Invalid:
        if not isinstance(node, MappingNode):
            time = _TIME.read(node, reading)
            return INVALID if time is INVALID else UnusedFor(time=time)
        for name, (key, _) in node.entries.items():
            if name not in ("time", "scans"):
                hint = reading.near(name, ["time", "scans"])
                return reading.report(key, UNKNOWN_KEY, unknown_key(name, "in `unused_for`"), hint)
        if "time" not in node.entries:
            return reading.report(node, MISSING_KEY, "`unused_for` needs the key `time`")
        time = _TIME.read(node.entries["time"][1], reading)
        if time is INVALID or "scans" not in node.entries:
            return INVALID if time is INVALID else UnusedFor(time=time)
        text = scalar_text(node.entries["scans"][1], reading, "a rate such as 1/day")
        if text is INVALID:
            return INVALID
        match = re.fullmatch(_RATE, text)
        if match is None:
            hint = "a whole number, a slash, and hour, day or week"
            return reading.report(node.entries["scans"][1], WRONG_VALUE, f"{quoted_text(text)} is not a rate", hint)
        return UnusedFor(time=time, scans=int(match[1]), per=PER[match[2]])

    def write(self, value: Any, writing: Writing) -> Written:
        unused: UnusedFor = value
        time = _TIME.write(unused.time, writing)
        return {"time": time, "scans": rate(unused)} if unused.scans else time

    def schema(self) -> Json:
        return {
            "anyOf": [
                _TIME.schema(),
                {
                    "type": "object",
                    "properties": {
                        "time": described(_TIME.schema(), "How long nobody used it.", examples=("14d",)),
                        "scans": described(
                            {"type": "string", "pattern": f"^{_RATE}$"},
                            "The permitted rate of sequential scans, per `hour`, `day` or `week`.",
                            omitted="none",
                            examples=("1/day",),
                        ),
                    },
                    "additionalProperties": False,
                    "required": ["time"],
                },
            ]
        }
