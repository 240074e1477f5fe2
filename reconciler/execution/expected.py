"""What a run may do at most: the plan that was approved, by a plan file or by a digest. SQL of a file is never sent.

The digest is the authority. A list of the approved changes comes from the plan file, or from the journal of a run that
was interrupted; both can be written by others, and count only if they have the hash of the digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from reconciler.execution.drift import drift_between
from reconciler.model.as_json import as_json
from reconciler.model.change import Action, Change
from reconciler.model.content import FORMAT_VERSION, Content, content_of, key_content, refuse_unbound
from reconciler.model.definition import is_invalid
from reconciler.model.digest import PLACE, Digest, hashes_of, parse_digest, plan_hash
from reconciler.model.errors import Refused, UsageError
from reconciler.model.facets import Facet
from reconciler.model.options import Options
from reconciler.model.own_files import PLAN, own_file
from reconciler.model.plan import Plan, ServerInfo
from reconciler.model.retired import Moved, TableToRetire
from reconciler.model.route import Route
from reconciler.model.rules.connections import DIGEST, PLAN_FILE
from reconciler.model.rules.runs import PLAN_CHANGED, PLAN_EXPIRED, PREVIEW
from reconciler.model.time_text import utc_text
from reconciler.planning.completion import differs_only

_AGAIN = "plan again, review the new plan, and apply it"
_LONGEST_SHOWN = 100
_WRITE = "plan again with this version: `reconcile plan -o PLANFILE`"
_OTHER_VERSION = "another version of reconcile wrote it"
_CLOCKS_DIFFER_BY = timedelta(minutes=5)
"""A digest may be that much younger than now: a standby that was promoted has another clock."""

_SET_AFTERWARDS = Facet.OBSERVED | Facet.VALIDITY | Facet.PASSING | Facet.LATER | Facet.IN_PLACE

Hashes = Sequence[Mapping[str, Any]]
"""The `hashes_of` each change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """What a plan file holds besides its digest, under the keys of its JSON. `hashes` have the hash of the digest."""

    server: Mapping[str, Any]
    policy: Mapping[str, Any]
    accepted: frozenset[str]
    tables: tuple[str, ...]
    changes: Sequence[Content]
    hashes: Hashes


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPlan:
    """The plan that was approved: its digest, and the plan file if there is one."""

    digest: Digest
    file: PlanFile | None = None

    def narrowed(self, options: Options) -> Options:
        """Return the options of a new plan: only the tables of the plan file, and only hazards accepted in it."""
        if self.file is None:
            return options
        return replace(options, allow=options.allow & self.file.accepted, tables=self.file.tables)


def expected_plan(document: Mapping[str, Any] | None = None, digest: str | None = None) -> ExpectedPlan | None:
    """Return the approved plan; None if neither a plan file nor a digest is given.

    Raises `UsageError` if the JSON is not a plan or was changed, if the digest is not one, or if they differ, and
    `Refused` if the plan was made from a snapshot.
    """
    given = None if digest is None else parse_digest(digest)
    if document is None:
        return None if given is None else ExpectedPlan(digest=given)
    found = _in_document(document)
    if given is not None and given != found.digest:
        raise UsageError(
            "the plan file has another digest than the one that is required, so it is not the plan that was approved",
            rule=DIGEST,
            hint="give the plan file that the digest was printed for, or --require-digest without a plan file",
        )
    return found


def _in_document(document: Mapping[str, Any]) -> ExpectedPlan:
    swapped = own_file(document)
    if swapped not in (None, PLAN):
        raise _broken(f"it is {swapped.title}", swapped.usage)
    if "format_version" not in document:
        raise _broken("it is not a plan")
    if "preview" in document:
        raise Refused("the plan file was made from a snapshot, and is a preview", rule=PREVIEW, hint=PREVIEW.remedy)
    try:
        if document["format_version"] != FORMAT_VERSION:
            raise _broken(_OTHER_VERSION)
        digest, file = _digest_in(document), _file_of(document)
        found = plan_hash(file.server, file.hashes, file.tables)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        raise _broken(_OTHER_VERSION) from None
    if digest.hash != found:
        raise _broken("its digest does not match its content, so it was changed after it was written")
    return ExpectedPlan(digest=digest, file=file)


