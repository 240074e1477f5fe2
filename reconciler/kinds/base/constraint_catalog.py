"""The parts that the catalog queries of all constraints share.

Names of columns are looked up by number afterwards: in SQL that lookup costs more than the rest of such a query.
"""

from __future__ import annotations

from reconciler.kinds.base.catalog import Variant

IDENTITY = "n.nspname::text, t.relname::text, c.conrelid::int8, c.conname::text, c.conkey::text"
COMMENT = "d.description AS comment"
COLUMNS = f"{IDENTITY}, {COMMENT}"

FROM = """FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid
      JOIN pg_namespace n ON n.oid = t.relnamespace
      LEFT JOIN pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_constraint'::regclass AND d.objsubid = 0"""

ENFORCED = Variant(feature="not_enforced", if_present="c.conenforced", otherwise="true")
PERIOD = Variant(feature="temporal_keys", if_present="c.conperiod", otherwise="false")

# A partition inherits constraints and indexes from its parent; an inheritance child inherits those that it does not
# define itself. A partition that gets a primary key counts as the definer of its not-nulls, but still cannot lose
# them.
ATTACHED = "c.conparentid <> 0 AS inherited"
MERGED = "c.coninhcount > 0 AND (t.relispartition OR NOT c.conislocal) AS inherited"
