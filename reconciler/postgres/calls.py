"""Finds every function that stored node trees would call, and reports which of them must not be called. Runs none
of them.

A tree names functions and operators. Functions that it does not name belong to the types that it names, and are
looked up: input, output and comparison functions, casts, checks of domains; also those of elements, attributes and
base types. Before other roles' tables are queried, the trees that the planner evaluates for a query are read: index
expressions and predicates, partition keys, statistics and virtual generated columns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from reconciler.model.facts.values import FIRST_USER_OID
from reconciler.model.names import trusting
from reconciler.postgres.node_tree import mentions_of
from reconciler.postgres.session import Session, rows, send
from reconciler.postgres.trust import is_trusted
from reconciler.postgres.trusted_functions import (
    CATALOG_TYPES,
    CONSTRUCTORS,
    EXTENSIONS,
    LANGUAGES,
    LISTED_PG,
    LISTED_PG_PREFIX,
    STABLE,
    UNLISTED,
    UNLISTED_SIGNATURES,
)

NOTHING = "BEGIN RETURN NULL; END"
"""The body of a function in PL/pgSQL that calls nothing, such as those that stand in for others in a rehearsal."""

_FUNCTIONS = """
    SELECT p.oid::int8 AS oid, p.oid::regprocedure::text AS signature, p.proname::text AS name,
           p.provolatile::text AS volatility, l.lanname::text AS language, p.prosrc AS source,
           ARRAY['cstring', 'internal']::regtype[]::oid[] && (p.proargtypes::oid[] || p.prorettype) AS of_server,
           p.oid < {first} AND p.pronamespace = 'pg_catalog'::regnamespace AS builtin,
           (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = p.proowner) AS of_superuser,
           {trusted} AS of_trusted_role,
           {trusted} AND l.lanname = 'plpgsql' AND p.prosrc = '{nothing}' AS does_nothing,
           p.pronamespace <> 'pg_catalog'::regnamespace
               AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) AS argument (type) WHERE argument.type >= {first})
               AND EXISTS (SELECT FROM pg_proc b
                            WHERE b.proname = p.proname AND b.pronamespace = 'pg_catalog'::regnamespace) AS hides,
           (SELECT e.extname::text FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
             WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
               AND d.refclassid = 'pg_extension'::regclass LIMIT 1) AS extension
      FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
     WHERE p.oid = ANY ('{oids}'::oid[])"""

_HIDING_OPERATORS = f"""
    SELECT o.oid::regoperator::text AS signature
      FROM pg_operator o
     WHERE o.oid = ANY (%(oids)s::oid[]) AND o.oprleft < {FIRST_USER_OID} AND o.oprright < {FIRST_USER_OID}
       AND EXISTS (SELECT FROM pg_operator b
                    WHERE b.oprname = o.oprname AND b.oprnamespace = 'pg_catalog'::regnamespace)"""

# The planner replaces an operator by its negator or commutator, and estimates with them. It uses the other
# operators and the support functions of the operator's B-tree and hash families.
_OPERATORS = """
    WITH RECURSIVE reached (oid) AS (
        SELECT oid FROM unnest(%(oids)s::oid[]) AS given (oid)
        UNION
        SELECT other.oid
          FROM reached r JOIN pg_operator o ON o.oid = r.oid
         CROSS JOIN LATERAL (VALUES (o.oprcom), (o.oprnegate)) AS other (oid)
         WHERE other.oid <> 0),
    family AS (
        SELECT p.amopfamily AS oid
          FROM reached r JOIN pg_amop p ON p.amopopr = r.oid
          JOIN pg_am m ON m.oid = p.amopmethod AND m.amname IN ('btree', 'hash'))
    SELECT o.oprcode::oid::int8 AS function
      FROM reached r JOIN pg_operator o ON o.oid = r.oid
     UNION SELECT o.oprcode::oid::int8
      FROM family f JOIN pg_amop p ON p.amopfamily = f.oid JOIN pg_operator o ON o.oid = p.amopopr
     UNION SELECT p.amproc::oid::int8
      FROM family f JOIN pg_amproc p ON p.amprocfamily = f.oid"""

_TYPES = f"""
    WITH RECURSIVE reached (start, oid) AS (
        SELECT oid, oid FROM unnest(%(oids)s::oid[]) AS given (oid)
        UNION
        SELECT r.start, part.oid
          FROM reached r
          JOIN pg_type t ON t.oid = r.oid
         CROSS JOIN LATERAL (
            SELECT t.typelem UNION ALL SELECT t.typbasetype
             UNION ALL SELECT a.atttypid FROM pg_attribute a
                        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
             UNION ALL SELECT g.rngsubtype FROM pg_range g WHERE t.oid IN (g.rngtypid, g.rngmultitypid)
            ) AS part (oid)
         WHERE part.oid >= {FIRST_USER_OID}),
    class AS (
        SELECT r.start, c.opcfamily, c.opcintype
          FROM reached r
          JOIN pg_opclass c ON c.opcintype = r.oid AND c.opcdefault
          JOIN pg_am m ON m.oid = c.opcmethod AND m.amname IN ('btree', 'hash'))
    SELECT start::int8 AS start, function::oid::int8 AS function, NULL AS tree
      FROM reached r JOIN pg_type t ON t.oid = r.oid
     CROSS JOIN LATERAL (VALUES (t.typinput), (t.typoutput)) AS io (function)
     UNION SELECT c.start::int8, p.amproc::oid::int8, NULL
      FROM class c JOIN pg_amproc p ON p.amprocfamily = c.opcfamily
                                   AND c.opcintype IN (p.amproclefttype, p.amprocrighttype)
     UNION SELECT c.start::int8, o.oprcode::oid::int8, NULL
      FROM class c JOIN pg_amop p ON p.amopfamily = c.opcfamily AND c.opcintype IN (p.amoplefttype, p.amoprighttype)
      JOIN pg_operator o ON o.oid = p.amopopr
     UNION SELECT r.start::int8, function.oid::int8, NULL
      FROM reached r JOIN pg_range g ON r.oid IN (g.rngtypid, g.rngmultitypid)
     CROSS JOIN LATERAL (
        SELECT g.rngcanonical::oid UNION ALL SELECT g.rngsubdiff
         UNION ALL SELECT p.amproc FROM pg_opclass c JOIN pg_amproc p ON p.amprocfamily = c.opcfamily
                    WHERE c.oid = g.rngsubopc AND c.opcintype IN (p.amproclefttype, p.amprocrighttype)
        ) AS function (oid) WHERE function.oid <> 0
     UNION SELECT r.start::int8, c.castfunc::int8, NULL
      FROM reached r JOIN pg_cast c ON c.castsource = r.oid WHERE c.castfunc <> 0
     UNION ALL SELECT r.start::int8, NULL, c.conbin::text
      FROM reached r JOIN pg_constraint c ON c.contypid = r.oid WHERE c.conbin IS NOT NULL"""

_CATALOG_TYPES = "SELECT oid::int8 AS oid, typname::text AS name FROM pg_type WHERE oid < {first}"

# Even if a relation is asked for without its children, a query without ONLY includes them.
_RELATIONS = """
    WITH RECURSIVE tree (start, oid) AS (
        SELECT oid, oid FROM unnest('{oids}'::oid[]) AS given (oid)
        UNION SELECT t.start, i.inhrelid FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid),
    others AS (
        SELECT t.start, t.oid, c.relkind, c.relowner, c.relispartition OR t.oid <> t.start AS is_child
          FROM tree t JOIN pg_class c ON c.oid = t.oid
         WHERE NOT {trusted} OR c.relkind NOT IN ('r', 'p', 'm'))
    SELECT o.start::int8 AS start, o.oid::int8 AS oid, o.oid::regclass::text AS relation, o.relkind::text AS relkind,
           pg_get_userbyid(o.relowner)::text AS owner, stored.what, stored.tree
      FROM others o
      LEFT JOIN LATERAL (
        SELECT 'the view' AS what, w.ev_action::text AS tree FROM pg_rewrite w
          WHERE w.ev_class = o.oid AND o.relkind = 'v' AND w.ev_type = '1'
         UNION ALL SELECT 'an index expression', i.indexprs::text AS tree FROM pg_index i WHERE i.indrelid = o.oid
         UNION ALL SELECT 'the predicate of an index', i.indpred::text FROM pg_index i WHERE i.indrelid = o.oid
         UNION ALL SELECT 'the partition key', p.partexprs::text FROM pg_partitioned_table p WHERE p.partrelid = o.oid
         UNION ALL SELECT 'an extended statistic', s.stxexprs::text FROM pg_statistic_ext s WHERE s.stxrelid = o.oid
         UNION ALL SELECT 'a check', k.conbin::text FROM pg_constraint k
                    WHERE k.conrelid = o.oid AND k.contype = 'c' AND o.is_child
         UNION ALL SELECT 'a virtual generated column', d.adbin::text FROM pg_attrdef d
                     JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum AND a.attgenerated = 'v'
                    WHERE d.adrelid = o.oid
        ) AS stored ON stored.tree IS NOT NULL"""

# LOCK TABLE also locks children, and the relations that a view reads. It needs a right on the whole table, which a
# role that may only select some columns lacks. Naming a table in a query needs no right, and locks the table when
# the query is parsed.
_NAMES = """
    WITH RECURSIVE tree AS (
        SELECT oid, relkind = 'v' OR has_table_privilege(oid, 'SELECT') AS by_command
          FROM pg_class WHERE oid = ANY (%(oids)s::oid[]) AND relkind IN ('r', 'p', 'v')
        UNION SELECT i.inhrelid, false FROM tree t JOIN pg_inherits i ON i.inhparent = t.oid WHERE NOT t.by_command)
    SELECT format('%%I.%%I', n.nspname, c.relname) AS name, t.by_command
      FROM tree t JOIN pg_class c ON c.oid = t.oid JOIN pg_namespace n ON n.oid = c.relnamespace"""

_REMEDY = "connect as {owner}, or as a role that only reads and with {trusting}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function. `signature` names it with its schema and the types of its arguments; `volatility` is
    `provolatile`. `listed`: on the list of harmless functions; `trusted`: listed, or owned by a trusted role.
    `of_server`: only the server should call it, such as the input function of a type; a query that calls it by name
    may pass the oid of any type. `hides`: it has the name of a function of PostgreSQL, takes types of PostgreSQL,
    and belongs to no extension."""

    signature: str
    volatility: str
    of_server: bool
    listed: bool
    trusted: bool
    hides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """The functions that trees would call; those that they name are `named`. `unknown` are the parts that could not
    be read, `unlisted` those that run no code of others but show the session or the catalog: CURRENT_USER, types such
    as regclass. `of_session` are those of the session. `hiding_operators` have the name of one of PostgreSQL's
    operators."""

    functions: tuple[Function, ...]
    named: tuple[Function, ...] = ()
    unknown: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    of_session: tuple[str, ...] = ()
    hiding_operators: tuple[str, ...] = ()

    def forbidden(self, *, listed_only: bool) -> tuple[str, ...]:
        """Return the signatures of the functions that must not be called, and the parts that must not be evaluated,
        sorted."""
        refused = (one.signature for one in self.functions if not (one.listed if listed_only else one.trusted))
        unlisted = (*self.unlisted, *self.of_session) if listed_only else ()
        return tuple(sorted({*refused, *self.unknown, *unlisted}))

    def signatures(self) -> tuple[str, ...]:
        """Return the signatures of the functions that the trees name, except those of `pg_catalog`, which have no
        schema in front: the session's search path is `pg_catalog`."""
        return tuple(sorted({one.signature for one in self.named if "." in one.signature.partition("(")[0]}))

    def volatile(self) -> tuple[str, ...]:
        return tuple(sorted({one.signature for one in self.functions if one.volatility == "v"}))

    def hiding(self) -> tuple[str, ...]:
        """Return the functions and operators in the trees that are found instead of PostgreSQL's own."""
        return tuple(sorted({*(one.signature for one in self.named if one.hides), *self.hiding_operators}))

    def mutable(self) -> tuple[str, ...]:
        """Return the functions and values that PostgreSQL does not accept in an index."""
        return tuple(sorted({*(one.signature for one in self.named if one.volatility != "i"), *self.of_session}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Looks up what trees call: each function once, and everything that may change while a plan is made each time.

    Two threads may use it.

    `trusted_roles` are the names of the roles that the operator trusts, in addition to superusers and the connected
    role.
    """

    trusted_roles: Collection[str] = ()
    _functions: dict[int, Function] = field(default_factory=dict)
    _catalog_types: dict[int, str] = field(default_factory=dict)
    _trusted_relations: set[int] = field(default_factory=set)

    def calls_of(self, session: Session, trees: Iterable[str]) -> Calls:
        """Return everything that these trees would call. The session's search path must be `pg_catalog`."""
        mentions = mentions_of(trees)
        functions, unknown, seen = set(mentions.functions), set(mentions.unknown), set[int]()
        unlisted, of_session = set[str](), set[str]()
        waiting, called = [mentions], set[int]()
        while waiting:
            one = waiting.pop()
            unlisted |= self._catalog_types_in(session, one.types)
            of_session |= one.of_session
            called |= one.functions
            functions |= one.functions | _of_operators(session, one.operators)
            new = {oid for oid in one.types if oid >= FIRST_USER_OID} - seen
            seen |= new
            made_of, trees = _made_of(session, new)
            functions |= made_of
            waiting += [mentions_of([tree]) for tree in trees]
            unknown |= one.unknown
        self._learn_functions(session, functions)
        known = [self._functions[oid] for oid in sorted(functions) if oid in self._functions]
        if len(known) < len(functions):
            unknown.add("a function that no longer exists")
        by_name = (self._functions[oid] for oid in called if oid in self._functions)
        unknown |= {function.signature for function in by_name if function.of_server}
        named = [self._functions[oid] for oid in sorted(mentions.functions) if oid in self._functions]
        return Calls(
            functions=tuple(known),
            named=tuple(named),
            unknown=tuple(sorted(unknown)),
            unlisted=tuple(sorted(unlisted)),
            of_session=tuple(sorted(of_session)),
            hiding_operators=_hiding(session, mentions.operators),
        )

    def objections(self, session: Session, relations: Collection[int]) -> tuple[str, ...]:
        """Return why these relations must not be queried: code that their untrusted owners put into them."""
        return tuple(dict.fromkeys(self.learn_relations(session, relations)))

    def hold(self, session: Session, relations: Collection[int]) -> bool:
        """Wait for the locks that a query of these relations takes, and keep them, if other roles own relations: a
        role that can make the query wait after they were read could change them in the meantime. Return whether
        there are any."""
        others = set(relations) - self._trusted_relations
        found = rows(session.connection, _NAMES, {"oids": sorted(others)}) if others else []
        by_command = [row["name"] for row in found if row["by_command"]]
        mentioned = [f"ONLY {row['name']}" for row in found if not row["by_command"]]
        if by_command:
            send(session.connection, f"LOCK TABLE {', '.join(by_command)} IN ACCESS SHARE MODE")
        if mentioned:
            send(
                session.connection, f"CREATE TEMPORARY VIEW reconcile_held AS SELECT 1 FROM {', '.join(mentioned)}"
            )
        return bool(others)

    def trusts(self, session: Session, relations: Collection[int]) -> bool:
        """Whether trusted roles own all of these relations: a query of them needs no lock before it."""
        self.learn_relations(session, relations)
        return self._trusted_relations.issuperset(relations)

    def learn_relations(self, session: Session, oids: Iterable[int]) -> list[str]:
        """Look up relations, and return the reasons not to query them.

        Relations of trusted roles are remembered. Those of others are read again each time, because their owners
        may change them at any time.
        """
        missing = set(oids) - self._trusted_relations
        if not missing:
            return []
        found: list[str] = []
        others: set[int] = set()
        query = _RELATIONS.format(oids=_array(missing), trusted=is_trusted("c.relowner", self.trusted_roles))
        for row in rows(session.connection, query):
            others.add(row["start"])
            what = f"{row['relation']}, which belongs to role {row['owner']},"
            if row["relkind"] not in ("r", "p", "m", "v"):
                found.append(f"{what} is not a table")
            elif row["tree"] is not None:
                if row["relkind"] == "v":
                    nested = mentions_of([row["tree"]]).relations - {row["oid"]}
                    found += self.learn_relations(session, nested)
                calls_of = self.calls_of(session, [row["tree"]])
                forbidden = (*calls_of.forbidden(listed_only=False), *calls_of.unlisted, *calls_of.of_session)
                if forbidden:
                    calls = f"{row['what']} that calls {', '.join(forbidden)}"
                    found.append(
                        f"{what} has {calls}: {_REMEDY.format(owner=row['owner'], trusting=trusting([row['owner']]))}"
                    )
        self._trusted_relations.update(missing - others)
        return found

    def _catalog_types_in(self, session: Session, oids: Iterable[int]) -> set[str]:
        if not self._catalog_types:
            found = rows(session.connection, _CATALOG_TYPES.format(first=FIRST_USER_OID))
            self._catalog_types.update((row["oid"], row["name"]) for row in found)
        names = {self._catalog_types.get(oid, "") for oid in oids}
        return {f"the input or output of type {name}" for name in names & CATALOG_TYPES}

    def _learn_functions(self, session: Session, oids: Collection[int]) -> None:
        missing = set(oids) - self._functions.keys()
        if not missing:
            return
        query = _FUNCTIONS.format(
            first=FIRST_USER_OID,
            trusted=is_trusted("p.proowner", self.trusted_roles),
            nothing=NOTHING,
            oids=_array(missing),
        )
        for row in rows(session.connection, query):
            listed = _is_listed(row)
            self._functions[row["oid"]] = Function(
                signature=row["signature"],
                volatility=row["volatility"],
                of_server=row["of_server"],
                listed=listed,
                trusted=listed or row["of_trusted_role"],
                hides=row["hides"] and row["extension"] is None,
            )


def _made_of(session: Session, types: Collection[int]) -> tuple[set[int], list[str]]:
    """Return the functions that belong to users' types, and the trees of their domains' checks."""
    found = rows(session.connection, _TYPES, {"oids": sorted(types)}) if types else []
    functions = {row["function"] for row in found if row["function"] is not None}
    return functions, [row["tree"] for row in found if row["tree"] is not None]


def _array(oids: Iterable[int]) -> str:
    return "{" + ",".join(map(str, sorted(oids))) + "}"


def _of_operators(session: Session, oids: Iterable[int]) -> set[int]:
    """Return the functions of users' operators. Those of PostgreSQL's own operators are all named by the tree, or
    harmless."""
    wanted = {oid for oid in oids if oid >= FIRST_USER_OID}
    if not wanted:
        return set()
    return {row["function"] for row in rows(session.connection, _OPERATORS, {"oids": sorted(wanted)})} or {0}


def _hiding(session: Session, operators: Iterable[int]) -> tuple[str, ...]:
    wanted = sorted(oid for oid in operators if oid >= FIRST_USER_OID)
    found = rows(session.connection, _HIDING_OPERATORS, {"oids": wanted}) if wanted else []
    return tuple(row["signature"] for row in found)


def is_listed_name(name: str) -> bool:
    """Whether the immutable functions of PostgreSQL with this name are listed."""
    if name in UNLISTED or name.removesuffix("send") in CATALOG_TYPES:
        return False
    return not name.startswith("pg_") or name in LISTED_PG or name.startswith(LISTED_PG_PREFIX)


def _is_listed(row: dict[str, object]) -> bool:
    """Whether a row of `_FUNCTIONS` is a function that may be called whoever owns it."""
    name, immutable = str(row["name"]), row["volatility"] == "i"
    if row["builtin"]:
        if not immutable:
            return row["volatility"] == "s" and name in STABLE and row["signature"] not in UNLISTED_SIGNATURES
        return is_listed_name(name)
    if row["language"] == "internal" and row["source"] in CONSTRUCTORS:
        return immutable
    if row["does_nothing"]:
        return True
    further = EXTENSIONS.get(str(row["extension"]))
    if further is None or not row["of_superuser"] or row["language"] not in LANGUAGES:
        return False
    return immutable or (row["volatility"] == "s" and name in further)
