"""Tests many pairs at once: `export` and `apply` change one database into the state of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import reconciler
from reconciler.exporting import make_export
from reconciler.kinds import KINDS
from reconciler.model.errors import ReconcileError
from reconciler.model.state import DesiredState
from reconciler.planner import make_plan
from reconciler.postgres.session import connect
from tests.pairs.pairs import LIBRARY, NEW, NOTHING, OLD, TRANSITIONS, Pair
from tests.roundtrip.files import absent_file, complete_file
from tests.roundtrip.fingerprint import Entry, Identity, differences, read_fingerprint, read_relations
from tests.servers import Database, Server

IDENTITIES = ("name", "column")
"""Identity fields are not attributes, but some pairs differ in them."""

Found = dict[Identity, Entry]


@dataclass(kw_only=True)
class Corpus:
    """Pairs on one sort of table."""

    server: Server
    table: str
    pairs: Sequence[Pair]
    folder: Path
    texts: dict[tuple[str, bool], str] = field(default_factory=dict)
    """The files of a transition: for the pairs that it changes, and for those that are refused."""
    wanted: dict[str, Found] = field(default_factory=dict)
    relations: dict[str, list[tuple[object, ...]]] = field(default_factory=dict)

    def problems(self) -> list[str]:
        """Return what went wrong. If pairs fail together, each half is tested, to find the failing ones."""
        try:
            return list(self._play())
        except Unplayable as error:
            if len(self.pairs) == 1:
                return [f"{self.table} {self.pairs[0].schema}: {error}"]
        middle = len(self.pairs) // 2
        return [*self._part(self.pairs[:middle]).problems(), *self._part(self.pairs[middle:]).problems()]

    def _part(self, pairs: Sequence[Pair]) -> Corpus:
        return Corpus(server=self.server, table=self.table, pairs=pairs, folder=self.folder)

    def _play(self) -> Iterator[str]:
        for state in (NOTHING, OLD, NEW):
            with self.server.database() as database:
                database.execute(LIBRARY)
                self._photograph(database, state)
        yield from self._unlike()
        for start, transitions in ((NOTHING, ("create", "drop")), (OLD, ("change", "revert"))):
            with self.server.database() as database:
                database.execute(LIBRARY)
                now = dict.fromkeys((pair for pair in self.pairs if self._has(pair, start)), start)
                self._build(database, now)
                for transition in transitions:
                    yield from self._refuse(database, transition, now)
                    yield from self._turn(database, transition, now)

    # --- The states -------------------------------------------------------------------------------------------------

    def _has(self, pair: Pair, state: str) -> bool:
        return any(
            state in TRANSITIONS[transition] and pair.plays(transition, self.table, self.server.major)
            for transition in TRANSITIONS
        )

    def _build(self, database: Database, states: Mapping[Pair, str]) -> None:
        scripts = []
        for pair, state in states.items():
            impossible = state == NEW and pair.is_impossible(self.table, self.server.major)
            scripts.append(pair.script(state, "rows" if impossible else self.table))
        with database.connect() as connection:
            for pair, script in zip(states, scripts, strict=True):
                try:
                    connection.execute(script.encode())
                except Exception as error:
                    raise AssertionError(f"{self.table} {pair.schema}, {states[pair]}: {error}") from error

    def _photograph(self, database: Database, state: str) -> None:
        """Return the fingerprint of the state, and the files that declare it."""
        self._build(database, {pair: state for pair in self.pairs if self._has(pair, state)})
        with connect(database.url) as session:
            for transition, (_, after) in TRANSITIONS.items():
                for refused in (False, True):
                    pairs = self._players(transition, refused=refused)
                    if after == state and pairs:
                        found = make_export(session, schemas=[pair.schema for pair in pairs])
                        assert found.warnings == (), found.warnings
                        self.texts[transition, refused] = found.files["schema.yaml"]
        self.wanted[state] = self._fingerprint(database, self.pairs)
        self.relations[state] = self._relations(database, self.pairs)

    def _players(self, transition: str, *, refused: bool) -> list[Pair]:
        major = self.server.major
        return [
            pair
            for pair in self.pairs
            if pair.plays(transition, self.table, major)
            and (pair.refusal(transition, self.table, major) is not None) == refused
        ]

    def _unlike(self) -> Iterator[str]:
        """Return the pairs whose states do not differ only in their attribute."""
        states = {
            transition: self._load(self.texts[transition, False])
            for transition in ("revert", "change")
            if (transition, False) in self.texts
        }
        if len(states) < 2:
            return
        for pair in self.pairs:
            major = self.server.major
            if not all(
                pair.plays(one, self.table, major) and pair.refusal(one, self.table, major) is None
                for one in states
            ):
                continue
            old, new = (_attributes(state, pair) for state in states.values())
            changed = {name for name in {*old, *new} if old.get(name, ...) != new.get(name, ...)}
            if changed != {pair.attribute}:
                yield f"{self.table} {pair.schema} is to differ in {pair.attribute}, and differs in {sorted(changed)}"

    # --- The transitions --------------------------------------------------------------------------------------------

    def _refuse(self, database: Database, transition: str, now: dict[Pair, str]) -> Iterator[str]:
        """Assert that the plan is refused for each of these pairs, by the expected rule."""
        pairs = self._players(transition, refused=True)
        if not pairs:
            return
        self._bring(database, pairs, TRANSITIONS[transition][0], now)
        files = self._files(database, transition, pairs, refused=True)
        with connect(database.url) as session:
            plan = make_plan(session, self._load(*files))
        for pair in pairs:
            expected = pair.refusal(transition, self.table, self.server.major)
            rules = {one.rule for one in plan.refusals if one.key is not None and one.key.schema == pair.schema}
            if rules != {expected}:
                yield f"{self.table} {pair.schema}, {transition}: refused by {sorted(rules)}, expected {expected}"

    def _turn(self, database: Database, transition: str, now: dict[Pair, str]) -> Iterator[str]:
        """Apply the export, and check the result and that a second plan is empty."""
        pairs = self._players(transition, refused=False)
        if not pairs:
            return
        before_state, after_state = TRANSITIONS[transition]
        self._bring(database, pairs, before_state, now)
        before, wanted = self._fingerprint(database, pairs), _of(self.wanted[after_state], pairs)
        files = self._files(database, transition, pairs, refused=False)
        self._apply(database, transition, files)
        now.update(dict.fromkeys(pairs, after_state))
        found = self._fingerprint(database, pairs)
        with database.connect(options="-c search_path=pg_catalog") as connection:
            for difference in differences(connection, wanted, found, before):
                yield f"{self.table} {transition}: {difference}"
        expected = [one for one in self.relations[after_state] if one[0] in {pair.schema for pair in pairs}]
        relations = self._relations(database, pairs)
        for one in sorted({*expected} ^ {*relations}, key=str):
            yield f"{self.table} {transition}: {'wanted' if one in expected else 'found'} {one}"
        with connect(database.url) as session:
            plan = make_plan(session, self._load(*files))
        yield from (f"{self.table} {transition}, once more: {one.key} {one.cause}" for one in plan.refusals)
        yield from (f"{self.table} {transition}, once more: {route.change}" for route in plan.routes)

    def _bring(self, database: Database, pairs: Sequence[Pair], state: str, now: dict[Pair, str]) -> None:
        """Recreate the pairs that are not in this state, because they were refused or not tested."""
        others = [pair for pair in pairs if now.get(pair) != state]
        for pair in others:
            database.execute(f"DROP SCHEMA IF EXISTS {pair.schema} CASCADE")
        self._build(database, dict.fromkeys(others, state))
        now.update(dict.fromkeys(others, state))

    def _files(
        self, database: Database, transition: str, pairs: Sequence[Pair], *, refused: bool
    ) -> tuple[str, str]:
        before = _whole(self._fingerprint(database, pairs))
        wanted = _whole(_of(self.wanted[TRANSITIONS[transition][1]], pairs))
        return complete_file(self.texts[transition, refused], before, wanted), absent_file(before, wanted)

    def _apply(self, database: Database, transition: str, files: tuple[str, str]) -> None:
        try:
            result = reconciler.apply(self._load(*files), database.url, approve=lambda _: True)
        except ReconcileError as error:
            raise Unplayable(f"{transition}: {error}") from error
        if result.plan.refusals:
            causes = "; ".join(f"[{one.rule}] {one.cause}" for one in result.plan.refusals)
            raise Unplayable(f"{transition} is refused: {causes}")
        if result.error is not None:
            raise Unplayable(f"{transition}: {result.message}")

    # --- What is there ----------------------------------------------------------------------------------------------

    def _load(self, *texts: str) -> DesiredState:
        paths = [self.folder / f"{number}.yaml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return reconciler.load(paths)

    def _fingerprint(self, database: Database, pairs: Sequence[Pair]) -> Found:
        with database.connect(options="-c search_path=pg_catalog") as connection:
            found = read_fingerprint(connection, [pair.schema for pair in pairs])
        nameless = {pair.schema for pair in pairs if pair.nameless_parts}
        own = {pair.schema for pair in pairs if pair.kind == "primary_key"}
        entries = (_without_name(one) if one.schema in nameless else one for one in found.values())
        return {one.identity: one for one in entries if not (one.schema in own and _is_not_null_of_part(one))}

    def _relations(self, database: Database, pairs: Sequence[Pair]) -> list[tuple[object, ...]]:
        with database.connect() as connection:
            return read_relations(connection, [pair.schema for pair in pairs])


class Unplayable(Exception):
    """The pairs cannot be tested further together, because one of them fails."""


def _of(found: Found, pairs: Sequence[Pair]) -> Found:
    schemas = {pair.schema for pair in pairs}
    return {identity: one for identity, one in found.items() if one.schema in schemas}


def _is_not_null_of_part(one: Entry) -> bool:
    """Return whether it is a not-null that a partition keeps.

    Since 18 a partition whose primary key is older than that of the partitioned table has its own not-nulls, which
    stay.
    """
    return one.inherited and one.what == "not_null"


def _without_name(one: Entry) -> Entry:
    """Return the entry with its definition instead of its name, if it is a part of a foreign key.

    Before 18 a part for a referenced partition does not show that the whole was validated.
    """
    part = one.inherited and one.what == "foreign_keys"
    return replace(one, name=one.definition, valid=True) if part else one


def _whole(found: Found) -> Found:
    """Remove objects that partitions and children inherit, because no file names them."""
    return {identity: one for identity, one in found.items() if not one.inherited}


_SECTIONS = {kind.id: kind.section for kind in KINDS}


def _attributes(desired: DesiredState, pair: Pair) -> dict[str, object]:
    """Return the attributes of the pair's object, with its identity."""
    (one,) = (
        declared
        for key, declared in desired.objects.items()
        if (key.schema, key.table, key.kind) == (pair.schema, "t", pair.kind)
    )
    identity = "column" if pair.kind == "not_null" else "name"
    section = _SECTIONS[pair.kind]
    assert section is not None
    values = {**section.values(one.definition)}
    if values.get("initially_deferred"):
        values["deferrable"] = True  # the file may omit it
    return {identity: one.key.name} | {name: values[name] for name in section.attributes if name in values}
