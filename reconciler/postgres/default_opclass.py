"""Which operator class an index gets if it names none: that depends on the access method and on the column's own
type.

Follows `GetDefaultOpClass` in src/backend/commands/indexcmds.c and `IsBinaryCoercible` in
src/backend/parser/parse_coerce.c.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reconciler.kinds.base.catalog import OperatorClass

TYPES = """
    SELECT t.oid::int8, t.typtype::text, t.typbasetype::int8, t.typcategory::text, t.typispreferred, t.typelem::int8,
           t.typsubscript = 'array_subscript_handler'::regproc AS is_array
      FROM pg_type t"""
COERCIONS = """
    SELECT castsource::int8, casttarget::int8 FROM pg_cast WHERE castmethod = 'b' AND castcontext = 'i'"""

# Fixed oids: catalog/pg_type.dat
_ANY, _ANYELEMENT, _ANYARRAY, _ANYNONARRAY, _ANYENUM = 2276, 2283, 2277, 2776, 3500
_ANYRANGE, _ANYMULTIRANGE, _RECORD, _RECORDARRAY = 3831, 4537, 2249, 2287


class Type(NamedTuple):
    """A row of pg_type. `typbasetype` is 0 unless the type is a domain."""

    oid: int
    typtype: str
    typbasetype: int
    typcategory: str
    typispreferred: bool
    typelem: int
    is_array: bool


class DefaultOpclasses:
    """Answers for one server; each pair of type and access method is looked up once."""

    def __init__(
        self,
        opclasses: Mapping[int, OperatorClass],
        types: Iterable[Type],
        coercions: Iterable[tuple[int, int]],
    ) -> None:
        self._defaults: dict[int, list[tuple[int, OperatorClass]]] = {}
        for oid, opclass in opclasses.items():
            if opclass.default:
                self._defaults.setdefault(opclass.method, []).append((oid, opclass))
        self._types = {one.oid: one for one in types}
        self._coercions = frozenset(coercions)
        self._known: dict[tuple[int, int], int | None] = {}

    def default(self, type_oid: int, method: int) -> int | None:
        """Return the oid of the class that an access method uses for a type; None if it has none, or cannot
        choose."""
        pair = type_oid, method
        if pair not in self._known:
            self._known[pair] = self._chosen(self._base(type_oid), method)
        return self._known[pair]

    def _chosen(self, type_oid: int, method: int) -> int | None:
        candidates = self._defaults.get(method, [])
        exact = [oid for oid, one in candidates if one.input_type == type_oid]
        if exact:
            return exact[0] if len(exact) == 1 else None
        compatible = [(oid, one) for oid, one in candidates if self._is_coercible(type_oid, one.input_type)]
        preferred = [oid for oid, one in compatible if self._is_preferred(type_oid, one.input_type)]
        rest = [oid for oid, _ in compatible if oid not in preferred]
        for found in (preferred, rest):
            if len(found) == 1:
                return found[0]
        return None

    def _base(self, type_oid: int) -> int:
        known = self._types.get(type_oid)
        while known is not None and known.typtype == "d":
            type_oid = known.typbasetype
            known = self._types.get(type_oid)
        return type_oid

    def _is_preferred(self, source: int, target: int) -> bool:
        known, other = self._types.get(source), self._types.get(target)
        return bool(known and other and other.typispreferred and known.typcategory == other.typcategory)

    def _is_coercible(self, source: int, target: int) -> bool:
        known = self._types.get(source)
        if known is None:
            return False
        pseudo = {
            _ANY: True,
            _ANYELEMENT: True,
            _ANYARRAY: known.is_array,
            _ANYNONARRAY: not known.is_array,
            _ANYENUM: known.typtype == "e",
            _ANYRANGE: known.typtype == "r",
            _ANYMULTIRANGE: known.typtype == "m",
            _RECORD: known.typtype == "c",
            _RECORDARRAY: known.is_array and self._is_row(known.typelem),
        }
        return source == target or pseudo.get(target, False) or (source, target) in self._coercions

    def _is_row(self, type_oid: int) -> bool:
        known = self._types.get(type_oid)
        return known is not None and known.typtype == "c"
