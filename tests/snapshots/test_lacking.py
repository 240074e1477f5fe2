"""What the embedded server lacks is named, and is unknown for those entries alone that use it; everything else is
judged as by the server of the snapshot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import reconciler
from reconciler.model.plan import Plan
from reconciler.snapshots import snapshot as files
from tests.servers import Database

SETUP = """
    CREATE TYPE tag;
    CREATE FUNCTION tag_in(cstring) RETURNS tag LANGUAGE internal IMMUTABLE STRICT AS 'textin';
    CREATE FUNCTION tag_out(tag) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
    CREATE TYPE tag (INPUT = tag_in, OUTPUT = tag_out, LIKE = text);
    CREATE FUNCTION same(tag, tag) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'texteq';
    CREATE OPERATOR = (LEFTARG = tag, RIGHTARG = tag, FUNCTION = same);
    CREATE TYPE color AS ENUM ('red', 'green');
    CREATE TYPE weight AS (grams int);
    CREATE CAST (color AS int) WITH INOUT;
    CREATE CAST (weight AS text) WITH INOUT AS IMPLICIT;
    CREATE TABLE users (id int, first text, last text);
    CREATE TABLE other (id int, first text, last text);
    CREATE FUNCTION full_name(users) RETURNS text LANGUAGE sql IMMUTABLE AS $$SELECT $1.first || $1.last$$;
    CREATE FUNCTION same(cstring, cstring) RETURNS boolean LANGUAGE internal STABLE AS 'int4eq';
    CREATE OPERATOR ~=~ (LEFTARG = cstring, RIGHTARG = cstring, FUNCTION = same);
    CREATE FUNCTION steady(int) RETURNS int LANGUAGE plpgsql STABLE AS $$BEGIN RETURN 1; END$$;
    CREATE FUNCTION constant(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RETURN 1; END$$;
    CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
    CREATE OPERATOR CLASS my_ops FOR TYPE int4 USING btree AS
      OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int4, int4);
    CREATE ACCESS METHOD my_tree TYPE INDEX HANDLER bthandler;
    CREATE OPERATOR CLASS my_tree_ops DEFAULT FOR TYPE int4 USING my_tree AS
      OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(int4, int4);
    CREATE OPERATOR CLASS tag_ops DEFAULT FOR TYPE tag USING brin AS
      OPERATOR 3 =, FUNCTION 1 brin_minmax_opcinfo(internal),
      FUNCTION 2 brin_minmax_add_value(internal, internal, internal, internal),
      FUNCTION 3 brin_minmax_consistent(internal, internal, internal),
      FUNCTION 4 brin_minmax_union(internal, internal, internal);
    CREATE TEXT SEARCH CONFIGURATION shop (COPY = english);
    CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);
    CREATE COLLATION mine FROM "C";
    CREATE TABLE goods (id int, note text, tag tag, color color, weight weight);
    CREATE INDEX by_id ON goods (id);
    CREATE INDEX by_note ON goods (note);
"""
BASE = "version: 1\ntables:\n  goods:\n    not_null: [id]\n"
MORE = "  users: {not_null: [id]}\n  other: {not_null: [id]}\n"


@pytest.fixture
def shop(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.chdir(tmp_path)
    database.execute(SETUP)
    Path("schema.yaml").write_text(BASE + MORE)
    Path("catalog.json").write_text(reconciler.take_snapshot(reconciler.load(["schema.yaml"]), database.url))
    return database


def outcomes(plan: Plan) -> dict[str, list[str]]:
    """Return for each entry the rules of its refusals, and its hazards, with what they say about it."""
    found: dict[str, list[str]] = {route.change.key.name: [] for route in plan.routes}
    for route in plan.routes:
        found[route.change.key.name] += [f"{one.kind.id} {one.detail}" for one in route.hazards]
    for refusal in plan.refusals:
        if refusal.key is not None:
            found.setdefault(refusal.key.name, []).append(f"{refusal.rule} {refusal.cause}")
    return found


def both(database: Database, entries: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what the database, and the snapshot, say about entries of `goods`."""
    Path("schema.yaml").write_text(BASE + entries)
    desired = reconciler.load(["schema.yaml"])
    live = reconciler.plan(desired, database.url)
    return outcomes(live), outcomes(reconciler.plan_snapshot(desired, Path("catalog.json").read_bytes()))


