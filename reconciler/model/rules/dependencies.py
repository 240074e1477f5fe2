"""Changes that are not possible because of other objects."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, REFUSAL, Example, Rule

HAS_DEPENDENTS = Rule(
    "has-dependents",
    REFUSAL,
    meaning="a view, a foreign key or something else depends on a table that would be dropped, an extension "
    "owns it, or a "
    "subscription writes to it; or a view, rule, policy or SQL-standard function depends on a constraint that "
    "would be dropped or replaced. Nothing is dropped by CASCADE",
    remedy="change or drop the dependent object first",
    bad=Example(
        sql="CREATE TABLE users_old (id int);\nCREATE VIEW former AS SELECT id FROM users_old;",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="DROP VIEW former;",
    ),
)
STILL_REFERENCED = Rule(
    "still-referenced",
    REFUSAL,
    meaning="a key or index would be dropped or replaced, and foreign keys depend on it that the file does not "
    "declare, or that have no other key to use; or a not-null would be dropped that a primary key, an identity "
    "column or a replica identity needs",
    remedy="declare these foreign keys, or list them under `absent` as well; or declare another unique key over "
    "the same columns. For a not-null: remove it from `absent`",
    bad=Example(
        sql="CREATE TABLE users (id int CONSTRAINT users_id_key UNIQUE);\n"
        "CREATE TABLE orders (user_id int CONSTRAINT orders_user_id_fkey REFERENCES users (id));",
        yaml="tables:\n  users:\n    absent: {constraints: [users_id_key]}",
    ),
    good=Example(
        yaml="tables:\n"
        "  users:\n"
        "    absent: {constraints: [users_id_key]}\n"
        "  orders:\n"
        "    absent: {constraints: [orders_user_id_fkey]}",
    ),
)
CANNOT_CARRY_OVER = Rule(
    "cannot-carry-over",
    REFUSAL,
    meaning="an object must be replaced, and a property of it cannot be restored on the new one: a partition's replica "
    "identity",
    remedy="give the partition another replica identity first",
    bad=Example(
        sql="CREATE TABLE events (id int NOT NULL, day int NOT NULL, n int) PARTITION BY LIST (day);\n"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);\n"
        "CREATE UNIQUE INDEX events_key ON events (id, day);\n"
        "ALTER TABLE events_1 REPLICA IDENTITY USING INDEX events_1_id_day_idx;",
        yaml="tables:\n  events:\n    indexes: {events_key: [id, day]}",
    ),
    good=Example(
        sql="ALTER TABLE events_1 REPLICA IDENTITY FULL;",
    ),
)
CIRCULAR = Rule(
    "circular",
    REFUSAL,
    meaning="changes wait for each other in a circle, such as two keys that exchange their columns, or the drops of "
    "two tables that refer to each other",
    remedy="remove all but one from the file, apply, then add them again; before tables are dropped, list a foreign "
    "key between them under `absent`",
    bad=Example(
        sql="CREATE TABLE users (a int, b int, CONSTRAINT one UNIQUE (a), CONSTRAINT two UNIQUE (b));\n"
        "CREATE TABLE orders (a int CONSTRAINT orders_a_fkey REFERENCES users (a),\n"
        "                     b int CONSTRAINT orders_b_fkey REFERENCES users (b));",
        yaml="tables:\n"
        "  users:\n"
        "    unique: {one: b, two: a}\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_a_fkey: {columns: b, references: users(b)}\n"
        "      orders_b_fkey: {columns: a, references: users(a)}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    unique: {one: a, two: b, three: b}",
    ),
    see="decisions/0012-foreign-keys-go-along.md",
)
CONFLICT = Rule(
    "conflict",
    PROBLEM,
    REFUSAL,
    meaning="two declarations contradict each other, or the file contradicts what the database has",
    remedy="keep the correct one, and remove the other from the file",
    bad=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, nulls_distinct: false}",
    ),
    good=Example(
        yaml="tables:\n"
        "  users:\n"
        "    indexes:\n"
        "      users_email_idx: {columns: email, unique: true, nulls_distinct: false}",
    ),
)
INHERITED = Rule(
    "inherited",
    REFUSAL,
    meaning="the file declares an inherited object of a partition or child differently from its parent's; or the "
    "plan drops or replaces the parent's object, while the file keeps the partition's part of it",
    remedy="declare it on the parent only, and change it there",
    bad=Example(
        sql="CREATE TABLE events (day int, CONSTRAINT known_day CHECK (day > 0)) PARTITION BY LIST (day);\n"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);",
        yaml="tables:\n  events_1:\n    checks: {known_day: day > 5}",
    ),
    good=Example(
        yaml="tables:\n  events:\n    checks: {known_day: day > 5}",
    ),
    see="file-format.md#partitioned-tables",
)
PARTITIONED_TABLE = Rule(
    "partitioned-table",
    REFUSAL,
    meaning="PostgreSQL does not allow the declaration on a partitioned table: a unique key without the "
    "partition columns, "
    "`no_inherit`, `clustered`, a foreign key to one of its partitions, a partition that is a foreign table or has "
    "another primary key, two names for one index of a partition, or the drop "
    "or change of a partition's index that belongs to an index of the partitioned "
    "table and also enforces a constraint of the partition's own",
    remedy="declare what PostgreSQL allows on a partitioned table, such as a key that contains the partition "
    "columns",
    bad=Example(
        sql="CREATE TABLE events (id int, day date) PARTITION BY RANGE (day);",
        yaml="tables:\n  events: {primary_key: id}",
    ),
    good=Example(
        yaml="tables:\n  events: {primary_key: [id, day]}",
    ),
    see="file-format.md#partitioned-tables",
)
DETACH_PENDING = Rule(
    "detach-pending",
    REFUSAL,
    meaning="a partition is being detached, or `DETACH … CONCURRENTLY` was interrupted; the message has the "
    "statement that finishes it. A run that drops or archives the partition finishes it itself",
    remedy="wait for the session that detaches it; if there is none, run the statement by hand, then plan again; if "
    "the file drops the partition, apply that first, with `--table`",
    bad=Example(
        sql="ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;\n"
        "-- interrupted while it waited for other transactions",
        yaml="tables:\n  events: {indexes: {events_id_idx: id}}",
    ),
    good=Example(
        sql="ALTER TABLE events DETACH PARTITION events_1 FINALIZE;",
    ),
)
DIVERGED = Rule(
    "diverged",
    REFUSAL,
    meaning="the live state matches no step of the change; another session may have altered it",
    remedy="plan again and read the new plan; if it is refused again, look for objects of that name, or with "
    "the endings `__reconcile_new` and `__reconcile_old`",
    bad=Example(
        shell="reconcile apply\n# during the run, in another session: DROP INDEX users_email_key__reconcile_new",
    ),
    good=Example(
        shell="reconcile plan\nreconcile apply",
    ),
    see="decisions/0003-routes-of-observable-states.md",
)
INVALID_INDEX = Rule(
    "invalid-index",
    REFUSAL,
    meaning="an invalid index has the name, and the journal does not prove that an unfinished build of this "
    "tool left it",
    remedy="if no session is building it, drop it by hand; the message has the statement",
    bad=Example(
        sql="CREATE INDEX CONCURRENTLY users_email_idx ON users (email);\n-- cancelled: it leaves an invalid index",
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
    good=Example(
        sql="DROP INDEX CONCURRENTLY users_email_idx;",
    ),
    see="troubleshooting.md#apply-failed-or-was-killed",
)
