"""Writes the live state of objects that have drifted into the files, and proves that a plan is then in sync."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from difflib import SequenceMatcher

from reconciler.exporting.selection import objection
from reconciler.model.change import Action, Change
from reconciler.model.definition import Definition
from reconciler.model.drift import Adoption, Drift
from reconciler.model.errors import InvalidFile, ReconcileError
from reconciler.model.facets import UNMANAGED, Facet, facets_of
from reconciler.model.names import Key, TableName
from reconciler.model.options import Options
from reconciler.model.plan import Plan
from reconciler.model.rules.connections import NOT_ADOPTED
from reconciler.model.state import DesiredState
from reconciler.planner import make_plan
from reconciler.postgres.session import Session
from reconciler.spec import Files, desired_of
from reconciler.spec.edit import NotEditable
from reconciler.spec.format import comments_of
from reconciler.spec.rewriting import Rewriting, TablePart, table_part

_Edit = tuple[str, str, Callable[[Rewriting], Rewriting]]
"""What is done, the file, and how."""

_BOM = "\ufeff"


def adopt(session: Session, files: Files, desired: DesiredState, drift: Drift, options: Options) -> Adoption:
    """Return the texts of the files with the live state of what has drifted. Writes nothing.

    An object that cannot be written so that a plan is in sync is left as it is. Raises `ReconcileError` if a text would
    change in another place, or lose a comment.
    """
    left = dict(drift.kept)
    edits = {key: edit for key, edit in _edits(desired, drift, left).items() if key not in left}
    while True:
        texts, failed = _edited(files, edits)
        after = _read(files, texts, desired, edits.keys() - failed.keys())
        plan = make_plan(session, after, replace(options, data_checks=False))
        failed |= dict.fromkeys(_open(plan) & edits.keys() - failed.keys(), "a plan would still change it")
        left |= failed
        if not failed:
            left |= dict.fromkeys(sorted(_open(plan) - left.keys()), "only `apply` can change it")
            written = tuple(
                f"{what} {key} ({file}){_doubt(what, key, drift)}" for key, (what, file, _) in edits.items()
            )
            others = tuple(f"{key}: {why}" for key, why in left.items())
            done = not (plan.routes or plan.refusals or (drift.strict and drift.undeclared.keys() - edits.keys()))
            both = {name: (files.data[name], text) for name, text in texts.items()}
            return Adoption(drift=drift, texts=both, written=written, left=others, in_sync=done)
        edits = {key: edit for key, edit in edits.items() if key not in failed}


def _edits(desired: DesiredState, drift: Drift, left: dict[Key, str]) -> dict[Key, _Edit]:
    """Return the edit of each object, and add to `left` those that no file can have. Removals come first."""
    found: dict[Key, _Edit] = {}
    for route in drift.plan.routes:
        change = route.change
        if change.key in desired.objects:
            declared = desired.objects[change.key]
            first = next(one.change for one in drift.plan.routes if one.change.key == change.key)
            if first.renamed_from is not None:
                left[change.key] = f"another object, {first.renamed_from}, may become it: rename it by hand"
            elif first.before is None:
                found[change.key] = ("removed", declared.place.file, _removing(change.key))
            elif (why := objection(change.key, first.before)) is not None:
                left[change.key] = why
            else:
                new = _with_live(declared.definition, first.before, change.after, change.key)
                found[change.key] = (
                    _ALTERED,
                    declared.place.file,
                    _altering(change.key, declared.definition, new),
                )
        elif change.action is Action.DROP:
            found |= _no_longer_dropped(desired, change)
    if drift.strict:
        found |= _declaring(desired, drift, left)
    return dict(sorted(found.items(), key=lambda one: _ORDER.index(one[1][0])))


_RELEASED = "removed the entry of"
_ALTERED = "altered"
_ORDER = ("removed", _RELEASED, _ALTERED, "declared")


def _doubt(what: str, key: Key, drift: Drift) -> str:
    """Return what to add if nobody knows whether the database or the file was changed."""
    unproved = what == _ALTERED and key in drift.unproved
    return (
        ": no run or log shows who changed it, so a change of the file may be lost; review it" if unproved else ""
    )


def _removing(key: Key) -> Callable[[Rewriting], Rewriting]:
    return lambda text: text.without(key)


def _altering(key: Key, old: Definition, new: Definition) -> Callable[[Rewriting], Rewriting]:
    return lambda text: text.altered(key, old, new)


def _no_longer_dropped(desired: DesiredState, change: Change) -> dict[Key, _Edit]:
    key, file = change.key, change.place.file
    absent = next((one for one in desired.absent if one.place == change.place), None)
    if absent is not None:
        return {key: (_RELEASED, file, lambda text: text.without_absent(absent))}
    if key.table_name in desired.dropped_tables:
        return {key: (_RELEASED, file, lambda text: text.without_dropped(key))}
    return {}


def _declaring(desired: DesiredState, drift: Drift, left: dict[Key, str]) -> dict[Key, _Edit]:
    files = {key.table_name: one.place.file for key, one in desired.objects.items()}
    files.update({table: place.file for table, place in desired.required_tables.items()})

    def adding(key: Key, definition: Definition) -> Callable[[Rewriting], Rewriting]:
        return lambda text: text.with_object(key, definition)

    found: dict[Key, _Edit] = {}
    for key, definition in drift.undeclared.items():
        if (why := objection(key, definition)) is not None:
            left[key] = why
        else:
            found[key] = ("declared", files[key.table_name], adding(key, definition))
    return found


def _with_live(declared: Definition, before: Definition, after: Definition | None, key: Key) -> Definition:
    """Return the declared definition, with the live value of each field in which the object really differs.

    `after` is the declared definition as far as the server understands it: an expression in other words is the same.
    """
    live = before.with_short_names(("pg_catalog",), (key.schema, "public"))
    observed = facets_of(type(declared))
    names = (one.name for one in fields(declared) if not observed[one.name] & Facet.OBSERVED)
    changed = {
        name: getattr(live, name)
        for name in names
        if getattr(after, name) is not UNMANAGED and getattr(after, name) != getattr(before, name)
    }
    return replace(declared, **changed)


def _edited(files: Files, edits: Mapping[Key, _Edit]) -> tuple[dict[str, str], dict[Key, str]]:
    """Return the new texts of the files, and why an object could not be edited."""
    texts: dict[str, str] = {}
    failed: dict[Key, str] = {}
    by_file: dict[str, dict[TableName, dict[Key, _Edit]]] = {}
    for key, edit in edits.items():
        by_file.setdefault(edit[1], {}).setdefault(key.table_name, {})[key] = edit
    for file, tables in by_file.items():
        text = original = _plain(files.data[file])
        parts = {table: table_part(original, table, original) for table in tables}
        # From the last line to the first one: lines that are still to be edited keep their numbers.
        for table in sorted(tables, key=lambda one: -_first_line(parts[one])):
            part = parts[table] and table_part(text, table, original)
            edited = _each(part.content if part else Rewriting(text=text), tables[table], failed)
            text = part.joined(edited) if part else edited.text
        if text != original:
            texts[file] = _like(files.data[file], text)
    return texts, failed


def _first_line(part: TablePart | None) -> int:
    return part.before.count("\n") if part else -1


def _each(text: Rewriting, edits: Mapping[Key, _Edit], failed: dict[Key, str]) -> Rewriting:
    for key, (_, _, edit) in edits.items():
        try:
            text = edit(text)
        except NotEditable as error:
            failed[key] = str(error)
    return text


def _plain(data: bytes) -> str:
    """Return the text with plain line breaks, and one at its end."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return text if text.endswith("\n") else text + "\n"