def _digest_in(document: Mapping[str, Any]) -> Digest:
    if document["digest"] is None:
        raise _broken(f"it has no digest: {_shown(document['no_digest'])}")
    try:
        return parse_digest(document["digest"])
    except UsageError as error:
        raise _broken(error.message) from None


def _file_of(document: Mapping[str, Any]) -> PlanFile:
    return PlanFile(
        server={name: document["server"][name] for name in PLACE},
        policy={**document["policy"], "journal_schema": document["journal_schema"]},
        accepted=frozenset(document["allow"]),
        tables=tuple(map(str, document.get("tables", ()))),
        changes=document["changes"],
        hashes=[hashes_of(change) for change in document["changes"]],
    )


def _broken(why: str, hint: str = _WRITE) -> UsageError:
    return UsageError(f"the plan file cannot be used: {why}", rule=PLAN_FILE, hint=hint)


def refuse_elsewhere(server: ServerInfo, expected: ExpectedPlan) -> None:
    """Raise `Refused` if the server or database cannot be told, or is not that of the plan file.

    Of a digest alone, the hash of the plan tells whether it is for another database.
    """
    refuse_unbound(server, "a run by a plan file or digest")
    if expected.file is None:
        return
    found, wanted = as_json(server), expected.file.server
    words = zip(PLACE, ("the server's system identifier", "the database", "the database's oid"), strict=True)
    different = [
        f"{word} is {found[name]}, not {_shown(wanted[name])}"
        for name, word in words
        if found[name] != wanted[name]
    ]
    if different:
        raise Refused(
            f"the plan file was written for another database: {'; '.join(different)}",
            rule=PLAN_CHANGED,
            hint="connect to the database that the plan was made for, or plan again",
        )


def refuse_expired(digest: Digest, now: datetime, expires: timedelta) -> None:
    """Raise `Refused` if the plan is too old at the server's time `now`, or was made after it."""
    made_at = utc_text(digest.made_at)
    if digest.made_at - now > _CLOCKS_DIFFER_BY:
        message = f"the plan was made at {made_at}, which is in the future: it is {utc_text(now)} on the server"
        raise Refused(message, rule=PLAN_EXPIRED, hint="plan again, and check the clock of the server")
    if now - digest.made_at > expires:
        age, limit = (_hours(one) for one in (now - digest.made_at, expires))
        message = f"the plan was made at {made_at}, {age} ago; policy.plan_expires is {limit}"
        raise Refused(message, rule=PLAN_EXPIRED, hint=_AGAIN)


