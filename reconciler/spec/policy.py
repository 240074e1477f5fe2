"""The `policy:` and `protected:` sections."""

from __future__ import annotations

from typing import Any, Final

from reconciler.kinds.file.described import Json, described, words_schema
from reconciler.kinds.file.fields import Attribute, Record, Values
from reconciler.kinds.file.nodes import INVALID, Invalid, MappingNode, Node, Reading, SequenceNode
from reconciler.kinds.file.quoting import quoted_text
from reconciler.kinds.file.readers import Duration, Integer, Names, scalar_text
from reconciler.kinds.file.tables import JournalSchema, long_table_schema, read_long_table, split_table
from reconciler.kinds.file.writing import Writing, Written
from reconciler.kinds.rules import GATED, HAZARDS, IN_FILE
from reconciler.model.names import Place
from reconciler.model.rules.declarations import UNKNOWN_HAZARD
from reconciler.model.state import BatchSize, Policy, Protected

_DEFAULTS: Final = Policy()


class Hazards:
    """Ids of gated hazards: a list, or a single id. `allowed` are those that may be named."""

    def __init__(self, allowed: frozenset[str] = GATED) -> None:
        self._allowed = allowed

    def read(self, node: Node, reading: Reading) -> frozenset[str] | Invalid:
        items = node.items if isinstance(node, SequenceNode) else [] if node.is_null else [node]
        ids = [self._id(item, reading) for item in items]
        return INVALID if INVALID in ids else frozenset(i for i in ids if i is not INVALID)

    def _id(self, node: Node, reading: Reading) -> str | Invalid:
        text = scalar_text(node, reading, "the id of a hazard")
        if text is INVALID or text in self._allowed:
            return text
        if text in GATED:
            message = f"the file cannot accept the hazard `{text}`: it must be accepted for each run"
            return reading.report(node, UNKNOWN_HAZARD, message, f"remove it, and use `--allow {text}`")
        if text in {kind.id for kind in HAZARDS}:
            message = f"the hazard `{text}` needs no acceptance: it is for information only"
            return reading.report(node, UNKNOWN_HAZARD, message, "remove it")
        return reading.report(
            node,
            UNKNOWN_HAZARD,
            f"there is no hazard {quoted_text(text, 'of this name')}",
            reading.near(text, self._allowed),
        )

    def write(self, value: Any, _writing: Writing) -> Written:
        return sorted(value)

    def schema(self) -> Json:
        ids = words_schema({kind.id: kind.meaning for kind in sorted(HAZARDS) if kind.id in self._allowed})
        return {"anyOf": [ids, {"type": "array", "items": ids}, {"type": "null"}]}


class BatchSizes:
    """`{rows: 5000, target: 500ms}`."""

    def read(self, node: Node, reading: Reading) -> BatchSize | Invalid:
        values = _BATCH.read(node, reading)
        return BatchSize(rows=values["rows"], target=values["target"]) if values.complete else INVALID

    def write(self, value: Any, writing: Writing) -> Written:
        return {"rows": value.rows, "target": _BATCH.attributes["target"].reader.write(value.target, writing)}

    def schema(self) -> Json:
        return _BATCH.schema()


_BATCH: Final = Record(
    {
        "rows": Attribute(
            reader=Integer(minimum=1, maximum=1_000_000),
            doc="The most rows that a batch changes.",
            examples=(1000,),
            default=_DEFAULTS.batch.rows,
        ),
        "target": Attribute(
            reader=Duration(maximum="1min"),
            doc="How long a batch should take; at most `1min`.",
            examples=("200ms",),
            default=_DEFAULTS.batch.target,
        ),
    },
    what="`batch`",
)


