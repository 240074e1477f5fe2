"""Declarations that the server cannot fulfil."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, REFUSAL, Example, Rule

MISSING_TABLE = Rule(
    "missing-table",
    REFUSAL,
    meaning="a required, referenced or replacing table does not exist",
    remedy="create it with your migrations, or correct its name in the file",
    bad=Example(
        sql="CREATE TABLE users (id int);",
        yaml="tables:\n  user: {not_null: id}",
    ),
    good=Example(
        yaml="tables:\n  users: {not_null: id}",
    ),
)
MISSING_COLUMN = Rule(
    "missing-column",
    REFUSAL,
    meaning="a column does not exist",
    remedy="add it with your migrations, or correct its name in the file",
    bad=Example(
        sql="CREATE TABLE users (email text);",
        yaml="tables:\n  users: {not_null: mail}",
    ),
    good=Example(
        yaml="tables:\n  users: {not_null: email}",
    ),
)
MISSING_TABLESPACE = Rule(
    "missing-tablespace",
    REFUSAL,
    meaning="a tablespace in the file does not exist, or is `pg_global`, which cannot hold indexes",
    remedy="create it, or correct its name in the file",
    bad=Example(
        sql="CREATE TABLE users (email text);",
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, tablespace: ssd}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    indexes:\n      users_email_idx: {columns: email, tablespace: null}",
    ),
)
MISSING_SCHEMA = Rule(
    "missing-schema",
    REFUSAL,
    meaning="the schema of `policy.journal_schema` does not exist",
    remedy="create it, or correct `policy.journal_schema`",
    bad=Example(
        sql="CREATE TABLE users (email text);",
        yaml="policy: {journal_schema: audit}\ntables:\n  users: {not_null: email}",
    ),
    good=Example(
        sql="CREATE SCHEMA audit;",
    ),
)
NO_UNIQUE_KEY = Rule(
    "no-unique-key",
    REFUSAL,
    meaning="no key makes the referenced columns of a foreign key unique, or the table has no primary key to "
    "refer to, or PostgreSQL would use an older key without overlaps for a foreign key without a period",
    remedy="declare a primary key, a unique constraint or a unique index over exactly these columns",
    bad=Example(
        sql="CREATE TABLE users (id int);\nCREATE TABLE orders (user_id int);",
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id)}",
    ),
    good=Example(
        yaml="tables:\n"
        "  users: {primary_key: id}\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_id_fkey: {columns: user_id, references: users(id)}",
    ),
)
COLUMN_COUNT = Rule(
    "column-count",
    REFUSAL,
    meaning="a foreign key names more columns on one side than on the other",
    remedy="name as many columns on both sides",
    bad=Example(
        sql="CREATE TABLE users (tenant int, id int, PRIMARY KEY (tenant, id));\n"
        "CREATE TABLE orders (tenant int, user_id int);",
        yaml="tables:\n  orders:\n    foreign_keys:\n      orders_user_fkey: {columns: user_id, references: users}",
    ),
    good=Example(
        yaml="tables:\n"
        "  orders:\n"
        "    foreign_keys:\n"
        "      orders_user_fkey: {columns: [tenant, user_id], references: users}",
    ),
)
REJECTED_BY_SERVER = Rule(
    "rejected-by-server",
    REFUSAL,
    meaning="PostgreSQL does not accept the definition: a type, function, operator class or expression is wrong",
    remedy="correct the definition in the file",
    bad=Example(
        sql="CREATE TABLE users (name text);",
        yaml="tables:\n  users:\n    checks: {users_name_check: lenght(name) > 0}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    checks: {users_name_check: length(name) > 0}",
    ),
)
NOT_IN_ENCODING = Rule(
    "not-in-encoding",
    REFUSAL,
    meaning="the declaration has characters that the encoding of the database does not have",
    remedy="use characters of that encoding, or a database with the encoding UTF8",
    bad=Example(
        sql="CREATE DATABASE shop ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0;",
        yaml="tables:\n  users:\n    checks: {users_name_check: \"name <> '→'\"}",
    ),
    good=Example(
        sql="CREATE DATABASE shop ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0;",
    ),
)
UNKNOWN = Rule(
    "unknown",
    REFUSAL,
    meaning="the server cannot tell whether the live definition equals the declared one; it is never treated as equal",
    remedy="plan with a role that may create temporary tables, on the primary; or write the expression as "
    "`reconcile export` prints it",
    bad=Example(
        sql="REVOKE TEMPORARY ON DATABASE shop FROM PUBLIC;",
        yaml='tables:\n  users:\n    checks: {users_age_check: "age>0 and age<200"}',
    ),
    good=Example(
        sql="GRANT TEMPORARY ON DATABASE shop TO planner;",
    ),
    see="decisions/0002-canonical-form-by-the-server.md",
)
NAME_TAKEN = Rule(
    "name-taken",
    REFUSAL,
    meaning="another object has the name, or a name that a replacement needs temporarily. The message has "
    "the statement to run by hand",
    remedy="choose another name in the file, or rename or drop the object that has it",
    bad=Example(
        sql="CREATE TABLE users (email text);\nCREATE TABLE users_email_key (id int);",
        yaml="tables:\n  users:\n    unique: {users_email_key: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    unique: {users_unique_email: email}",
    ),
)
CANNOT_ATTACH = Rule(
    "cannot-attach",
    REFUSAL,
    meaning="an archived table cannot become a partition or an inheritance child of its parent again: the parent has "
    "other columns or checks by now or gets others in the same undo, other partitions have its bounds, or rows of the "
    "default partition belong to it",
    remedy="remove what the message names, or restore the table under another name with --as",
    bad=Example(
        sql="CREATE TABLE events_2020_new PARTITION OF events FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');",
        shell="reconcile restore events_2020",
    ),
    good=Example(
        shell="reconcile restore events_2020 --as events_2020_old",
    ),
    see="journal.md#partitions-and-inheritance-children",
)
DUPLICATE_OBJECT = Rule(
    "duplicate-object",
    REFUSAL,
    PROBLEM,
    meaning="an undeclared constraint has the same definition under another name. In a file: an object is declared "
    "twice",
    remedy="declare it under its current name, rename it with `renamed_from`, or list the other one under `absent`",
    bad=Example(
        sql="CREATE TABLE users (email text CONSTRAINT one_email UNIQUE);",
        yaml="tables:\n  users:\n    unique: {users_email_key: email}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    unique: {users_email_key: {columns: email, renamed_from: one_email}}",
    ),
)
MISPLACED_ABSENT = Rule(
    "misplaced-absent",
    REFUSAL,
    meaning="an entry under `absent` names an object that exists, but belongs in another list",
    remedy="move the entry to the list that the message names",
    bad=Example(
        sql="CREATE TABLE users (email text CONSTRAINT users_email_key UNIQUE);",
        yaml="tables:\n  users:\n    absent: {indexes: [users_email_key]}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    absent: {constraints: [users_email_key]}",
    ),
)
NEEDS_NEWER_SERVER = Rule(
    "needs-newer-server",
    REFUSAL,
    meaning="the server lacks a feature; the message names the version found and the version needed",
    remedy="remove the key from the file, or upgrade the server",
    bad=Example(
        sql="-- PostgreSQL 14\nCREATE TABLE users (email text);",
        yaml="tables:\n  users:\n    unique:\n      users_email_key: {columns: email, nulls_distinct: false}",
    ),
    good=Example(
        yaml="tables:\n  users:\n    unique: {users_email_key: email}",
    ),
)
NOT_SUPPORTED_YET = Rule(
    "not-supported-yet",
    REFUSAL,
    PROBLEM,
    meaning="constraints and indexes of foreign tables and views, and other features that are planned for later "
    "releases. In a file: a key that is planned for later",
    remedy="remove it from the file; the table itself may stay declared as required",
    bad=Example(
        sql="CREATE VIEW active AS SELECT 1 AS id;",
        yaml="tables:\n  active: {not_null: id}",
    ),
    good=Example(
        yaml="tables:\n  active:",
    ),
)
