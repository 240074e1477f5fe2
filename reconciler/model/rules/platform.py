"""The rules of the platform's policy, and what keeps a policy from being read or applied."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, NOTE, PROBLEM, REFUSAL, WARNING, Example, Rule

_PAGE = "policy.md"
_ORDERS = (
    "CREATE TABLE users (id int PRIMARY KEY);\n"
    "CREATE TABLE orders (user_id int REFERENCES users);\n"
    "ALTER TABLE orders RENAME CONSTRAINT orders_user_id_fkey TO fk_orders_user_id;"
)
_KEY = "tables:\n  orders:\n    foreign_keys: {fk_orders_user_id: {columns: user_id, references: users(id)}}"

HAZARD_NOT_ALLOWED = Rule(
    "hazard-not-allowed",
    REFUSAL,
    NOTE,
    meaning="the plan has a gated hazard that the platform's policy does not allow in this environment, whoever "
    "accepts it",
    remedy="change the file so that the plan needs no such step, or ask the owners of the policy to allow the hazard",
    bad=Example(
        policy="rules:\n  hazard-not-allowed: {allow: [blocking-build]}",
        sql="CREATE TABLE users_old (id int);",
        yaml="policy: {allow: []}\ndropped_tables:\n  users_old: {backup: none}",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {backup: archive}",
    ),
    see=_PAGE,
)
OBJECT_NAME = Rule(
    "object-name",
    REFUSAL,
    NOTE,
    PROBLEM,
    WARNING,
    meaning="the name of a declared object does not match the pattern that the platform's policy has for its kind",
    remedy="rename the object in the file, with its old name in `renamed_from`",
    bad=Example(
        policy="rules:\n  object-name: {indexes: 'idx_{table}_*'}",
        sql="CREATE TABLE users (email text);",
        yaml="tables:\n  users:\n    indexes: {by_email: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {idx_users_email: email}",
    ),
    see=_PAGE,
)
FOREIGN_KEY_INDEX = Rule(
    "foreign-key-index",
    REFUSAL,
    NOTE,
    meaning="a declared foreign key will have no index that begins with its columns: each change of a referenced row "
    "reads the whole referring table",
    remedy="declare an index on the columns of the foreign key",
    bad=Example(
        policy="rules:\n  foreign-key-index: error",
        sql=_ORDERS,
        yaml=_KEY,
    ),
    good=Example(
        yaml=f"{_KEY}\n    indexes: {{idx_orders_user_id: user_id}}",
    ),
    see=_PAGE,
)
LONG_LOCK = Rule(
    "long-lock",
    REFUSAL,
    NOTE,
    meaning="a step blocks reads or writes of a table for longer than the platform's policy allows, by an estimate "
    "from the size of the table",
    remedy="make the change in a way that does not block, or ask the owners of the policy for a longer time",
    bad=Example(
        policy="rules:\n  long-lock: {longest: 5s}",
        sql="CREATE TABLE bookings (during tsrange);  -- never analyzed: its size is not known",
        yaml="policy: {allow: [blocking-build]}\ntables:\n  bookings:\n    exclusions:\n"
        "      bookings_during_excl: {using: gist, elements: during with &&}",
    ),
    good=Example(
        sql="ANALYZE bookings;",
    ),
    see=_PAGE,
)
LARGE_BUILD = Rule(
    "large-build",
    REFUSAL,
    NOTE,
    meaning="a step builds an index on a table that is larger than the platform's policy allows",
    remedy="let the owners of the policy choose when to build it",
    bad=Example(
        policy="rules:\n  large-build: {largest: 100MB}",
        sql="CREATE TABLE events (day date);  -- never analyzed: its size is not known",
        yaml="tables:\n  events:\n    indexes: {idx_events_day: day}",
    ),
    good=Example(
        sql="ANALYZE events;",
    ),
    see=_PAGE,
)
RETIRED_TABLE = Rule(
    "retired-table",
    REFUSAL,
    NOTE,
    PROBLEM,
    WARNING,
    meaning="a table under `dropped_tables` lacks the `reason` or `owner` that the platform's policy requires",
    remedy="write both: `reason`, why the table is dropped, and `owner`, who decided it",
    bad=Example(
        policy="rules:\n  retired-table: {require: [reason, owner]}",
        sql="CREATE TABLE users_old (id int);",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        yaml="dropped_tables:\n  users_old: {reason: copied to users in May, owner: platform}",
    ),
    see=_PAGE,
)
TOO_MANY_CHANGES = Rule(
    "too-many-changes",
    REFUSAL,
    NOTE,
    meaning="the plan has more changes than the platform's policy allows at once",
    remedy="split the change into several pull requests, or apply it in parts with `--table`",
    bad=Example(
        policy="rules:\n  too-many-changes: {most: 1}",
        sql="CREATE TABLE users (id int, email text);",
        yaml="tables:\n  users:\n    indexes: {idx_users_id: id, idx_users_email: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {idx_users_id: id}",
    ),
    see=_PAGE,
)
LOOSER_POLICY = Rule(
    "looser-policy",
    REFUSAL,
    NOTE,
    PROBLEM,
    meaning="`policy:` in the file is looser than the platform's policy allows; it can only be stricter",
    remedy="remove the key from `policy:`: the platform's value applies then",
    bad=Example(
        policy="limits: {max_drops: 5}",
        yaml="policy: {max_drops: 50}",
    ),
    good=Example(
        yaml="policy: {max_drops: 2}",
    ),
    see=_PAGE,
)
EXCEPTION_NOT_ALLOWED = Rule(
    "exception-not-allowed",
    REFUSAL,
    NOTE,
    PROBLEM,
    meaning="an inline exception names a rule that is not in the platform's policy, or that the policy does not mark "
    "with `exceptions: true`; it has no effect",
    remedy="remove the exception, and follow the rule; or ask the owners of the policy to permit exceptions",
    bad=Example(
        policy="rules:\n  foreign-key-index: error",
        sql=f"{_ORDERS}\nCREATE INDEX idx_orders_user_id ON orders (user_id);",
        yaml="tables:\n  orders:\n    foreign_keys:\n"
        "      # reconcile: ignore[foreign-key-index] because users are never deleted\n"
        "      fk_orders_user_id: {columns: user_id, references: users(id)}",
    ),
    good=Example(
        yaml=_KEY,
    ),
    see=f"{_PAGE}#exceptions",
)
UNUSED_EXCEPTION = Rule(
    "unused-exception",
    NOTE,
    WARNING,
    meaning="an inline exception matches no finding: nothing on its line violates the rule",
    remedy="remove the exception",
    bad=Example(
        policy="rules:\n  foreign-key-index: {exceptions: true}",
        sql=f"{_ORDERS}\nCREATE INDEX idx_orders_user_id ON orders (user_id);",
        yaml="tables:\n  orders:\n    foreign_keys:\n"
        "      # reconcile: ignore[foreign-key-index] because users are never deleted\n"
        "      fk_orders_user_id: {columns: user_id, references: users(id)}",
    ),
    good=Example(
        yaml=_KEY,
    ),
    see=f"{_PAGE}#exceptions",
)
BAD_EXCEPTION = Rule(
    "bad-exception",
    PROBLEM,
    meaning="a comment that begins with `reconcile: ignore` is not a valid exception: its form is wrong, or the reason "
    "is missing",
    remedy="write `# reconcile: ignore[RULE] because REASON`",
    bad=Example(
        yaml="tables:\n  users:  # reconcile: ignore[object-name]\n    indexes: {by_email: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes:\n"
        "      by_email: email  # reconcile: ignore[object-name] because the application names it in a hint",
    ),
    see=f"{_PAGE}#exceptions",
)
POLICY_CHANGED = Rule(
    "policy-changed",
    NOTE,
    WARNING,
    meaning="the pull request changes the policy file or `reconcile.toml`; the file of the target branch applies "
    "until the change is merged",
    remedy="let the owners of the policy review the change; it needs a pull request before the one that depends on it",
    bad=Example(
        shell="git diff --name-only origin/main HEAD -- reconcile.policy.yaml",
    ),
    good=Example(
        shell="git checkout origin/main -- reconcile.policy.yaml",
    ),
    see=f"{_PAGE}#pull-requests",
)
TARGET_BRANCH = Rule(
    "target-branch",
    ERROR,
    meaning="on a pull request, the policy file and `reconcile.toml` are read from the target branch, and that is not "
    "possible here: the branch is not known, the clone or its `origin` does not have it, or it does not have the file "
    "as a regular file",
    remedy="fetch the target branch before: `fetch-depth: 0` with actions/checkout; or give files that are not in the "
    "checkout with `--policy` and `--config`",
    bad=Example(
        shell="git clone --depth 1 --branch my-change https://git.example/shop.git .\n"
        "GITHUB_BASE_REF=main reconcile plan --env production",
    ),
    good=Example(
        shell="git fetch origin +refs/heads/main:refs/remotes/origin/main\n"
        "GITHUB_BASE_REF=main reconcile plan --env production",
    ),
    see=f"{_PAGE}#pull-requests",
    error_code=1,
)
UNKNOWN_ENVIRONMENT = Rule(
    "unknown-environment",
    PROBLEM,
    ERROR,
    meaning="`reconcile.toml` has no environment of the name after `--env`, or in the policy file",
    remedy="correct the name, or add the environment to `reconcile.toml`",
    bad=Example(
        shell="reconcile plan --env prod",
    ),
    good=Example(
        shell="reconcile plan --env production",
    ),
    see=f"{_PAGE}#environments",
    error_code=64,
)
DATABASE_VARIABLE = Rule(
    "database-variable",
    ERROR,
    meaning="the variable that `reconcile.toml` names for the database of the environment is not set; or `--db` names "
    "another database",
    remedy="set the variable to the connection string, and leave `--db` out",
    bad=Example(
        shell="unset RECONCILE_DB_PRODUCTION\nreconcile plan --env production",
    ),
    good=Example(
        shell="RECONCILE_DB_PRODUCTION=service=shop reconcile plan --env production",
    ),
    see=f"{_PAGE}#environments",
    error_code=64,
)
TOML_SYNTAX = Rule(
    "toml-syntax",
    PROBLEM,
    meaning="`reconcile.toml` is not valid TOML",
    remedy="correct the line that the message names: often quotes that are missing around a value",
    bad=Example(
        shell="printf '[environments.production]\\ndatabase = RECONCILE_DB\\n' > reconcile.toml\n"
        "reconcile validate --env production",
    ),
    good=Example(
        shell="printf '[environments.production]\\ndatabase = \"RECONCILE_DB\"\\n' > reconcile.toml\n"
        "reconcile validate --env production",
    ),
    see=f"{_PAGE}#environments",
)

OUTSIDE_WINDOW = Rule(
    "outside-window",
    ERROR,
    NOTE,
    meaning="the environment has a `window` in `reconcile.toml`, and changes are applied only in it: `apply` is "
    "refused before its first step, and a run stops between two steps when the window closes",
    remedy="run the same command again when the window opens; a run continues where it stopped",
    bad=Example(
        shell="printf '[environments.production]\\nwindow = \"Sat 01:00-05:00 UTC\"\\n' > reconcile.toml\n"
        "reconcile apply --env production  # on a Monday",
    ),
    good=Example(
        shell="reconcile plan --env production  # a plan is made at any time",
    ),
    see=f"{_PAGE}#windows",
    error_code=3,
)

OF_POLICY = frozenset(
    {
        HAZARD_NOT_ALLOWED,
        OBJECT_NAME,
        FOREIGN_KEY_INDEX,
        LONG_LOCK,
        LARGE_BUILD,
        RETIRED_TABLE,
        TOO_MANY_CHANGES,
        LOOSER_POLICY,
        EXCEPTION_NOT_ALLOWED,
    }
)
"""The rules by which the platform's policy refuses plans. They say nothing about the database."""
