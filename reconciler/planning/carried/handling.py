"""What becomes of each thing that PostgreSQL knows of an index or a constraint when a successor takes its place.

A test reads the catalogs of every supported version, and fails if one has a column that is missing here.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Handling(enum.StrEnum):
    """`managed`: part of the definition, or what the file leaves open and the successor keeps. `carried`: set again in
    the step of the replacement. `derived`: PostgreSQL makes it itself, from the table and the definition, or it has no
    meaning for such objects. `said`: the plan says that it is lost, or is refused."""

    MANAGED = "managed"
    CARRIED = "carried"
    DERIVED = "derived"
    SAID = "said"


def _table(**columns: str) -> dict[str, Handling]:
    return {column: Handling(fate) for fate, listed in columns.items() for column in listed.split()}


COLUMNS: Mapping[str, Mapping[str, Handling]] = {
    # The row of the index.
    "pg_class": _table(
        managed="relname relam reltablespace reloptions relkind",
        carried="",
        derived="""oid relnamespace reltype reloftype relowner relfilenode relpages reltuples relallvisible relallfrozen
            reltoastrelid relhasindex relisshared relpersistence relnatts relchecks relhasrules relhastriggers
            relhassubclass relrowsecurity relforcerowsecurity relispopulated relreplident relispartition relrewrite
            relfrozenxid relminmxid relacl relpartbound""",
    ),
    "pg_index": _table(
        managed="""indrelid indnatts indnkeyatts indisunique indnullsnotdistinct indisprimary indisexclusion
            indimmediate indisclustered indisreplident indkey indcollation indclass indoption indexprs indpred""",
        derived="indexrelid indisvalid indcheckxmin indisready indislive",
    ),
    # The rows of the index's columns. Names of expressions can be changed by hand.
    "pg_attribute": _table(
        managed="attcollation attstattarget attoptions",
        carried="attname",
        derived="""attrelid atttypid attlen attnum attndims attcacheoff atttypmod attbyval attalign attstorage
            attcompression attnotnull atthasdef atthasmissing attidentity attgenerated attisdropped attislocal
            attinhcount attacl attfdwoptions attmissingval""",
    ),
    "pg_constraint": _table(
        managed="""conname contype condeferrable condeferred conenforced convalidated conrelid confrelid confupdtype
            confdeltype confmatchtype connoinherit conperiod conkey confkey confdelsetcols conexclop conbin""",
        derived="""oid connamespace contypid conindid conparentid conislocal coninhcount conpfeqop conppeqop
            conffeqop""",
    ),
    # The rows of the triggers that enforce it.
    "pg_trigger": _table(
        managed="tgdeferrable tginitdeferred",
        carried="tgenabled",
        derived="""oid tgrelid tgparentid tgname tgfoid tgtype tgisinternal tgconstrrelid tgconstrindid tgconstraint
            tgnargs tgattr tgargs tgqual tgoldtable tgnewtable""",
    ),
}
"""Columns of the catalogs that hold an index or a constraint."""

REFERENCES: Mapping[str, Handling] = {
    **_table(
        managed="pg_index.indexrelid",
        carried="pg_trigger.tgconstraint",
        derived="""pg_attribute.attrelid pg_constraint.conindid pg_constraint.conparentid pg_inherits.inhparent
            pg_inherits.inhrelid pg_statistic.starelid pg_trigger.tgconstrindid pg_class.relrewrite""",
    ),
    # These refer to tables, or to partitions of tables.
    **_table(
        derived="""pg_attrdef.adrelid pg_class.reltoastrelid pg_constraint.confrelid pg_constraint.conrelid
            pg_extension.extconfig pg_foreign_table.ftrelid pg_index.indrelid pg_partitioned_table.partdefid
            pg_partitioned_table.partrelid pg_policy.polrelid pg_publication_rel.prrelid pg_rewrite.ev_class
            pg_sequence.seqrelid pg_statistic_ext.stxrelid pg_subscription_rel.srrelid pg_trigger.tgconstrrelid
            pg_trigger.tgrelid pg_type.typrelid"""
    ),
}
"""Columns that refer to a relation or a constraint. Statistics of an index's expressions come with the next ANALYZE."""

ANY_OBJECT: Mapping[str, Handling] = _table(
    managed="",
    carried="pg_description",
    said="pg_depend",
    # Nothing of an index or a constraint is shared, has privileges or can have a security label.
    derived="pg_shdepend pg_shdescription pg_init_privs pg_seclabel pg_shseclabel",
)
"""Catalogs that can say something of any object, by `classid` and `objid`."""

DEPENDENCIES: Mapping[str, Handling] = _table(
    # x: DEPENDS ON EXTENSION
    carried="x",
    # n: what depends on it keeps it from going, so the plan is refused, but for foreign keys, which go along
    said="n",
    # a, i, P, S: of the object upon its table and its constraint, or of a partition's part; e: upon the extension
    # whose script made the table; p: until 14, what no user can drop
    derived="a i P S e p",
)
"""Letters of `pg_depend.deptype`."""
