"""The content of every format, as one frozen value derived from a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta

from reconciler.kinds import name_of, nouns_of
from reconciler.model.change import Action, Change, Difference, continued
from reconciler.model.content import Content, content_of, why_no_digest
from reconciler.model.definition import Definition
from reconciler.model.drift import Drift
from reconciler.model.guard import Finding, Guard
from reconciler.model.hazards import Hazard
from reconciler.model.journal import about
from reconciler.model.limits import ExecutionClass, limits_for
from reconciler.model.locks import LockClaim
from reconciler.model.names import BUILDING_SUFFIX, Key, Place, TableName, display, temporary_name
from reconciler.model.plan import JournalAt, Note, Plan, Preview, Refusal, ServerInfo, TableSize
from reconciler.model.rehearsal import Rehearsal
from reconciler.model.repair import ReturnedRows
from reconciler.model.retired import Backup, RestoredTable, TableToRetire
from reconciler.model.route import Need, Route
from reconciler.model.rules.notes import UNFINISHED_DETACHMENT
from reconciler.model.state import BatchSize, Policy
from reconciler.model.step import Step, StepAction
from reconciler.model.step_id import StepId, Verb
from reconciler.planning.reversal import Reversal, reversal_of
from reconciler.report.wording import duration, enumerate_words, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStep:
    """A step with its number in the plan (from 1), the settings under which it runs, and its journal metadata."""

    number: int
    id: StepId
    title: str
    action: StepAction
    execution: ExecutionClass
    builds: Key | None
    settings: tuple[tuple[str, str], ...]
    locks: tuple[LockClaim, ...]
    lock_order: tuple[LockClaim, ...]
    hazards: tuple[Hazard, ...]
    guards: tuple[Guard, ...]
    otherwise: tuple[ReportedStep, ...]
    archives: bool
    leaves: str
    reversal: Reversal
    journal: Mapping[str, object]

    def table_of(self, lock: LockClaim) -> TableName:
        """Return the table on which a lock of the step blocks traffic. Queries lock the indexes of their tables too, so
        the lock on an index that is attached, or gets properties before it is swapped in, counts for its table."""
        key = self.id.key
        index = key.name if self.id.verb is Verb.ATTACH else temporary_name(key.name, BUILDING_SUFFIX)
        is_index = bool(key.name) and lock.table == TableName(schema=key.schema, name=index)
        return key.table_name if is_index else lock.table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedChange:
    """A change, its reason, and its steps.

    `verb` is the action, or `archive` or `dump` if a dropped table is kept so. `path` is the search path of its steps.
    `states` are the labels of the route's states. `needs` are the changes, by their numbers, that must come first.
    """

    number: int
    verb: str
    action: Action
    key: Key
    path: tuple[str, ...]
    title: str
    reason: str
    place: Place
    renamed_from: str | None
    before: Definition | None
    after: Definition | None
    differences: tuple[Difference, ...]
    states: tuple[str, ...]
    steps: tuple[ReportedStep, ...]
    hazards: tuple[Hazard, ...]
    guards: tuple[Guard, ...]
    needs: tuple[tuple[int, Need], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The number of objects of a kind for a verb: 47, `create`, `foreign_key`. Views, materialized views and foreign
    tables that are dropped count as kinds of their own."""

    verb: str
    kind: str
    count: int

    @property
    def noun(self) -> str:
        """Return the words for one of the objects."""
        return nouns_of(self.kind)[0]

    @property
    def objects(self) -> str:
        """Return the number with the noun: `47 foreign keys`."""
        return plural(self.count, *nouns_of(self.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that the formats print. `counts` are in the order of the plan.

    `policy` has the values of the file's policy that differ from the defaults, `allowed` the hazards that it accepts,
    `batch` the size of a repair's batches. `tables` are the patterns that the plan is restricted to. `references` are
    the live foreign keys around the changes, each with the table that it refers to. `digest` is what people approve a
    plan by; if it is None, `no_digest` says why. `drift` is set in a report of `drift`, and
    `undoes`, the id of a run, in that of an undo.
    """

    server: ServerInfo
    sources: tuple[str, ...]
    declared: int
    digest: str | None
    no_digest: str = ""
    journal: JournalAt
    lock_timeout: timedelta
    max_lock_wait: timedelta
    max_build: timedelta
    changes: tuple[ReportedChange, ...]
    counts: tuple[Count, ...]
    step_count: int
    findings: tuple[Finding, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Note, ...]
    sizes: Mapping[TableName, TableSize] = field(default_factory=dict)
    references: Mapping[Key, TableName] = field(default_factory=dict)
    policy: tuple[tuple[str, str], ...] = ()
    batch: BatchSize = BatchSize()
    allowed: frozenset[str] = frozenset()
    tables: tuple[str, ...] = ()
    content: Content
    preview: Preview | None = None
    rehearsal: Rehearsal | None = None
    drift: Drift | None = None
    undoes: str = ""

    @property
    def verdict(self) -> str:
        """Return `refused`, `in sync` or `changes`."""
        if self.refusals:
            return "refused"
        found = self.changes or self._is_unfinished or (self.drift and self.drift.found)
        return "changes" if found else "in sync"

    @property
    def _is_unfinished(self) -> bool:
        """Whether an interrupted run has left a partition detached, or about to be. An undo says what it leaves."""
        return not self.undoes and any(one.rule == UNFINISHED_DETACHMENT for one in self.notes)

    @property
    def approvable(self) -> bool:
        """Whether people can approve the plan by its digest."""
        return bool(self.digest and self.changes) and self.drift is None

    @property
    def summary(self) -> str:
        """Return the plan, or the drift, in one line, for people."""
        undeclared = len(self.drift.undeclared) if self.drift else 0
        others = plural(undeclared, "undeclared object") if undeclared else ""
        reasons = plural(len(self.refusals), "reason") if self.refusals else ""
        if self.refusals and self.drift is None:
            return f"Refused: {reasons}; nothing may be applied."
        if self.verdict == "in sync" and self.undoes:
            more = "more can be undone" if any(note.gone for note in self.notes) else "is left to undo"
            return f"Nothing {more} of run {self.undoes}."
        if self.verdict == "in sync":
            listed = f" There {'is' if undeclared == 1 else 'are'} also {others}." if others else ""
            return f"In sync: {plural(self.declared, 'object')} declared, nothing to do.{listed}"
        if self._is_unfinished and not self.changes and not (self.drift and self.drift.found):
            return "Not in sync: an interrupted run has not finished with a partition; see the notes."
        if self.drift is None:
            return f"Plan: {counted(self.counts)}; {plural(self.step_count, 'step')}."
        refused = f"{reasons} to refuse the plan" if reasons else ""
        return f"Drift: {'; '.join(filter(None, (how_they_differ(self.counts), others, refused)))}."


def report_of(plan: Plan, rehearsal: Rehearsal | None = None) -> Report:
    """Return the report of a plan, and of its rehearsal if there was one."""
    changes = []
    first = 1
    for number, route in enumerate(plan.routes, start=1):
        changes.append(_reported_change(number, first, route, plan))
        first += len(route.steps)
    between = {first for first, _ in continued([route.change for route in plan.routes])}
    counter = Counter(
        (change.verb, _other_noun(route.change).replace(" ", "_") or change.key.kind)
        for number, (change, route) in enumerate(zip(changes, plan.routes, strict=True))
        if number not in between
    )
    no_digest = why_no_digest(plan.server, plan.refusals)
    return Report(
        server=plan.server,
        sources=plan.sources,
        declared=plan.declared,
        digest=None if no_digest else plan.digest,
        no_digest=no_digest,
        journal=plan.journal,
        lock_timeout=plan.lock_timeout,
        max_lock_wait=plan.max_lock_wait,
        max_build=plan.max_build,
        changes=tuple(changes),
        counts=tuple(Count(verb=verb, kind=kind, count=count) for (verb, kind), count in counter.items()),
        step_count=first - 1,
        findings=plan.findings,
        refusals=plan.refusals,
        notes=plan.notes,
        policy=tuple(_differing(plan.policy)),
        batch=plan.policy.batch,
        allowed=plan.policy.allow,
        tables=plan.tables,
        sizes=plan.sizes,
        references=plan.references,
        content=content_of(plan),
        preview=plan.preview,
        rehearsal=rehearsal,
        undoes=plan.undoes,
    )


def report_of_drift(drift: Drift) -> Report:
    """Return the report of what `drift` finds."""
    return replace(report_of(drift.plan), drift=drift)


def _differing(policy: Policy) -> Iterator[tuple[str, str]]:
    """Yield the values of the policy that differ from the defaults, with the keys of the file."""
    default = Policy()
    for one in fields(policy):
        value = getattr(policy, one.name)
        if value != getattr(default, one.name):
            yield one.name, _policy_text(value)


def _policy_text(value: object) -> str:
    match value:
        case timedelta():
            return duration(value.total_seconds())
        case frozenset() | tuple():
            return ", ".join(sorted(map(str, value)) if isinstance(value, frozenset) else map(str, value)) or "none"
        case _:
            return str(value)


def counted(counts: tuple[Count, ...]) -> str:
    """Return `4 tables to archive; 23 indexes and 47 foreign keys to create`: drops and moves come first."""
    met = dict.fromkeys(count.verb for count in counts)
    verbs = sorted(met, key=lambda verb: _VERBS.index(verb) if verb in _VERBS else len(_VERBS))
    return "; ".join(
        enumerate_words([count.objects for count in counts if count.verb == verb]) + f" to {verb}" for verb in verbs
    )


def how_they_differ(counts: tuple[Count, ...]) -> str:
    """Return `23 indexes and 47 foreign keys missing; 1 check different`."""
    found: dict[str, list[str]] = {}
    for count in counts:
        found.setdefault(_STATES.get(count.verb, "different"), []).append(count.objects)
    return "; ".join(f"{enumerate_words(objects)} {state}" for state, objects in sorted(found.items()))


_STATES = {
    "create": "missing",
    "drop": "to be absent",
    "archive": "to be archived",
    "dump": "to be dumped",
    "rename": "under another name",
    "validate": "not validated",
}

_VERBS = ("load", "restore", "drop", "dump", "archive", "alter", "rename", "validate", "create")


def _reported_change(number: int, first: int, route: Route, plan: Plan) -> ReportedChange:
    change = route.change
    verb = _verb_of(change)
    return ReportedChange(
        number=number,
        verb=verb,
        action=change.action,
        key=change.key,
        path=plan.policy.path_for(change.key.schema),
        title=_title_of(verb, change),
        reason=_reason_of(verb, change),
        place=change.place,
        renamed_from=change.renamed_from,
        before=change.before,
        after=change.after,
        differences=change.differences,
        states=tuple(state.label for state in route.states),
        steps=tuple(_reported_step(first + i, route, step, plan) for i, step in enumerate(route.steps)),
        hazards=route.hazards,
        guards=route.guards,
        needs=tuple((1 + first, need) for first, need in sorted(route.needs.items())),
    )


def _reported_step(number: int, route: Route, step: Step, plan: Plan) -> ReportedStep:
    limits = limits_for(step.execution, lock_timeout=plan.lock_timeout, max_build=plan.max_build)
    return ReportedStep(
        number=number,
        id=step.id,
        title=step.title,
        action=step.action,
        execution=step.execution,
        builds=step.builds,
        settings=limits.settings,
        locks=step.locks,
        lock_order=step.lock_order,
        hazards=step.hazards,
        guards=step.guards,
        otherwise=tuple(_reported_step(number, route, one, plan) for one in step.otherwise),
        archives=step.archives,
        leaves=step.leaves,
        reversal=reversal_of(route, step, plan.sizes),
        journal=about(route, step),
    )


def _verb_of(change: Change) -> str:
    if change.action is Action.DROP:
        for definition in (change.after, change.before):
            retired = definition.retirement() if definition is not None else None
            if retired is not None and retired.backup is not Backup.NONE:
                return retired.backup.value
    if isinstance(change.after, RestoredTable):
        return "load" if change.after.is_loaded else "restore"
    return "restore" if isinstance(change.after, ReturnedRows) else change.action.value


def _title_of(verb: str, change: Change) -> str:
    title = f"{verb} {_object_of(change)}"
    return f"{title}, renamed from {display(change.renamed_from)}" if change.renamed_from else title


def _object_of(change: Change) -> str:
    """Return the object for people: an entry under `dropped_tables` may be a view or a foreign table."""
    other = _other_noun(change)
    return f"{other} {change.key.table_name}" if other else name_of(change.key)


def _other_noun(change: Change) -> str:
    """Return `view`, `materialized view` or `foreign table` if the change drops one of them."""
    before = change.before
    return before.noun.lower() if isinstance(before, TableToRetire) and not before.is_table else ""


def _reason_of(verb: str, change: Change) -> str:
    match change.action:
        case Action.CREATE if isinstance(change.after, ReturnedRows):
            return f"keeps rows that run {change.after.run} took"
        case Action.CREATE if isinstance(change.before, TableToRetire):
            return "an interrupted run has detached it, or was to do so"
        case Action.CREATE if verb == "restore":
            return "is in the archive"
        case Action.CREATE if verb == "load":
            return "is in a dump"
        case Action.CREATE:
            return "declared, but missing in the database"
        case Action.RENAME:
            return "has another name in the database"
        case Action.VALIDATE:
            return "exists, but is not validated"
        case Action.DROP if change.remnant_of is not None:
            return f"left behind by an interrupted replacement of {change.remnant_of}"
        case Action.DROP:
            declared = "dropped" if verb in ("archive", "dump") else "absent"
            return f"declared as {declared}, but still exists{_words_about(change.after)}"
        case Action.ALTER:
            return "differs from the declaration"


def _words_about(definition: Definition | None) -> str:
    """`: copied to users (owner: platform)`: the reason and the owner that the file gives of a table that goes."""
    retired = definition.retirement() if definition is not None else None
    if retired is None:
        return ""
    reason = f": {retired.reason}" if retired.reason else ""
    return f"{reason} (owner: {retired.owner})" if retired.owner else reason
