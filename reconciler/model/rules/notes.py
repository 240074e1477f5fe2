"""What the reader of a plan, or the author of a file, should know, and what stops nothing."""

from __future__ import annotations

from reconciler.model.rules.rule import NOTE, WARNING, Rule

SUPERUSER = Rule(
    "superuser",
    NOTE,
    meaning="the connected role is a superuser: code of table owners runs with all its rights when the plan is "
    "applied",
    remedy="connect as a role that owns the tables, and is not a superuser",
)
FORMER_NAME = Rule(
    "former-name",
    NOTE,
    meaning="an object exists, and another one under the name in its `renamed_from`: maybe the old one, after a "
    "run that was killed",
    remedy="if nobody needs the old one, list it under `absent`; else take `renamed_from` out of the file",
)
NO_PARTITION = Rule(
    "no-partition",
    NOTE,
    meaning="`partitions` names a table that is not a partition (any more): the name has no effect",
    remedy="take the entry out of `partitions`, or correct the name of the partition",
)
REMNANT = Rule(
    "remnant",
    NOTE,
    meaning="an interrupted replacement left an object behind; the plan removes it",
    remedy="nothing; look at the plan if you want to keep it",
)
SIMILAR_INDEX = Rule(
    "similar-index",
    NOTE,
    meaning="an undeclared index with the same definition exists under another name",
    remedy="declare it with `renamed_from`, or put its name under `absent`",
)
HIDES_BUILT_IN = Rule(
    "hides-built-in",
    NOTE,
    meaning="an expression of the file calls a function or operator of a user that has the name of one of "
    "PostgreSQL's and fits its arguments better",
    remedy="if PostgreSQL's own is meant, write it with its schema, or drop the other one",
)
QUOTED_NAME = Rule(
    "quoted-name",
    WARNING,
    meaning="a name holds double quotes; names are never quoted in the file",
    remedy="write the name without quotes, exactly as PostgreSQL stores it",
)
DOUBTFUL_EXPRESSION = Rule(
    "doubtful-expression",
    WARNING,
    meaning="an expression looks like a mistake",
    remedy="write what is meant, as the message says",
)
ADVICE_LEFT_OUT = Rule(
    "advice-left-out",
    WARNING,
    meaning="there are so many expressions that not all were looked at",
    remedy="validate the files in parts to have all of them looked at",
)
