"""What is wrong with what a file declares."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, PROBLEM, Rule

UNKNOWN_KEY = Rule(
    "unknown-key",
    PROBLEM,
    meaning="a key that does not exist (did you mean …?)",
    remedy="correct the key; `reconcile schema` prints all that exist, for editors",
)
MISSING_KEY = Rule(
    "missing-key",
    PROBLEM,
    meaning="a key that has to be there is missing",
    remedy="add the key that the message names",
)
WRONG_TYPE = Rule(
    "wrong-type",
    PROBLEM,
    meaning="a value of the wrong type",
    remedy="write what the message expects, such as a list, a mapping, true or false",
)
WRONG_VALUE = Rule(
    "wrong-value",
    PROBLEM,
    meaning="a value that is not one of the known ones, or is out of range",
    remedy="write one of the values that the message names",
)
BAD_NAME = Rule(
    "bad-name",
    PROBLEM,
    meaning="a name that PostgreSQL could not have: empty, longer than 63 bytes, in double quotes",
    remedy="write the name as PostgreSQL stores it, without quotes and in at most 63 bytes",
)
AMBIGUOUS_NAME = Rule(
    "ambiguous-name",
    PROBLEM,
    meaning="a short form that can mean two things; the message gives the long form",
    remedy="write the long form of the message",
)
BAD_EXPRESSION = Rule(
    "bad-expression",
    PROBLEM,
    meaning="not one SQL expression: brackets or quotes left open, a `;`, a comment, an operand that is missing",
    remedy="write one complete expression, without `;` and comments",
)
REPEATED_COLUMN = Rule(
    "repeated-column",
    PROBLEM,
    meaning="a column stands twice where it may not",
    remedy="name each column once",
)
UNKNOWN_HAZARD = Rule(
    "unknown-hazard",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="`policy.allow`, or `Options.allow` of the library, names no gated hazard",
    remedy="name a gated hazard, or take it out: the others need no consent",
)
NAME_CLASH = Rule(
    "name-clash",
    PROBLEM,
    meaning="two objects would have the same name in one namespace",
    remedy="give one of them another name",
)
DUPLICATE_POLICY = Rule(
    "duplicate-policy",
    PROBLEM,
    meaning="two files have a `policy`",
    remedy="keep the `policy` in one file",
)
TOOL_OWNED = Rule(
    "tool-owned",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="the object, or the ending of its name, is the tool's own",
    remedy="choose another name; `policy.journal_schema` moves the journal",
)
SYSTEM_SCHEMA = Rule(
    "system-schema",
    PROBLEM,
    ERROR,
    error_code=64,
    meaning="the schema is PostgreSQL's own",
    remedy="name a schema of yours",
)
