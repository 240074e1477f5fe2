"""How a replacement handles each property that PostgreSQL stores for an index or a constraint.

A test reads the catalogs of every supported version, and fails if a column is missing here.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Handling(enum.StrEnum):
    """How one property is handled. `managed`: it is part of the definition, or the file does not manage it and the
    successor keeps it. `carried`: the step of the replacement sets it again. `derived`: PostgreSQL derives it from
    the table and the definition, or it has no meaning for such objects. `reported`: the plan reports that it is lost,
    or is refused."""

    MANAGED = "managed"
    CARRIED = "carried"
    DERIVED = "derived"
    REPORTED = "reported"


def _table(**columns: str) -> dict[str, Handling]:
    return {column: Handling(handling) for handling, listed in columns.items() for column in listed.split()}


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
    # The rows of the index's columns. Users can change the names of expressions.
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
    # These refer to tables or partitions.
    **_table(
        derived="""pg_attrdef.adrelid pg_class.reltoastrelid pg_constraint.confrelid pg_constraint.conrelid
            pg_extension.extconfig pg_foreign_table.ftrelid pg_index.indrelid pg_partitioned_table.partdefid
            pg_partitioned_table.partrelid pg_policy.polrelid pg_publication_rel.prrelid pg_rewrite.ev_class
            pg_sequence.seqrelid pg_statistic_ext.stxrelid pg_subscription_rel.srrelid pg_trigger.tgconstrrelid
            pg_trigger.tgrelid pg_type.typrelid"""
    ),
}
"""Columns that refer to a relation or a constraint. The next ANALYZE collects the statistics of an index's
expressions."""

ANY_OBJECT: Mapping[str, Handling] = _table(
    managed="",
    carried="pg_description",
    reported="pg_depend",
    # Indexes and constraints are not shared, and have no privileges and no security labels.
    derived="pg_shdepend pg_shdescription pg_init_privs pg_seclabel pg_shseclabel",
)
"""Catalogs that can have entries for any object, by `classid` and `objid`."""

DEPENDENCIES: Mapping[str, Handling] = _table(
    # x: DEPENDS ON EXTENSION
    carried="x",
    # n: the dependent object prevents the drop, so the plan is refused; foreign keys are dropped and added again
    # instead
    reported="n",
    # a, i, P, S: dependency of the object on its table and its constraint, or of a partition's index; e: on the
    # extension whose script created the table; p: until 14, objects that no user can drop
    derived="a i P S e p",
)
"""Letters of `pg_depend.deptype`."""
