"""Recognises expressions that would call functions while they are parsed.

PostgreSQL reads the text of a constant when it parses it. That calls the input function of its type, which is
harmless with two exceptions: the input of an array, a composite or a range of a domain runs the checks of that
domain, and the input of a range compares its bounds. So if a domain has a check that calls functions which are not
on the list, or a range compares by one, an expression with a string is not even parsed if it could name such a
type: by its name, by a function or operator that takes or returns one, or by a column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.postgres.calls import Caller
from reconciler.postgres.session import Session, rows

# The comparison function of a range is put into a tree of its own.
_CALLERS = f"""
    SELECT c.contypid::int8 AS type, c.conbin::text AS tree
      FROM pg_constraint c WHERE c.contypid <> 0 AND c.conbin IS NOT NULL
     UNION ALL
    SELECT g.rngtypid::int8, '{{FUNCEXPR :funcid ' || p.amproc::oid || ' :args <>}}'
      FROM pg_range g
      JOIN pg_opclass c ON c.oid = g.rngsubopc
      JOIN pg_amproc p ON p.amprocfamily = c.opcfamily AND p.amprocnum = 1
                      AND p.amproclefttype = c.opcintype AND p.amprocrighttype = c.opcintype
     WHERE g.rngtypid >= {FIRST_USER_OID}"""

# The types whose constants call functions: the ranges, and those that contain a value of one of the types; and the
# names by which an expression could reach one. A domain over one of the domains does not count: its constants are
# read as those of the base type.
_HOLDERS = """
    WITH RECURSIVE reached (oid, holds) AS (
        SELECT t.oid, t.typtype = 'r' FROM pg_type t WHERE t.oid = ANY (%(types)s::oid[])
        UNION
        SELECT next.oid, r.holds OR next.holds
          FROM reached r
         CROSS JOIN LATERAL (
            SELECT t.oid, t.typbasetype = 0 FROM pg_type t WHERE t.typelem = r.oid OR t.typbasetype = r.oid
             UNION ALL SELECT c.reltype, true FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                        WHERE a.atttypid = r.oid AND a.attnum > 0 AND c.reltype <> 0
             UNION ALL SELECT g.rngtypid, true FROM pg_range g WHERE g.rngsubtype = r.oid
             UNION ALL SELECT g.rngmultitypid, true FROM pg_range g WHERE r.oid IN (g.rngsubtype, g.rngtypid)
            ) AS next (oid, holds))
    SELECT r.oid::int8 AS type, r.holds, t.typname::text AS name, false AS builds
      FROM reached r JOIN pg_type t ON t.oid = r.oid
     UNION ALL
    SELECT NULL, false, p.proname::text, false FROM pg_proc p
     WHERE EXISTS (SELECT FROM reached r WHERE r.oid = p.prorettype
                      OR (r.holds AND r.oid = ANY (coalesce(p.proallargtypes, p.proargtypes::oid[]))))
     UNION ALL
    SELECT NULL, false, o.oprname::text, false FROM pg_operator o
      JOIN reached r ON r.oid = o.oprresult OR (r.holds AND r.oid IN (o.oprleft, o.oprright))
     UNION ALL
    SELECT NULL, false, p.proname::text, true FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype
     WHERE t.typname IN ('anyarray', 'anycompatiblearray', 'anyrange', 'anycompatiblerange', 'anymultirange',
                         'anycompatiblemultirange', 'anyelement', 'anycompatible')"""

_WORD = re.compile(r"[\w$]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Literals:
    """How an expression could have a constant whose input calls functions (`functions`) that must not be called.

    `holders` are such types; `names` lead to one. From a column of one of the `domains`, an array is built by the
    word ARRAY, or by a function among `builders`.
    """

    holders: frozenset[int] = frozenset()
    domains: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    builders: frozenset[str] = frozenset()
    functions: tuple[str, ...] = ()

    def would_call(self, expressions: Iterable[str], column_types: Collection[int] | None) -> tuple[str, ...]:
        """Return the functions that parsing one of these expressions might call. `column_types` are those of its
        table, if they are known."""
        if not self.functions:
            return ()
        strings = [text for text in expressions if "'" in text or "$" in text]
        return self.functions if any(self._is_suspicious(text, column_types) for text in strings) else ()

    def _is_suspicious(self, text: str, column_types: Collection[int] | None) -> bool:
        """Whether the text could reach such a type. Quoted names may contain escapes, so they count as any name."""
        if '"' in text or column_types is None or not self.holders.isdisjoint(column_types):
            return True
        folded = text.lower()
        words = set(_WORD.findall(folded))
        if not self.names.isdisjoint(words) or any(not _WORD.match(one) and one in folded for one in self.names):
            return True
        return not self.domains.isdisjoint(column_types) and not words.isdisjoint({*self.builders, "array"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralReader:
    """Asks the server once for each level of trust."""

    caller: Caller
    _known: dict[bool, Literals] = field(default_factory=dict)

    def literals(self, session: Session, *, listed_only: bool) -> Literals:
        if listed_only not in self._known:
            self._known[listed_only] = self._read(session, listed_only=listed_only)
        return self._known[listed_only]

    def _read(self, session: Session, *, listed_only: bool) -> Literals:
        forbidden: Mapping[int, tuple[str, ...]] = {
            row["type"]: calls
            for row in rows(session.connection, _CALLERS)
            if (calls := self.caller.calls_of(session, [row["tree"]]).forbidden(listed_only=listed_only))
        }
        if not forbidden:
            return Literals()
        found = rows(session.connection, _HOLDERS, {"types": sorted(forbidden)})
        return Literals(
            holders=frozenset(row["type"] for row in found if row["holds"]),
            domains=frozenset(row["type"] for row in found if row["type"] is not None and not row["holds"]),
            names=frozenset(row["name"].lower() for row in found if not row["builds"]),
            builders=frozenset(row["name"].lower() for row in found if row["builds"]),
            functions=tuple(sorted({name for calls in forbidden.values() for name in calls})),
        )
