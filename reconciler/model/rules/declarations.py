"""Problems of declarations in a file."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, PROBLEM, Example, Rule

UNKNOWN_KEY = Rule(
    "unknown-key",
    PROBLEM,
    meaning="the key does not exist; the message suggests a similar one",
    remedy="correct the key; `reconcile schema` prints all known keys, for editors",
    bad=Example(
        yaml="tables:\n  users:\n    indexs: {users_email_idx: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
)
MISSING_KEY = Rule(
    "missing-key",
    PROBLEM,
    meaning="a required key is missing",
    remedy="add the key that the message names",
    bad=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {unique: true}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, unique: true}",
    ),
)
WRONG_TYPE = Rule(
    "wrong-type",
    PROBLEM,
    meaning="the value has the wrong type",
    remedy="write the type that the message names, such as a list, a mapping, true or false",
    bad=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, unique: maybe}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, unique: true}",
    ),
)
WRONG_VALUE = Rule(
    "wrong-value",
    PROBLEM,
    meaning="the value is not an allowed one, or is out of range",
    remedy="write one of the allowed values, which the message lists",
    bad=Example(
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), on_delete: delete}",
    ),
    good=Example(
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), on_delete: cascade}",
    ),
)
BAD_NAME = Rule(
    "bad-name",
    PROBLEM,
    meaning="the name is not possible in PostgreSQL: it is empty, longer than 63 bytes, or in double quotes",
    remedy="write the name as PostgreSQL stores it, without quotes and in at most 63 bytes",
    bad=Example(
        yaml="tables:\n  '\"Users\"': {primary_key: id}",
    ),
    good=Example(
        yaml="tables:\n  Users: {primary_key: id}",
    ),
)
AMBIGUOUS_NAME = Rule(
    "ambiguous-name",
    PROBLEM,
    meaning="the short form can mean two things; the message gives the long form",
    remedy="write the long form that the message gives",
    bad=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: lower(email)}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: {columns: {expression: lower(email)}}}",
    ),
    see="file-format.md",
)
BAD_EXPRESSION = Rule(
    "bad-expression",
    PROBLEM,
    meaning="the text is not one SQL expression: brackets or quotes are not closed, an operand is missing, or it "
    "contains a `;`, a comment, or the keyword of a clause (`CHECK`, `WHERE`)",
    remedy="write one complete expression: only the condition, without `;` or comments",
    bad=Example(
        yaml="tables:\n  users:\n    checks: {users_age_check: (age > 0}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_age_check: age > 0}",
    ),
)
REPEATED_COLUMN = Rule(
    "repeated-column",
    PROBLEM,
    meaning="a column occurs twice where it may occur once",
    remedy="name each column once",
    bad=Example(
        yaml="tables:\n  users: {primary_key: [id, id]}",
    ),
    good=Example(
        yaml="tables:\n  users: {primary_key: id}",
    ),
)
UNKNOWN_HAZARD = Rule(
    "unknown-hazard",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="`policy.allow`, or `Options.allow` of the library, names something that is not a gated hazard; or "
    "`policy.allow` names one that must be accepted for each run",
    remedy="name a gated hazard, or remove the entry: other hazards need no acceptance, and `purge` needs "
    "`--allow`",
    bad=Example(
        yaml="policy: {allow: [drop-tables]}\ntables:\n  users:",
    ),
    good=Example(
        yaml="policy: {allow: [drop-table]}\ntables:\n  users:",
    ),
)
UNKNOWN_RULE = Rule(
    "unknown-rule",
    ERROR,
    error_code=64,
    meaning="`explain` was called with an id that no rule has",
    remedy="`reconcile explain` lists all ids",
    bad=Example(
        shell="reconcile explain orphan",
    ),
    good=Example(
        shell="reconcile explain orphans",
    ),
)
NAME_CLASH = Rule(
    "name-clash",
    PROBLEM,
    meaning="two objects would have the same name in one namespace",
    remedy="give one of them another name",
    bad=Example(
        yaml="tables:\n  users:\n    unique: {users_email: email}\n    indexes: {users_email: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    unique: {users_email_key: email}\n    indexes: {users_email_idx: email}",
    ),
)
DUPLICATE_POLICY = Rule(
    "duplicate-policy",
    PROBLEM,
    meaning="two files have a `policy`",
    remedy="keep the `policy` in one file",
    bad=Example(
        shell="reconcile validate -f schema.yaml -f policy.yaml # both have a policy",
    ),
    good=Example(
        shell="reconcile validate -f schema.yaml",
    ),
)
TOOL_OWNED = Rule(
    "tool-owned",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="the object belongs to reconcile, or its name has an ending that is reserved for reconcile",
    remedy="choose another name; `policy.journal_schema` moves the journal",
    bad=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx__reconcile_new: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
)
SYSTEM_SCHEMA = Rule(
    "system-schema",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="the schema is PostgreSQL's own",
    remedy="name another schema",
    bad=Example(
        yaml="tables:\n  pg_catalog.pg_class: {not_null: relname}",
    ),
    good=Example(
        yaml="tables:\n  public.classes: {not_null: relname}",
    ),
)