POLICY: Final = Record(
    {
        "allow": Attribute(
            reader=Hazards(IN_FILE),
            doc="Gated hazards that are accepted: one id or a list; `--allow` adds more. `purge` needs `--allow`.",
            default=_DEFAULTS.allow,
            examples=(["drop-table"],),
        ),
        "max_drops": Attribute(
            reader=Integer(minimum=0, maximum=1_000_000),
            doc="A plan that drops more objects than this is refused; archived tables count.",
            examples=(3,),
            default=_DEFAULTS.max_drops,
        ),
        "lock_timeout": Attribute(
            reader=Duration(maximum="24h"),
            doc="How long each attempt waits for all locks of a step together; at most `24h`.",
            examples=("500ms",),
            default=_DEFAULTS.lock_timeout,
        ),
        "max_lock_wait": Attribute(
            reader=Duration(maximum="24h"),
            doc="How long all attempts to take the locks of a step may take together, with pauses (for a concurrent "
            "build: from its first cancellation because of a deadlock); at most `24h`.",
            examples=("1h",),
            default=_DEFAULTS.max_lock_wait,
        ),
        "max_build": Attribute(
            reader=Duration(maximum="24d"),
            doc="A concurrent build that takes longer is cancelled; at most `24d`.",
            examples=("6h",),
            default=_DEFAULTS.max_build,
        ),
        "plan_expires": Attribute(
            reader=Duration(maximum="365d"),
            doc="A plan file or digest that is older than this is refused; at most `365d`.",
            examples=("7d",),
            default=_DEFAULTS.plan_expires,
        ),
        "small_table_rows": Attribute(
            reader=Integer(minimum=0, maximum=2**63 - 1),
            doc="A build that blocks a table with fewer rows needs no acceptance.",
            examples=(1000,),
            default=_DEFAULTS.small_table_rows,
        ),
        "max_replica_lag": Attribute(
            reader=Duration(maximum="24h"),
            doc="A repair of rows pauses while a standby is further behind than this; at most `24h`.",
            examples=("1min",),
            default=_DEFAULTS.max_replica_lag,
        ),
        "batch": Attribute(
            reader=BatchSizes(),
            doc="The size of a batch of a repair: at most `rows` rows are changed, and fewer if that takes longer than "
            "`target`.",
            examples=({"rows": 1000, "target": "200ms"},),
            default=_DEFAULTS.batch,
        ),
        "search_path": Attribute(
            reader=Names(expected="a schema"),
            doc="Schemas that are searched after the table's schema and `public` for operator classes, functions and "
            "types, and by functions in checks and indexes and by event triggers during a step.",
            examples=(["extensions"],),
            default=_DEFAULTS.search_path,
        ),
        "journal_schema": Attribute(
            reader=JournalSchema(),
            doc="The schema of the journal, the table `migration_log`.",
            examples=("ops",),
            default=_DEFAULTS.journal_schema,
        ),
    },
    what="the policy",
)


def read_policy(node: Node, reading: Reading) -> Policy | None:
    """Return the policy of a file; None if it could not be read."""
    values: Values = POLICY.read(node, reading)
    return Policy(**{name: values[name] for name in POLICY.attributes}) if values.complete else None


def policy_keys(node: Node) -> dict[str, Place]:
    """Return the keys that the `policy:` section has, with their places."""
    return {name: key.place for name, (key, _) in node.entries.items()} if isinstance(node, MappingNode) else {}


def read_protected(node: Node, reading: Reading) -> list[Protected]:
    """Return the patterns of `protected:`: a list of `table`, `schema.table` or `{schema:, table:}`, or a single
    one."""
    items = node.items if isinstance(node, SequenceNode) else [] if node.is_null else [node]
    found = [_read_pattern(item, reading) for item in items]
    return [protected for protected in found if protected is not None]


def _read_pattern(node: Node, reading: Reading) -> Protected | None:
    if isinstance(node, MappingNode):
        name = read_long_table(node, reading)
        schema_given = "schema" in node.entries
    else:
        text = scalar_text(node, reading, "a table or a pattern such as audit_*")
        name = INVALID if text is INVALID else split_table(text, node, reading, patterns=True)
        schema_given = text is not INVALID and "." in text
    if name is INVALID:
        return None
    return Protected(schema=name.schema, pattern=name.name, place=node.place, default_schema=not schema_given)


def protected_schema() -> Json:
    one: Json = {"anyOf": [{"type": ["string", "number", "boolean"], "minLength": 1}, long_table_schema()]}
    return described(
        {"anyOf": [*one["anyOf"], {"type": "array", "items": one}, {"type": "null"}]},
        "Tables that may not be changed or dropped: one entry or a list of `table` or `schema.table`, with `*` and `?` "
        "as wildcards, or `{schema:, table:}`.",
        omitted="none",
        examples=(["backup_logs", "audit_*", "billing.ledger"],),
    )