def _hours(time: timedelta) -> str:
    hours, minutes = divmod(int(time / timedelta(minutes=1)), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def refuse_unexpected(
    plan: Plan, expected: ExpectedPlan, journaled: Callable[[], Iterable[Hashes]] = tuple
) -> None:
    """Raise `Refused` unless the plan is the approved one, or the rest of it after an interrupted run.

    `journaled` returns what runs of plans with the same hash have written to the journal when they began. It is only
    asked for a digest without a plan file that is not that of the plan.
    """
    if expected.file is not None:
        _refuse_other_policy(plan, expected.file)
    if plan.refused or parse_digest(plan.digest).hash == expected.digest.hash:
        return
    file = expected.file
    approved = file.hashes if file else _genuine(plan, expected.digest, journaled())
    changes = content_of(plan)["changes"]
    unapproved = [
        change
        for change, is_approved in zip(changes, _are_approved(plan, changes, approved or ()), strict=True)
        if not is_approved
    ]
    if unapproved or approved is None:
        try:
            drift = drift_between(unapproved, changes, file.changes if file else None)
        except (KeyError, TypeError, AttributeError, ValueError):
            raise _broken("its changes are not those of a plan") from None
        cause = "the database, the file or the version of reconcile has changed since the plan was approved"
        raise Refused(
            "\n".join((f"this is not the plan that was approved: {cause}", *drift)), rule=PLAN_CHANGED, hint=_AGAIN
        )


def refuse_completed(plan: Plan, completed: tuple[str, datetime] | None) -> None:
    """Raise `Refused` if the approved plan was completed already: what is to do now, somebody has reverted since."""
    if plan.routes and not plan.refused and completed is not None:
        run, at = completed
        raise Refused(
            f"the approved plan was completed by run {run} at {utc_text(at)}, and something that it did "
            "was reverted later",
            rule=PLAN_CHANGED,
            hint=_AGAIN,
        )


def _genuine(plan: Plan, digest: Digest, candidates: Iterable[Any]) -> Hashes | None:
    """Return the first candidate that has the hash of the digest. Others may be forged, and of any form."""
    place = as_json(plan.server)
    for one in candidates:
        with suppress(ValueError, TypeError, RecursionError):
            if plan_hash(place, one, plan.tables) == digest.hash:
                return cast(Hashes, one)
    return None


def _are_approved(plan: Plan, changes: Sequence[Content], approved: Hashes) -> list[bool]:
    """For each change, whether each step of it is a step of the same approved change, or removes a remnant of one."""
    found = []
    for route, change in zip(plan.routes, changes, strict=True):
        hashes = hashes_of(change)
        steps = {step["hash"] for one in approved if _is_of(route, hashes, one) for step in one["steps"]}
        found.append(
            all(
                step["hash"] in steps or _removes_remnant(route, number, approved)
                for number, step in enumerate(hashes["steps"])
            )
        )
    return found


def _is_of(route: Route, hashes: Mapping[str, Any], approved: Mapping[str, Any]) -> bool:
    """Whether a change is the approved one, or what an interrupted run has left of it.

    A change that only validates may be a part of another change: one that adds a foreign key again.
    """
    change = route.change
    if change.action is Action.VALIDATE:
        return True
    is_same = (hashes["key"], hashes["after"]) == (approved["key"], approved["after"])
    return is_same and (hashes["before"] == approved["before"] or _is_unfinished(change))


def _is_unfinished(change: Change) -> bool:
    """Whether the live object is one that a run has begun to drop, or lacks only what is set after it was built."""
    before, after = change.before, change.after
    if isinstance(before, TableToRetire | Moved):
        return True  # the run itself drops what depends on such a table, or has moved it
    if before is None or after is None:
        return is_invalid(before)
    return type(before) is type(after) and differs_only(before, after, _SET_AFTERWARDS)


def _removes_remnant(route: Route, number: int, approved: Hashes) -> bool:
    """Return whether the step only removes a remnant of the approved plan.

    A remnant is an invalid index that a step of that plan builds, or an object under a temporary name that a change of
    it creates. A plan contains such a step only with proof.
    """
    change = route.change
    if change.remnant_of is not None:
        declared, remnant = key_content(change.remnant_of), key_content(change.key)
        return any(one["key"] == declared and remnant in one["temporary"] for one in approved)
    before, after = route.states[number].objects, route.states[number + 1].objects
    gone = [key for key, one in before.items() if is_invalid(one) and key in after and after[key] is None]
    alone = len(gone) == len(route.steps[number].action.statements)
    builds = [step["builds"] for one in approved for step in one["steps"]]
    return bool(gone) and alone and all(key_content(key) in builds for key in gone)


def _shown(value: object) -> str:
    """Return a value of the file for a message, cut to a maximum length."""
    text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _refuse_other_policy(plan: Plan, file: PlanFile) -> None:
    found, wanted = as_json(plan.policy), file.policy
    names = [name for name in {**found, **wanted} if found.get(name) != wanted.get(name)]
    if names:
        different = "; ".join(
            f"{_shown(name)} is {found.get(name)}, not {_shown(wanted.get(name))}" for name in names
        )
        raise Refused(f"the policy differs from that of the plan file: {different}", rule=PLAN_CHANGED, hint=_AGAIN)
