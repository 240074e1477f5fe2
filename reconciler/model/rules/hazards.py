"""Risks of a change. The text of each is part of plans."""

from __future__ import annotations

from reconciler.model.rules.rule import Example, HazardKind

BLOCKING_BUILD = HazardKind(
    "blocking-build",
    gated=True,
    meaning="the build cannot run online: nobody can read or write the table until it ends",
    remedy="apply it while the table has fewer rows than `policy.small_table_rows`",
    bad=Example(
        sql="CREATE TABLE bookings (stay daterange);",
        yaml="tables:\n"
        "  bookings:\n"
        "    exclusions:\n"
        "      bookings_no_overlap: {using: gist, elements: stay with &&}",
    ),
    good=Example(
        sql="INSERT INTO bookings VALUES ('[2026-01-01,2026-01-05)');\n"
        "ANALYZE bookings; -- a small table is built in a moment",
    ),
    see="file-format.md#exclusions",
)
VOLATILE_EXPRESSION = HazardKind(
    "volatile-expression",
    gated=True,
    meaning="a data check or constraint calls a volatile function, which may write, or return a different "
    "result each time",
    remedy="use an immutable function",
    bad=Example(
        sql="CREATE TABLE codes (code int);",
        yaml="tables:\n  codes:\n    checks: {codes_code_check: code > random()}",
    ),
    good=Example(
        yaml="tables:\n  codes:\n    checks: {codes_code_check: code > 0}",
    ),
)
UNCHECKED_DATA = HazardKind(
    "unchecked-data",
    gated=False,
    meaning="the rows were not checked; if rows violate the constraint, the step fails",
    remedy="raise --check-timeout, or run the printed query before you apply; if you trust the file, use --trust-file",
    bad=Example(
        sql="CREATE TABLE users (email text);\n"
        "CREATE FUNCTION is_email(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$ SELECT $1 LIKE '%@%' $$;",
        yaml="tables:\n  users:\n    checks: {users_email_check: is_email(email)}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_email_check: email LIKE '%@%'}",
    ),
    see="security.md#which-functions-a-plan-calls",
)
NOT_TRIED = HazardKind(
    "not-tried",
    gated=False,
    meaning="the new object could not be tried out while planning; if the server rejects it, its step fails",
    remedy="plan with a role that may create temporary tables, on the primary",
    bad=Example(
        sql="REVOKE TEMPORARY ON DATABASE shop FROM PUBLIC;",
        yaml="tables:\n  users:\n    checks: {users_age_check: age > 0}",
    ),
    good=Example(
        sql="GRANT TEMPORARY ON DATABASE shop TO planner;",
    ),
)
LARGE_KEYS = HazardKind(
    "large-keys",
    gated=False,
    meaning="an index entry holds at most 2,704 bytes after compression, and in BRIN and GiST at most a page; if a row "
    "has more, the build fails",
    remedy="shorten these values, or index a hash of them",
    bad=Example(
        sql="CREATE TABLE notes (body text);\n"
        "INSERT INTO notes SELECT string_agg(md5(n::text), '') FROM generate_series(1, 500) AS n;",
        yaml="tables:\n  notes:\n    indexes: {notes_body_idx: {columns: {expression: lower(body)}}}",
    ),
    good=Example(
        yaml="tables:\n  notes:\n    indexes: {notes_body_idx: {columns: {expression: md5(body)}}}",
    ),
)
INDEX_DROPPED = HazardKind(
    "index-dropped",
    gated=False,
    meaning="queries that use the index become slower",
    remedy="check pg_stat_user_indexes.idx_scan first",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE INDEX users_email_idx ON users (email);",
        yaml="tables:\n  users:\n    absent: {indexes: [users_email_idx]}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes: {users_email_idx: email}",
    ),
)
CONSTRAINT_DROPPED = HazardKind(
    "constraint-dropped",
    gated=False,
    meaning="the database no longer enforces the rule",
    remedy="keep the constraint, or enforce the rule elsewhere first",
    bad=Example(
        sql="CREATE TABLE users (age int CONSTRAINT users_age_check CHECK (age > 0));",
        yaml="tables:\n  users:\n    absent: {constraints: [users_age_check]}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_age_check: age > 0}",
    ),
)
FOREIGN_KEY_READDED = HazardKind(
    "foreign-key-readded",
    gated=False,
    meaning="the foreign key is dropped and added again as NOT VALID, in one transaction that locks both "
    "tables; new rows are "
    "always checked, and the foreign key is validated again afterwards if it was valid",
    remedy="apply it while there is little traffic and no long transaction on either table",
    bad=Example(
        sql="CREATE TABLE users (id int, name text, CONSTRAINT users_id_key UNIQUE (id));\n"
        "CREATE TABLE orders (user_id int CONSTRAINT orders_user_id_fkey REFERENCES users (id));",
        yaml="tables:\n"
        "  users:\n"
        "    unique: {users_id_key: {columns: id, include: [name]}}\n"
        "  orders:\n"
        "    foreign_keys: {orders_user_id_fkey: {columns: user_id, references: users(id)}}",
    ),
    good=Example(
        yaml="tables:\n"
        "  users:\n"
        "    unique: {users_id_key: id}\n"
        "    indexes: {users_id_name_idx: {columns: id, include: [name]}}",
    ),
    see="decisions/0012-foreign-keys-go-along.md",
)
NOT_CARRIED_OVER = HazardKind(
    "not-carried-over",
    gated=False,
    meaning="the new object will not have this property",
    remedy="set it by hand afterwards",
    bad=Example(
        sql="CREATE TABLE events (id int, day int) PARTITION BY LIST (day);\n"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES IN (1);\n"
        "CREATE INDEX events_idx ON events USING brin (id);\n"
        "ALTER INDEX events_1_id_idx SET (pages_per_range = 4);",
        yaml="tables:\n  events:\n    indexes: {events_idx: {columns: [id, day], using: brin}}",
    ),
    good=Example(
        sql="ALTER INDEX events_1_id_idx RESET (pages_per_range);",
        yaml="tables:\n"
        "  events:\n"
        "    indexes: {events_idx: {columns: [id, day], using: brin, with: {pages_per_range: 4}}}",
    ),
)
PURGE = HazardKind(
    "purge",
    gated=True,
    per_run=True,
    meaning="a table in the archive and its rows are deleted for good, because it has been there for longer than its "
    "`purge_after`; only `--allow purge` adds this to a plan",
    remedy="keep it: set a longer `purge_after`, or restore the table with `reconcile restore`",
    bad=Example(
        yaml="dropped_tables:\n  users_old: {purge_after: 30d}",
        shell="reconcile apply --allow purge",
    ),
    good=Example(
        shell="reconcile restore users_old",
    ),
    see="journal.md#purging",
)
NAMED_IN_FUNCTION = HazardKind(
    "named-in-function",
    gated=False,
    meaning="a function's body mentions the object; PostgreSQL records no dependency for that and does not warn",
    remedy="read the function; change or drop it first if it uses the table or constraint",
    bad=Example(
        sql="CREATE TABLE users_old (id int);\n"
        "CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql AS $$\n"
        "BEGIN RETURN (SELECT count(*) FROM users_old); END $$;",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="DROP FUNCTION total();",
    ),
)
BELONGS_TO_TABLE = HazardKind(
    "belongs-to-table",
    gated=False,
    meaning="the object is moved to the archive with the table, or dropped with it",
    remedy="create it elsewhere first if it is still needed",
    bad=Example(
        sql="CREATE TABLE users_old (id serial);",
        yaml="dropped_tables:\n  users_old:",
    ),
    good=Example(
        sql="ALTER TABLE users_old ALTER COLUMN id DROP DEFAULT;\nDROP SEQUENCE users_old_id_seq;",
    ),
)
REPLICA_IDENTITY_LOST = HazardKind(
    "replica-identity-lost",
    gated=True,
    meaning="the table is published and no longer has a replica identity: every UPDATE and DELETE on it fails",
    remedy="give another unique index `replica_identity: true` in the same file, or stop publishing the table",
    bad=Example(
        sql="CREATE TABLE users (id int NOT NULL);\n"
        "CREATE UNIQUE INDEX users_id_idx ON users (id);\n"
        "ALTER TABLE users REPLICA IDENTITY USING INDEX users_id_idx;\n"
        "CREATE PUBLICATION news FOR TABLE users;",
        yaml="tables:\n  users:\n    absent: {indexes: [users_id_idx]}",
    ),
    good=Example(
        yaml="tables:\n"
        "  users:\n"
        "    indexes: {users_key: {columns: id, unique: true, replica_identity: true}}\n"
        "    absent: {indexes: [users_id_idx]}",
    ),
)
PUBLICATION_MISMATCH = HazardKind(
    "publication-mismatch",
    gated=True,
    meaning="the row filter or column list of a publication does not fit the new replica identity: every UPDATE "
    "and DELETE on the table fails",
    remedy="change the publication first, or choose a replica identity that fits it",
    bad=Example(
        sql="CREATE TABLE users (id int NOT NULL, email text NOT NULL);\n"
        "CREATE UNIQUE INDEX users_email_idx ON users (email);\n"
        "ALTER TABLE users REPLICA IDENTITY USING INDEX users_email_idx;\n"
        "CREATE PUBLICATION news FOR TABLE users WHERE (email <> '');",
        yaml="tables:\n"
        "  users:\n"
        "    indexes:\n"
        "      users_email_idx: {columns: email, unique: true, replica_identity: null}\n"
        "      users_id_idx: {columns: id, unique: true, replica_identity: true}",
    ),
    good=Example(
        sql="ALTER PUBLICATION news SET TABLE users;",
    ),
)
CONCURRENT_REFRESH_LOST = HazardKind(
    "concurrent-refresh-lost",
    gated=True,
    meaning="REFRESH MATERIALIZED VIEW CONCURRENTLY fails: it needs a unique index over all rows, on columns only",
    remedy="create another such index first",
    bad=Example(
        sql="CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id;\nCREATE UNIQUE INDEX totals_id_idx ON totals (id);",
        yaml="tables:\n  totals:\n    absent: {indexes: [totals_id_idx]}",
    ),
    good=Example(
        yaml="tables:\n"
        "  totals:\n"
        "    indexes: {totals_key: {columns: id, unique: true}}\n"
        "    absent: {indexes: [totals_id_idx]}",
    ),
)
REPAIRED_ROWS = HazardKind(
    "repaired-rows",
    gated=False,
    meaning="rows that violate the object are moved, deleted or changed before it is validated",
    remedy="check the rows first; with the policy `refuse`, nothing is repaired",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (user_id int);\n"
        "INSERT INTO orders VALUES (7);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}",
    ),
    good=Example(
        sql="DELETE FROM orders WHERE user_id = 7;",
    ),
    see="repairs.md",
)
DATA_LOSS = HazardKind(
    "data-loss",
    gated=True,
    meaning="no copy of deleted rows is kept",
    remedy="use `quarantine`, which keeps whole rows",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\nCREATE TABLE orders (user_id int);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: delete}",
    ),
    good=Example(
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}",
    ),
    see="repairs.md#policies",
)
FIRES_TRIGGERS = HazardKind(
    "fires-triggers",
    gated=True,
    meaning="the statements of a repair fire triggers of the table, which may change other rows or reject the repair, "
    "or a publication sends the changes to its subscribers",
    remedy="read the function of each trigger; disable the trigger by hand if it must not fire; accept it for a "
    "publication if the subscribers are to have the same rows",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (user_id int);\n"
        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;\n"
        "CREATE TRIGGER orders_audit BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION audit();",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: quarantine}",
    ),
    good=Example(
        sql="ALTER TABLE orders DISABLE TRIGGER orders_audit;",
    ),
    see="repairs.md#triggers",
)
BLOCKS_UPDATES = HazardKind(
    "blocks-updates",
    gated=True,
    meaning="until it is repaired, a row that violates the new constraint cannot be updated by anybody, unless the "
    "update makes it comply",
    remedy="repair the rows by hand before you apply; or, with a policy that repairs them, set `repair: first` "
    "(for a primary key: declare its column under `not_null`)",
    bad=Example(
        sql="CREATE TABLE accounts (balance int);\nINSERT INTO accounts VALUES (-5);",
        yaml="tables:\n"
        "  accounts:\n"
        "    checks:\n"
        "      accounts_balance_check: {expression: balance >= 0, violators: quarantine}",
    ),
    good=Example(
        sql="UPDATE accounts SET balance = 0 WHERE balance < 0;",
    ),
    see="repairs.md#checks-and-not-nulls",
)
KEPT_ROWS = HazardKind(
    "kept-rows",
    gated=False,
    meaning="rows that violate the object stay: it remains NOT VALID, rejects new ones, and is validated by the first "
    "run that finds none",
    remedy="repair the rows, or choose another policy for them",
    bad=Example(
        sql="CREATE TABLE users (id int PRIMARY KEY);\n"
        "CREATE TABLE orders (user_id int);\n"
        "INSERT INTO orders VALUES (7);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id), orphans: keep}",
    ),
    good=Example(
        sql="DELETE FROM orders WHERE user_id = 7;",
    ),
    see="repairs.md#keep",
)
