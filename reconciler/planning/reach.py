"""What the repairs of a plan set in motion, and what prevents them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reconciler.kinds.base.triggers import has_only_triggers
from reconciler.model.facts import Answers, Question
from reconciler.model.facts.reach import Reach, ReachOf, RowEvent
from reconciler.model.facts.values import PublicationsOf, Published
from reconciler.model.hazards import Hazard
from reconciler.model.names import Key, TableName, display
from reconciler.model.plan import Refusal
from reconciler.model.route import Route
from reconciler.model.rules.data import UNFIT_REPAIR
from reconciler.model.rules.hazards import FIRES_TRIGGERS, UNCHECKED_DATA
from reconciler.model.state import LiveState
from reconciler.model.statement import Statement
from reconciler.model.step import Batch, RepairAction, Step
from reconciler.planning.draft import Draft
from reconciler.planning.losses import why_not_sent
from reconciler.planning.new_values import compared_by, no_nulls
from reconciler.planning.target import Target


def with_reach(draft: Draft, answers: Answers, live: LiveState) -> Draft:
    """Return the draft with the triggers that its repairs fire, and the publications that send them, as hazards; refuse
    repairs that are not possible."""
    asked = [
        question
        for route in draft.routes
        for action in _repairs(route)
        for batch in action.batches
        for question in _questions(action, batch)
    ]
    if not asked:
        return draft
    sent = [PublicationsOf(table=live.tables[one.table].oid) for one in asked]
    together: list[Question[Any]] = [*asked, *sent]
    answers.of(together)  # in one set
    found = {
        one: _Found(reach=reach, published=of_event(published, one.event))
        for one, reach, published in zip(asked, answers.of(asked), answers.of(sent), strict=True)
    }
    target = Target(draft.changes, live)
    tables = {batch.table for route in draft.routes for action in _repairs(route) for batch in action.batches}
    forbidden = no_nulls(sorted(tables), target, live)
    refused = [one for route in draft.routes for one in _refusals(route, found, live, forbidden)]
    routes = tuple(
        replace(
            route,
            steps=tuple(_with_triggers(step, found) for step in route.steps),
            hazards=(*route.hazards, *_uncompared(route, target)),
        )
        for route in draft.routes
    )
    return replace(draft, routes=routes).refusing(refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the statements of a repair set in motion on a table: triggers and rules, and the publications that send its
    changes."""

    reach: Reach
    published: Published

    def texts(self, table: TableName) -> Iterator[str]:
        for trigger in self.reach.triggers:
            yield f"{table}: trigger {display(trigger.name)} calls {trigger.function}"
        for one in self.published.publications:
            yield f"{table}: the subscribers of publication {display(one.name)} change or delete these rows as well"


def of_event(published: Published | None, event: RowEvent) -> Published:
    """Return the publications that send this event."""
    if published is None:
        return Published(replica_identity="d", publications=())
    sending = (one for one in published.publications if (one.deletes if event is RowEvent.DELETE else one.updates))
    return replace(published, publications=tuple(sending))


def _repairs(route: Route) -> Iterator[RepairAction]:
    yield from (step.action for step in route.steps if isinstance(step.action, RepairAction))


def _uncompared(route: Route, target: Target) -> Iterator[Hazard]:
    """Yield a hazard for each object that compares new values, other than NULL, with other rows."""
    for action in _repairs(route):
        written = set(action.written) - set(action.emptied)
        keys = {key for batch in action.batches for key in compared_by(written, batch.table, target)}
        for key in sorted(keys - {route.change.key}):
            detail = f"new values of {', '.join(map(display, sorted(written)))} are not compared with {key}"
            yield Hazard(kind=UNCHECKED_DATA, detail=detail)


def _question(action: RepairAction, batch: Batch) -> ReachOf:
    return ReachOf(table=batch.table, event=RowEvent.DELETE if action.policy.removes else RowEvent.UPDATE)


def _questions(action: RepairAction, batch: Batch) -> list[ReachOf]:
    """Return what to ask about the table of a batch, and about those whose references it moves."""
    moves = (ReachOf(table=move.table, event=RowEvent.UPDATE) for move in batch.moves)
    return [_question(action, batch), *moves]


