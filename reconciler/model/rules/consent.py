"""What needs the consent of somebody: a limit of the policy, a right on the server, a proof."""

from __future__ import annotations

from reconciler.model.rules.rule import NOTE, REFUSAL, Example, Rule

HAZARD_NOT_ACCEPTED = Rule(
    "hazard-not-accepted",
    REFUSAL,
    meaning="a gated hazard was not accepted",
    remedy="read what the hazard says; then `--allow ID` for one run, or `policy.allow` in the file",
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
    meaning="the plan drops more objects than `policy.max_drops`; an archived table counts",
    remedy="check that all of them are meant; then raise `policy.max_drops`",
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
    meaning="the plan would change or drop something of a table under `protected`",
    remedy="take the change out of the file, or the table out of `protected`",
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
    meaning="the role lacks a right that `apply` needs, with the statement that grants it; all that are missing "
    "are reported before the first step. In `plan` and `drift` it is a note, which refuses nothing. Also: the "
    "role may not read the journal that `history` shows",
    remedy="let the owner run the statements of the message, or connect as another role",
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
    meaning="row security hides rows of a table from the role, so that a leftover table cannot be compared with "
    "its replacement",
    remedy="plan and apply as a role that sees all rows, such as one with BYPASSRLS; or take `replaced_by` out "
    "of the file",
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
    meaning="the comment of a table in the archive says that an unfinished run has moved it there, and roles "
    "that are not trusted could have written it; or the comments of several tables name the same original table",
    remedy="trust these roles with `--trust-role`, or revoke their USAGE on schema `reconcile_archive`; if "
    "there are several tables, remove `unfinished` from the comments of the wrong ones",
    bad=Example(
        sql="GRANT USAGE, CREATE ON SCHEMA reconcile_archive TO app;",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="REVOKE ALL ON SCHEMA reconcile_archive FROM app;",
    ),
)