LACKING = """\
    indexes:
      of_class: {columns: [{column: id, opclass: my_ops}]}
      of_method: {columns: id, using: my_tree}
      of_default_class: {columns: tag, using: brin}
      by_id: {columns: [{column: id, opclass: my_ops}]}
    checks:
      by_cast: color::int > 0
      by_implicit_cast: starts_with(weight, 'a')
      by_row: full_name(ROW(1, 'a', 'b')) <> note
      by_row_type: ROW(id, note, note)::other IS NOT NULL
      by_operator: textout(note) ~=~ 'a'::cstring
      by_dictionary: ts_lexize('words', note) IS NOT NULL
      by_value: tag = 'a'
"""
WHY = {
    "of_class": "operator class public.my_ops for btree",
    "of_method": "access method my_tree",
    "of_default_class": "operator class public.tag_ops for brin",
    "by_id": "operator class public.my_ops for btree",
    "by_cast": "the cast from color to integer",
    "by_implicit_cast": "the cast from weight to text",
    "by_row": "function public.full_name",
    "by_row_type": "the row type of public.other",
    "by_operator": "operator public.~=~",
    "by_dictionary": "text search dictionary public.words",
    "by_value": "the functions of type public.tag",
}


@pytest.mark.ends
def test_what_is_lacking_is_unknown_with_its_name(shop: Database) -> None:
    live, preview = both(shop, LACKING)
    for name, why in WHY.items():
        assert not any(one.startswith(("rejected", "unknown")) for one in live[name]), name
        said = [one for one in preview[name] if one.startswith(("unknown ", "not-tried "))]
        assert len(said) == 1, (name, preview[name])
        assert said[0].startswith("unknown " if name == "by_id" else "not-tried ")
        assert f": the embedded server lacks {why}" in said[0], said


def rules(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the ids of what was said. Only the database has checked the rows."""
    said = {name: [one.split(" ")[0] for one in lines] for name, lines in found.items()}
    return {name: [one for one in ids if one != "unchecked-data"] for name, ids in said.items()}


SAME = """\
    indexes:
      no_method: {columns: id, using: nope}
      no_class: {columns: [{column: id, opclass: nope_ops}]}
      no_function: {columns: id, where: nope(id) > 0}
      no_collation: {columns: [{column: note, collation: nope}]}
      of_stable: {columns: id, where: steady(id) > 0}
      of_immutable: {columns: id, where: constant(id) > 0}
      of_operator: {columns: id, where: id === 7}
      of_collation: {columns: [{column: note, collation: mine}]}
      of_configuration: {columns: [{expression: "to_tsvector('shop', note)"}], using: gin}
    checks:
      no_cast: color::point IS NOT NULL
      newer: erf(id) > 0
      of_type: tag IS NOT NULL
      of_enum: color = 'red'
      not_of_enum: color = 'blue'
"""


@pytest.mark.ends
def test_everything_else_is_judged_as_by_the_server_itself(shop: Database) -> None:
    """Although functions over row types, operator classes and casts are missing, too."""
    live, preview = both(shop, SAME)
    assert rules(preview) == rules(live)
    assert preview["no_method"] == live["no_method"]
    rejected = {name for name, said in preview.items() if any(one.startswith("rejected-by-server") for one in said)}
    newer = {"newer"} if shop.server.major < 16 else set()
    unfit = {"no_method", "no_class", "no_function", "no_collation", "no_cast", "not_of_enum", "of_stable"}
    assert rejected == unfit | newer


@pytest.mark.pg(">= 18")
def test_a_collation_of_another_machine_is_named(shop: Database) -> None:
    """Both servers of this test have those of one machine."""
    document = json.loads(Path("catalog.json").read_text())
    del document["sha256"]
    document["skeleton"]["locales"] = ["xx_XX.utf8"]
    document["skeleton"]["others"] = [  # anybody can write the file
        {"kind": "cast", "name": ["", ""], "types": ["("]},
        {"kind": "operator class", "name": ["", "("], "method": "["},
    ]
    Path("catalog.json").write_text(json.dumps({**document, "sha256": files._hash(document)}))
    _, preview = both(shop, "    indexes: {i: {columns: [{column: note, collation: xx_XX.utf8}]}}\n")
    (said,) = (one for one in preview["i"] if one.startswith("not-tried"))
    assert said.endswith('the embedded server lacks collation pg_catalog."xx_XX.utf8"')


@pytest.mark.pg(">= 18")
def test_a_table_with_a_missing_operator_class_names_it(shop: Database) -> None:
    shop.execute("CREATE TABLE parts (id int) PARTITION BY RANGE (id my_ops)")
    Path("schema.yaml").write_text(BASE + "  parts: {not_null: [id]}\n")
    Path("catalog.json").write_text(reconciler.take_snapshot(reconciler.load(["schema.yaml"]), shop.url))
    _, preview = both(shop, "  parts: {checks: {c: id > 0}}\n")
    assert any("operator class public.my_ops cannot be created" in one for one in preview["c"])