def _with_triggers(step: Step, found: Mapping[ReachOf, _Found]) -> Step:
    """Return a repair that runs only while its tables have no other triggers and publications than those of the
    plan."""
    action = step.action
    if not isinstance(action, RepairAction):
        return step
    questions = [question for batch in action.batches for question in _questions(action, batch)]
    texts = dict.fromkeys(text for question in questions for text in found[question].texts(question.table))
    batches = tuple(
        replace(batch, as_planned=(*batch.as_planned, *_as_planned(asked, found)))
        for batch, asked in ((batch, _questions(action, batch)) for batch in action.batches)
    )
    hazards = (Hazard(kind=FIRES_TRIGGERS, detail=text) for text in texts)
    return replace(step, action=replace(action, batches=batches), hazards=(*step.hazards, *hazards))


def _as_planned(asked: Iterable[ReachOf], found: Mapping[ReachOf, _Found]) -> Iterator[Statement]:
    for one in asked:
        yield has_only_triggers(one, found[one].reach, found[one].published.publications)


def _refusals(
    route: Route,
    found: Mapping[ReachOf, _Found],
    live: LiveState,
    forbidden: Mapping[TableName, Mapping[str, Key]],
) -> Iterator[Refusal]:
    for action in _repairs(route):
        for batch in action.batches:
            for question in _questions(action, batch):
                why = why_not_sent(live.all_on(question.table), question.table, found[question].published)
                if why is not None:
                    cause = f"the server would reject each {question.event} of the repair, because "
                    cause += f"{question.table} has no replica identity that fits: {why}"
                    yield _refusal(route, cause, _IDENTITY.format(table=question.table))
                for rule in found[question].reach.rules:
                    cause = (
                        f"rewrite rule {display(rule)} on {question.table} replaces the statements of the repair"
                    )
                    yield _refusal(route, cause, "drop the rule, or repair the rows by hand")
            columns = live.tables[batch.table].columns
            for column in action.written:
                if column not in columns or columns[column].generated:
                    what = "is a generated column" if column in columns else "does not exist"
                    cause = f"the repair would set {display(column)} of {batch.table}, which {what}"
                    yield _refusal(route, cause, "name another column")
            for column in action.policy.kept.by if action.policy.kept is not None else ():
                if column not in columns:
                    cause = (
                        f"the row that stays depends on {display(column)} of {batch.table}, which does not exist"
                    )
                    yield _refusal(route, cause, "name another column")
            lost = columns.keys() - live.tables[route.change.key.table_name].columns.keys()
            if action.policy.keeps_copies and lost:
                names = ", ".join(map(display, sorted(lost)))
                cause = f"{batch.table} has columns that the quarantine of the parent lacks: {names}"
                yield _refusal(route, cause, "repair the rows of that table by hand")
            yield from _unfit_values(
                route, action, batch.table, found[_question(action, batch)].reach, live, forbidden
            )


def _unfit_values(
    route: Route,
    action: RepairAction,
    table: TableName,
    reach: Reach,
    live: LiveState,
    forbidden: Mapping[TableName, Mapping[str, Key]],
) -> Iterator[Refusal]:
    columns = live.tables[table].columns
    for column in action.written:
        if column in reach.partition_key:
            cause = f"the repair would set {display(column)} of {table}, which decides the partition of a row"
            yield _refusal(route, cause, "choose another policy, or repair the rows by hand")
        if column in reach.always_identity:
            cause = f"the repair would set {display(column)} of {table}, which is GENERATED ALWAYS AS IDENTITY"
            yield _refusal(route, cause, "name another column, or make it GENERATED BY DEFAULT first")
    for column in action.emptied:
        if column in columns and columns[column].not_null:
            cause = f"the repair would set {display(column)} of {table} to NULL, and it is NOT NULL"
            yield _refusal(route, cause, "choose another policy, or drop the NOT NULL first")
        elif column in forbidden.get(table, {}):
            cause = f"the repair would set {display(column)} of {table} to NULL, which "
            cause += f"{forbidden[table][column]} in the file forbids"
            yield _refusal(route, cause, "choose another policy")


_IDENTITY = (
    "give {table} a primary key or another replica identity first, or for the time of the repair: "
    "ALTER TABLE {table} REPLICA IDENTITY FULL; or take the table, or these changes, out of the publication"
)


def _refusal(route: Route, cause: str, remedy: str) -> Refusal:
    return Refusal(rule=UNFIT_REPAIR, key=route.change.key, place=route.change.place, cause=cause, remedy=remedy)
