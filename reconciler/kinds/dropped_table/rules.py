"""The rules of leftover tables."""

from __future__ import annotations

from reconciler.model.rules.rule import REFUSAL, HazardKind, Rule

FEWER_ROWS = Rule(
    "fewer-rows",
    REFUSAL,
    meaning="a leftover table holds more rows than the table of its `replaced_by`, or they could not be counted "
    "in time",
    remedy="copy the missing rows to the replacement, then plan again; or take `replaced_by` out of the file",
)
REACHABLE_IN_ARCHIVE = Rule(
    "reachable-in-archive",
    REFUSAL,
    meaning="a leftover table is to be dropped without a copy, and roles could add rows to it in the archive "
    "after they were counted: they may use the schema, and insert into the table or act as its owner",
    remedy="for the time of the run, revoke USAGE on schema `reconcile_archive` from them",
)
DROP_TABLE = HazardKind(
    "drop-table",
    gated=True,
    meaning="the table and its rows are gone; no copy is kept",
    remedy="use `backup: archive`, which moves the table to reconcile_archive",
)
NAMED_IN_TRIGGER = HazardKind(
    "named-in-trigger",
    gated=False,
    meaning="an argument of a trigger names the table; if its function uses that, writes to the trigger's table "
    "fail from then on",
    remedy="read the trigger's function; drop the trigger first if it uses the table",
)
