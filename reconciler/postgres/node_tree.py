"""Reads PostgreSQL's stored node trees: the functions, operators, types and relations that a tree names.

A tree is the text of a `pg_node_tree`: nodes as `{TAG :field value …}`. User text in it has a backslash before each
brace and blank, so it cannot hide a node or pretend to be one. The set of tags is closed: any other tag, of a later
version or of an extension, is reported as unknown.

Source: src/backend/nodes/outfuncs.c, src/include/nodes/primnodes.h and parsenodes.h
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TAG = re.compile(r"(?<!\\)\{([A-Za-z_][A-Za-z_0-9]*)")
_FIELD = re.compile(r"(?<= ):(\w+) (\d+|\(o(?: \d+)*\))")
_SQL_VALUE = re.compile(r"(?<!\\)\{SQLVALUEFUNCTION :op (\d+)")
_NUMBER = re.compile(r"\d+")

# Nodes that call nothing, or only the functions and operators that they name, or functions of the types that they
# name: input and output, comparison, casts, checks of domains. Before 16 some have shorter names.
_KNOWN = frozenset(
    {
        "QUERY", "RTE", "RANGETBLENTRY", "RTEPERMISSIONINFO", "ALIAS", "FROMEXPR", "JOINEXPR", "RANGETBLREF",
        "TARGETENTRY", "SORTGROUPCLAUSE", "SUBLINK", "AGGREF", "WINDOWCLAUSE", "WINDOWFUNC",
        "VAR", "CONST", "FUNCEXPR", "NAMEDARGEXPR", "OPEXPR", "BOOLEXPR", "SCALARARRAYOPEXPR", "DISTINCTEXPR",
        "NULLIFEXPR", "RELABELTYPE", "COERCEVIAIO", "ARRAYCOERCEEXPR", "CONVERTROWTYPEEXPR", "COERCETODOMAIN",
        "COERCETODOMAINVALUE", "COLLATE", "COLLATEEXPR", "CASE", "CASEEXPR", "WHEN", "CASEWHEN", "CASETESTEXPR",
        "ARRAY", "ARRAYEXPR", "ROW", "ROWEXPR", "ROWCOMPARE", "ROWCOMPAREEXPR", "COALESCE", "COALESCEEXPR",
        "MINMAX", "MINMAXEXPR", "SQLVALUEFUNCTION", "NULLTEST", "BOOLEANTEST", "SUBSCRIPTINGREF", "FIELDSELECT",
        "JSONISPREDICATE", "JSONFORMAT",
    }
)  # fmt: skip
_FUNCTIONS = frozenset(
    {"funcid", "opfuncid", "hashfuncid", "negfuncid", "aggfnoid", "winfnoid", "startInRangeFunc", "endInRangeFunc"}
)
_OPERATORS = frozenset({"opno", "opnos", "eqop", "sortop"})
_TYPES = frozenset(
    {
        "vartype", "consttype", "funcresulttype", "opresulttype", "resulttype", "aggtype", "aggargtypes", "casetype",
        "typeId", "array_typeid", "element_typeid", "row_typeid", "coalescetype", "minmaxtype", "refcontainertype",
        "refelemtype", "refrestype", "type", "wintype",
    }
)  # fmt: skip

# What a query asks for by a key word, by its number (SQLValueFunctionOp). Smaller numbers are times: CURRENT_DATE to
# LOCALTIMESTAMP(n).
_OF_SESSION = {
    9: "CURRENT_ROLE",
    10: "CURRENT_USER",
    11: "USER",
    12: "SESSION_USER",
    13: "CURRENT_CATALOG",
    14: "CURRENT_SCHEMA",
}


def takes_whole_row(trees: Iterable[str]) -> bool:
    """Whether a tree has a variable that is a row of a table instead of one of its columns."""
    return any(" :varattno 0 " in tree for tree in trees)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The objects that trees name, by oid. `unknown` are the unknown tags, `of_session` the values that depend on the
    session, such as CURRENT_USER."""

    functions: frozenset[int]
    operators: frozenset[int]
    types: frozenset[int]
    relations: frozenset[int]
    unknown: frozenset[str]
    of_session: frozenset[str]


def mentions_of(trees: Iterable[str]) -> Mentions:
    """Return everything that these trees name, together."""
    found: dict[str, set[int]] = {}
    unknown: set[str] = set()
    of_session: set[str] = set()
    for tree in trees:
        unknown.update(tag for tag in _TAG.findall(tree) if tag not in _KNOWN)
        of_session.update(_OF_SESSION[int(op)] for op in _SQL_VALUE.findall(tree) if int(op) in _OF_SESSION)
        for field, value in _FIELD.findall(tree):
            found.setdefault(field, set()).update(map(int, _NUMBER.findall(value)))

    def under(fields: Iterable[str]) -> frozenset[int]:
        return frozenset(oid for field in fields for oid in found.get(field, ()) if oid)

    return Mentions(
        functions=under(_FUNCTIONS),
        operators=under(_OPERATORS),
        types=under(_TYPES),
        relations=under(("relid",)),
        unknown=frozenset(unknown),
        of_session=frozenset(of_session),
    )
