"""Why the server cannot have what the file declares."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, REFUSAL, Rule

MISSING_TABLE = Rule(
    "missing-table",
    REFUSAL,
    meaning="a required, referenced or replacing table does not exist",
    remedy="create it with your migrations, or correct its name in the file",
)
MISSING_COLUMN = Rule(
    "missing-column",
    REFUSAL,
    meaning="a column does not exist",
    remedy="add it with your migrations, or correct its name in the file",
)
MISSING_TABLESPACE = Rule(
    "missing-tablespace",
    REFUSAL,
    meaning="a tablespace of the file does not exist, or is `pg_global`, which takes no indexes",
    remedy="create it, or correct its name in the file",
)
MISSING_SCHEMA = Rule(
    "missing-schema",
    REFUSAL,
    meaning="the schema of `policy.journal_schema` does not exist",
    remedy="create it, or correct `policy.journal_schema`",
)
NO_UNIQUE_KEY = Rule(
    "no-unique-key",
    REFUSAL,
    meaning="nothing makes the referenced columns of a foreign key unique, or the table has no primary key to "
    "refer to",
    remedy="declare a primary key, a unique constraint or a unique index over exactly these columns",
)
COLUMN_COUNT = Rule(
    "column-count",
    REFUSAL,
    meaning="a foreign key names more columns on one side than on the other",
    remedy="name as many columns on both sides",
)
REJECTED_BY_SERVER = Rule(
    "rejected-by-server",
    REFUSAL,
    meaning="PostgreSQL does not accept the definition: a type, function, operator class or expression is wrong",
    remedy="correct the definition in the file",
)
NOT_IN_ENCODING = Rule(
    "not-in-encoding",
    REFUSAL,
    meaning="the declaration has characters that the encoding of the database does not have",
    remedy="use characters that it has, or a database with the encoding UTF8",
)
UNKNOWN = Rule(
    "unknown",
    REFUSAL,
    meaning='the server cannot say whether the live definition is the declared one. Never treated as "the same"',
    remedy="plan with a role that may create temporary tables, on the primary; or write the expression as "
    "`reconcile export` prints it",
)
NAME_TAKEN = Rule(
    "name-taken",
    REFUSAL,
    meaning="something else has the name, or a name that a replacement needs for a while, and keeps it. The "
    "message has the statement to run by hand",
    remedy="choose another name in the file, or rename or drop what has it",
)
DUPLICATE_OBJECT = Rule(
    "duplicate-object",
    REFUSAL,
    PROBLEM,
    meaning="an undeclared constraint has the same definition under another name; or partitions have an index "
    "that the partitioned table gets, under names that the file does not give: the message has the `partitions` "
    "to paste. In a file: an object is declared twice",
    remedy="declare it under the name that it has, rename it with `renamed_from`, or list the other one under "
    "`absent`",
)
MISPLACED_ABSENT = Rule(
    "misplaced-absent",
    REFUSAL,
    meaning="an entry under `absent` names something that exists, but belongs into another list",
    remedy="move the entry to the list that the message names",
)
NEEDS_NEWER_SERVER = Rule(
    "needs-newer-server",
    REFUSAL,
    meaning="the server lacks a feature; the message names the version found and the version needed",
    remedy="take the key out of the file, or upgrade the server",
)
NOT_SUPPORTED_YET = Rule(
    "not-supported-yet",
    REFUSAL,
    PROBLEM,
    meaning="foreign tables, views and other things that come later. In a file: a key that comes later",
    remedy="take it out of the file; the table itself may stay declared as required",
)
