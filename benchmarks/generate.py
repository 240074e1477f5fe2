"""Generates databases of many tables, and the YAML that declares their objects.

Each table has 6 indexes, 2 foreign keys and 2 checks. Tables differ only in their names, or each has columns of its own
(`same_columns=False`), so that no two definitions are equal. `words` selects how the file writes checks and predicates:
`server` as PostgreSQL prints them, so that the texts are equal; `people` as people write them (`status IN (…)`), so
that the server has to compare them.
"""

from __future__ import annotations

import re
from typing import Literal

Words = Literal["server", "people"]

_COLUMNS = re.compile(r"\b(parent_id|root_id|email|status|amount|created_at|payload)\b")


def _own(text: str, n: int, *, same_columns: bool) -> str:
    """What is said of table `n`, with its own names of columns."""
    return text if same_columns else _COLUMNS.sub(rf"\1_{n}", text)


def sql_of(tables: int, *, same_columns: bool = True, missing: bool = False, bare: bool = False) -> str:
    """Return a psql script. Tables refer to the previous table and to the first.

    With `missing`, every 23rd table lacks an index, and every 46th a foreign key. That is one object in a hundred. With
    `bare`, tables have only their primary keys.
    """
    parts = ["BEGIN;"]
    for n in range(tables):
        # One transaction for all tables would need more locks than a server with default settings allows.
        if n and n % 200 == 0:
            parts.append("COMMIT; BEGIN;")
        text = f"""
CREATE TABLE t{n} (
    id bigint PRIMARY KEY, parent_id bigint, root_id bigint, email text, status varchar(20), amount numeric,
    created_at timestamptz NOT NULL, payload jsonb,
    CONSTRAINT t{n}_amount_check CHECK (amount >= 0),
    CONSTRAINT t{n}_status_check CHECK (status IN ('new', 'open', 'closed')),
    CONSTRAINT fk_t{n}_parent_id FOREIGN KEY (parent_id) REFERENCES t{max(0, n - 1)} (id) ON DELETE CASCADE,
    CONSTRAINT fk_t{n}_root_id FOREIGN KEY (root_id) REFERENCES t0 (id)
);
CREATE INDEX idx_t{n}_parent_id ON t{n} (parent_id);
CREATE INDEX idx_t{n}_root_id ON t{n} (root_id);
CREATE INDEX idx_t{n}_created ON t{n} (created_at DESC, id);
CREATE INDEX idx_t{n}_email ON t{n} (lower(email));
CREATE INDEX idx_t{n}_open ON t{n} (status, created_at) WHERE amount > 0;
CREATE INDEX idx_t{n}_amount ON t{n} (amount) INCLUDE (status);"""
        if bare:
            text = text.partition(",\n    CONSTRAINT")[0] + "\n);"
        if missing and n % 23 == 1:
            text += f"\nDROP INDEX idx_t{n}_root_id;"
        if missing and n % 46 == 2:
            text += f"\nALTER TABLE t{n} DROP CONSTRAINT fk_t{n}_parent_id;"
        parts.append(_own(text, n, same_columns=same_columns))
    parts.append("COMMIT;")
    return "\n".join(parts) + "\n"


def yaml_of(tables: int, words: Words, *, changed: bool = False, same_columns: bool = True) -> str:
    """Return a file that declares the objects of the script.

    With `changed`, every tenth table differs in one of its objects: an index, a check or a foreign key in turn. That is
    one object in a hundred.
    """
    if words == "server":
        amount, where = "(amount >= (0)::numeric)", "(amount > (0)::numeric)"
        status = (
            "((status)::text = ANY ((ARRAY['new'::character varying, 'open'::character varying,"
            " 'closed'::character varying])::text[]))"
        )
    else:
        amount, where, status = "amount >= 0", "amount > 0", "status IN ('new', 'open', 'closed')"
    parts = ["version: 1", "schema: public", "tables:"]
    for n in range(tables):
        what = ("index", "check", "foreign_key")[n // 10 % 3] if changed and n % 10 == 5 else None
        text = f"""  t{n}:
    foreign_keys:
      fk_t{n}_parent_id: {{columns: parent_id, references: t{max(0, n - 1)}(id), on_delete: cascade}}
      fk_t{n}_root_id: {{columns: root_id, references: t0(id){", on_delete: cascade" * (what == "foreign_key")}}}
    checks:
      t{n}_amount_check: "{"amount >= 1" if what == "check" else amount}"
      t{n}_status_check: "{status}"
    indexes:
      idx_t{n}_parent_id: parent_id
      idx_t{n}_root_id: {"[root_id, id]" if what == "index" else "root_id"}
      idx_t{n}_created: {{columns: [{{column: created_at, order: desc}}, id]}}
      idx_t{n}_email: {{columns: [{{expression: lower(email)}}]}}
      idx_t{n}_open: {{columns: [status, created_at], where: "{where}"}}
      idx_t{n}_amount: {{columns: amount, include: status}}"""
        parts.append(_own(text, n, same_columns=same_columns))
    return "\n".join(parts) + "\n"
