"""Refusals until somebody allows it: a limit of the policy, a privilege on the server, a proof."""

from __future__ import annotations

from reconciler.model.rules.rule import NOTE, REFUSAL, Example, Rule

HAZARD_NOT_ACCEPTED = Rule(
    "hazard-not-accepted",
    REFUSAL,
    meaning="a gated hazard was not accepted",
    remedy="read the hazard's meaning; then use `--allow ID` for one run, or `policy.allow` in the file",
    bad=Example(
        sql="CREATE TABLE users_old (id int);",
        yaml="dropped_tables:\n  users_old: {backup: none}",
    ),
    good=Example(
        yaml="policy: {allow: [drop-table]}\ndropped_tables:\n  users_old: {backup: none}",
    ),
    see="hazards.md",
)
TOO_MANY_DROPS = Rule(
    "too-many-drops",
    REFUSAL,
    meaning="the plan drops more objects than `policy.max_drops`; archived tables count",
    remedy="check that all of them should be dropped; then raise `policy.max_drops`",
    bad=Example(
        sql="CREATE TABLE users (id int, name text);\n"
        "CREATE INDEX users_id_idx ON users (id);\n"
        "CREATE INDEX users_name_idx ON users (name);",
        yaml="policy: {max_drops: 1}\ntables:\n  users:\n    absent: {indexes: [users_id_idx, users_name_idx]}",
    ),
    good=Example(
        yaml="policy: {max_drops: 2}\ntables:\n  users:\n    absent: {indexes: [users_id_idx, users_name_idx]}",
    ),
)
PROTECTED_TABLE = Rule(
    "protected-table",
    REFUSAL,
    meaning="the plan would change or drop a table listed under `protected`, or an object on it",
    remedy="remove the change from the file, or the table from `protected`",
    bad=Example(
        sql="CREATE TABLE ledger (id int);\nCREATE INDEX ledger_id_idx ON ledger (id);",
        yaml="protected: [ledger]\ntables:\n  ledger:\n    absent: {indexes: [ledger_id_idx]}",
    ),
    good=Example(
        yaml="protected: [ledger]\ntables:\n  ledger:\n    indexes: {ledger_id_idx: id}",
    ),
)
MISSING_PRIVILEGE = Rule(
    "missing-privilege",
    REFUSAL,
    NOTE,
    meaning="the role lacks a privilege that `apply` needs; the message has the statement that grants it. All "
    "missing privileges "
    "are reported before the first step. In `plan` and `drift` this is a note, not a refusal. Also: the "
    "role may not read the journal, which `history` shows",
    remedy="ask the owner to run the statements in the message, or connect as another role",
    bad=Example(
        sql="CREATE TABLE users (name text);\nGRANT SELECT ON users TO deploy;",
        shell="reconcile apply --db postgresql://deploy@db/shop",
    ),
    good=Example(
        sql="GRANT users_owner TO deploy;",
    ),
    see="roles.md",
)
ROW_SECURITY = Rule(
    "row-security",
    REFUSAL,
    meaning="row security hides rows of a table from the role, so a dropped table cannot be compared with "
    "its replacement",
    remedy="plan and apply as a role that sees all rows, such as one with BYPASSRLS; or remove `replaced_by` "
    "from the file",
    bad=Example(
        sql="ALTER TABLE users_old ENABLE ROW LEVEL SECURITY;\nALTER TABLE users_old FORCE ROW LEVEL SECURITY;",
        yaml="dropped_tables:\n  users_old: {replaced_by: users}",
    ),
    good=Example(
        sql="ALTER TABLE users_old NO FORCE ROW LEVEL SECURITY;",
    ),
)
ARCHIVE_NOT_PROVED = Rule(
    "archive-not-proved",
    REFUSAL,
    meaning="the comment of a table in the archive says that an unfinished run moved it there, and roles "
    "that are not trusted could have written it; or the comments of several tables name the same original table",
    remedy="read the comment of the table: these roles could have written it. Then trust them with `--trust-role`, or "
    "revoke their USAGE on schema `reconcile_archive` for the future; if "
    "there are several tables, remove `unfinished` from the comments of the wrong ones",
    bad=Example(
        sql="GRANT USAGE, CREATE ON SCHEMA reconcile_archive TO app;",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="REVOKE ALL ON SCHEMA reconcile_archive FROM app;",
    ),
)