def _like(data: bytes, text: str) -> str:
    """Return the text with the mark at the beginning and the line breaks of the file: each line keeps its own, and a
    new one has that of the line before it."""
    start = _BOM if data.startswith(_BOM.encode()) else ""
    old = data.decode("utf-8-sig").split("\n")[:-1]
    breaks = ["\r\n" if line.endswith("\r") else "\n" for line in old]
    if len(set(breaks)) < 2:
        return start + text.replace("\n", breaks[0] if breaks else "\n")
    new = text.split("\n")[:-1]
    kept: dict[int, str] = {}
    matcher = SequenceMatcher(None, [line.removesuffix("\r") for line in old], new)
    for _, at, end, to, last in matcher.get_opcodes():
        kept.update(zip(range(to, last), breaks[at:end], strict=False))
    lines, own = [start], breaks[0]
    for number, line in enumerate(new):
        own = kept.get(number, own)
        lines += [line, own]
    return "".join(lines)


def _open(plan: Plan) -> set[Key]:
    """Return the objects that are not in sync."""
    changed = {route.change.key for route in plan.routes}
    return changed | {refusal.key for refusal in plan.refusals if refusal.key is not None}


def _read(files: Files, texts: Mapping[str, str], before: DesiredState, edited: set[Key]) -> DesiredState:
    """Read the new texts. Raise `ReconcileError` unless only the edited objects differ, and every comment is there."""
    data = {name: texts[name].encode() if name in texts else old for name, old in files.data.items()}
    try:
        after = desired_of(Files(data=data, problems=files.problems))
    except InvalidFile as invalid:
        raise _refused(str(invalid.problems[0])) from None
    lost = [comment for name in texts for comment in _lost(_plain(files.data[name]), _plain(data[name]))]
    others = [_rest(one, edited) for one in (before, after)]
    if lost or others[0] != others[1]:
        raise _refused("a comment would be lost" if lost else "another declaration would change")
    return after


def _lost(before: str, after: str) -> Iterator[str]:
    counts = Counter(comment.text for comment in comments_of(before))
    counts.subtract(comment.text for comment in comments_of(after))
    yield from (text for text, count in counts.items() if count > 0)


def _rest(desired: DesiredState, edited: set[Key]) -> object:
    objects = {key: (one.definition, one.renamed_from) for key, one in desired.objects.items() if key not in edited}
    dropped = {key: one.definition for key, one in desired.dropped_tables.items()}
    tables = {key.table_name for key in edited}
    return (
        objects,
        {table: one for table, one in dropped.items() if table not in tables},
        set(desired.required_tables) | tables,
        {(one.table, one.section, one.name) for one in desired.absent if one.table not in tables},
        desired.policy,
    )


def _refused(why: str) -> ReconcileError:
    return ReconcileError(
        f"the files cannot be edited without other changes, so none was written: {why}",
        rule=NOT_ADOPTED,
        hint=NOT_ADOPTED.remedy,
    )
