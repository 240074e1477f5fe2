"""The examples and exit codes at the end of each command's help."""

from __future__ import annotations

from typing import Final

from reconciler.model.features import NEWEST, OLDEST

_CODES: Final = {
    0: "done",
    1: "failed",
    2: "changes are pending",
    3: "refused",
    64: "wrong usage",
    130: "interrupted",
}
_OF_FILES: Final = {1: "failed, or the file is invalid", 64: "wrong usage, or a named file cannot be read"}
_WITHOUT_FILES: Final = ("explain", "schema", "demo")

EPILOG: Final = f"""\
Examples:
  reconcile export --db service=shop > schema.yaml
  reconcile validate
  reconcile plan --db service=shop
  reconcile apply --db service=shop

Exit codes: 0 done or in sync, 1 failed or invalid, 2 changes are pending,
3 refused, 64 wrong usage, 130 interrupted.

PostgreSQL {OLDEST} to {NEWEST}; other versions are refused."""

_EXAMPLES: Final = {
    "validate": ("reconcile validate", "reconcile validate -f schema --env production"),
    "fmt": ("reconcile fmt", "reconcile fmt --check -f schema"),
    "plan": (
        "reconcile plan --db service=shop",
        "reconcile plan --env production",
        "reconcile plan -v --table wallets --table 'billing.*'",
        "reconcile plan --format markdown --detailed-exitcode > plan.md",
        "reconcile plan -o plan.json && reconcile apply plan.json",
        "reconcile plan --live catalog.json",
        "reconcile plan --live catalog.json --rehearse",
    ),
    "apply": (
        "reconcile apply --db service=shop",
        "reconcile apply --auto-approve --allow drop-table",
        "reconcile apply plan.json",
    ),
    "drift": (
        "reconcile drift -q --db service=shop",
        "reconcile drift -q --env production --metrics /var/lib/node_exporter/textfile/shop.prom",
        "reconcile drift --write --strict --table 'billing.*'",
        "reconcile drift --format json > drift.json",
    ),
    "ci": (
        "reconcile ci --env production",
        "reconcile ci --live catalog.json --rehearse --output-dir reconcile-report",
        "reconcile ci --offline",
    ),
    "snapshot": ("reconcile snapshot -o catalog.json --db service=shop",),
    "export": (
        "reconcile export --db service=shop -o schema.yaml",
        "reconcile export --table 'billing.*' -o schema --split table",
    ),
    "history": (
        "reconcile history --db service=shop",
        "reconcile history 6f2c1b9e",
        "reconcile history --record --replica service=shop-standby",
    ),
    "restore": (
        "reconcile restore --db service=shop",
        "reconcile restore messages_backup --plan",
        "reconcile restore messages_backup --as messages_2024",
        "reconcile restore --quarantine orders",
    ),
    "undo": ("reconcile undo last", "reconcile undo 6f2c1b9e --auto-approve --db service=shop"),
    "explain": ("reconcile explain orphans", "reconcile explain --format json"),
    "schema": ("reconcile schema -o reconcile.schema.json", "reconcile schema --policy"),
    "demo": ("reconcile demo", "reconcile demo --keep"),
}

_ENDS: Final = {
    "validate": (0, 1, 64, 130),
    "fmt": (0, 1, 2, 64, 130),
    "plan": (0, 1, 2, 3, 64, 130),
    "apply": (0, 1, 3, 64, 130),
    "drift": (0, 1, 2, 3, 64, 130),
    "ci": (0, 1, 3, 64, 130),
    "snapshot": (0, 1, 3, 64, 130),
    "export": (0, 1, 3, 64, 130),
    "history": (0, 1, 3, 64, 130),
    "restore": (0, 1, 2, 3, 64, 130),
    "undo": (0, 1, 2, 3, 64, 130),
    "explain": (0, 1, 64, 130),
    "schema": (0, 1, 64, 130),
    "demo": (0, 1, 64, 130),
}

_OTHERWISE: Final = {
    ("plan", 0): "in sync, or changes are pending",
    ("plan", 1): "failed, the file is invalid, or a rehearsal did not pass",
    ("apply", 0): "done, or in sync",
    ("drift", 0): "in sync",
    ("drift", 2): "the database differs",
    ("ci", 1): "failed, the file is invalid, or a rehearsal did not pass",
    ("plan", 2): "changes are pending (with --detailed-exitcode)",
    ("ci", 0): "in sync, or the plan is ready: pending changes do not fail a check",
    ("restore", 2): "rows are left that do not fit their table",
    ("undo", 2): "rows are left that do not fit their table, or views stay dropped",
    ("fmt", 2): "a file is not formatted (with --check)",
    ("validate", 0): "valid",
}


def epilog_of(command: str) -> str:
    """Return the examples of a command, and its exit codes."""
    examples = "\n".join(f"  {example}" for example in _EXAMPLES[command])
    codes = "\n".join(f"  {code:<4} {_meaning(command, code)}" for code in _ENDS[command])
    return f"Examples:\n{examples}\n\nExit codes:\n{codes}"


def _meaning(command: str, code: int) -> str:
    usual = _CODES if command in _WITHOUT_FILES else _CODES | _OF_FILES
    return _OTHERWISE.get((command, code), usual[code])
