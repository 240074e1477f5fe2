"""The passes that lead from the differences to a plan, in order. They ask about names, dependents and privileges.

A pass takes a draft and the known facts, and returns another draft. A pass that needs the state after the changes
asks the draft's target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from reconciler.model.facts import Answers
from reconciler.model.names import Key
from reconciler.model.plan import Note, Refusal
from reconciler.model.state import Declared, DesiredState, LiveState
from reconciler.planning.clashes import find_clashes, find_misplaced
from reconciler.planning.compared import Compared
from reconciler.planning.copied_names import inherited_twice, renamed_for_one_parent
from reconciler.planning.default_names import with_free_names
from reconciler.planning.dependents import unserved, with_dependents
from reconciler.planning.depending import hazards_of_dependents, still_needed
from reconciler.planning.draft import Draft
from reconciler.planning.dumps import unproved_dumps
from reconciler.planning.event_triggers import fired_event_triggers
from reconciler.planning.incompatible import incompatible
from reconciler.planning.index_roles import misplaced_roles, with_roles_taken
from reconciler.planning.inheritance import kept_below, redefined_below, wanted_below
from reconciler.planning.inherited_too import inherited_too
from reconciler.planning.kept_not_nulls import kept_not_nulls, without_needed
from reconciler.planning.losses import losses
from reconciler.planning.lost_parts import blocked_by_detaching, parts_of_later, with_own_parts
from reconciler.planning.misspelled import misspelled
from reconciler.planning.names import TakenNames
from reconciler.planning.names_aside import break_circles, free_for_successors
from reconciler.planning.names_twice import given_twice
from reconciler.planning.new_tables import published_own_tables
from reconciler.planning.order import duplicates_removed
from reconciler.planning.own_rights import untrusted_journal
from reconciler.planning.partition_rules import kept_parts, references_below
from reconciler.planning.partitions import with_named_parts
from reconciler.planning.permissions import missing_rights
from reconciler.planning.proofs import unproved_moves, untrusted_archive
from reconciler.planning.reach import with_reach
from reconciler.planning.remnants import without_remnants
from reconciler.planning.repair_rights import repair_rights
from reconciler.planning.routes import with_routes
from reconciler.planning.selection import restricted
from reconciler.planning.shared_indexes import attached_above, shared_indexes, with_one_name
from reconciler.planning.tablespaces import missing_tablespaces
from reconciler.planning.target import Target
from reconciler.planning.temporal_keys import older_temporal_keys
from reconciler.planning.usage import with_usage
from reconciler.planning.validated_below import validated_below


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The input of passes in addition to the draft: both states, and the answers of the server. `declared` are the
    objects in the file that can be compared."""

    compared: Compared
    declared: Mapping[Key, Declared]
    answers: Answers

    @property
    def desired(self) -> DesiredState:
        return self.compared.desired

    @property
    def live(self) -> LiveState:
        return self.compared.live

    @property
    def major(self) -> int:
        return self.compared.server.major

    def target(self, draft: Draft) -> Target:
        """Return the state after the changes of the draft."""
        return Target(draft.changes, self.live)

    def names(self, draft: Draft) -> TakenNames:
        """Return the names of the server's objects, with those that the changes of the draft free."""
        return TakenNames(answers=self.answers, freed=self.target(draft).freed)


Pass = Callable[[Draft, Known], Draft]


def _missing_rights(draft: Draft, known: Known) -> Iterable[Refusal]:
    server, options = known.compared.server, known.compared.options
    schema = known.compared.journal.schema
    declared = (known.declared.get(change.key) for change in draft.changes)
    return missing_rights(
        known.answers,
        draft.changes,
        known.live,
        server,
        schema,
        data_checks=options.data_checks,
        archives_rows=any(one is not None and one.rows.archives for one in declared),
        denied=draft.judged.denied,
        named=draft.judged.named,
    )


def _with_implied(known: Known) -> DesiredState:
    """Return the desired state with the not-nulls that primary keys imply."""
    return replace(known.desired, objects={**known.declared, **known.desired.objects})


def _untrusted_archive(draft: Draft, known: Known) -> Iterable[Refusal]:
    archives = any(step.archives for route in draft.routes for step in route.steps)
    return untrusted_archive(known.answers, known.compared.options.trusted_roles) if archives else ()


def _untrusted_journal(draft: Draft, known: Known) -> Iterable[Note]:
    """Report an untrusted journal, unless a run does so itself."""
    looked_at = draft.routes and not known.compared.applying
    return untrusted_journal(known.answers, known.compared.journal) if looked_at else ()


_REMNANTS: tuple[Pass, ...] = (
    lambda d, k: without_remnants(d, k.answers, k.compared.declared, k.live, k.major, k.compared.journal),
)
"""If an object has a name that a run may have left."""

_CHANGES: tuple[Pass, ...] = (
    # Changes and their names.
    lambda d, _: d.changing(duplicates_removed(d.changes)),
    lambda d, k: d.changing(*without_needed(d.changes, k.live)),
    lambda d, _: d.changing(with_roles_taken(d.changes)),
    lambda d, k: d.changing(with_free_names(k.answers, d.changes, k.desired, k.live)),
    lambda d, k: d.changing(*with_named_parts(k.answers, d.changes, k.desired, k.live)),
    lambda d, k: d.changing(*with_one_name(d.changes, k.declared, k.live)),
    # Partitions, and tables that will become partitions.
    lambda d, k: d.changing(*with_own_parts(d.changes, k.declared, k.live)),
    lambda d, k: d.refusing(given_twice(d.changes, k.desired, k.live)),
    lambda d, k: d.refusing(parts_of_later(d.changes, k.desired, k.live)),
    lambda d, k: d.refusing(blocked_by_detaching(k.answers, d.changes, k.live)),
    lambda d, _: d.changing(free_for_successors(d.changes)),
    # Foreign keys, and the keys that they depend on.
    lambda d, k: d.refusing(references_below(d.changes, k.live)),
    lambda d, k: d.refusing(kept_parts(d.changes, k.declared, k.live)),
    lambda d, k: d.refusing(unserved(d.changes, k.declared, k.target(d))),
    lambda d, k: d.changing(*with_dependents(k.answers, d.changes, k.declared, k.live, k.major)),
    # Refusals of impossible changes.
    lambda d, k: d.refusing(missing_tablespaces(k.answers, d.changes, k.declared)),
    lambda d, k: d.refusing(redefined_below(d.changes, k.live)),
    lambda d, k: d.refusing(kept_below(d.changes, k.live)),
    lambda d, k: d.refusing(wanted_below(d.changes, k.desired.absent, k.live)),
    lambda d, k: d.refusing(inherited_too(k.answers, d.changes, k.live, k.target(d))),
    lambda d, k: d.refusing(shared_indexes(d.changes, k.live)),
    lambda d, k: d.refusing(attached_above(k.answers, d.changes, k.live)),
    lambda d, k: d.refusing(find_clashes(k.names(d), d.changes, k.declared, k.live, k.major)),
    lambda d, k: d.refusing(inherited_twice(d.changes, k.live)),
    lambda d, k: d.refusing(renamed_for_one_parent(d.changes, k.live)),
    lambda d, k: d.refusing(incompatible(d.changes, k.live, k.target(d))),
    lambda d, k: d.refusing(misplaced_roles(d.changes, k.declared, k.target(d))),
    lambda d, k: d.refusing(find_misplaced(k.answers, k.compared.gone, k.desired, k.live)),
    # The order.
    lambda d, k: d.changing(break_circles(d.changes, k.live, k.major)),
    lambda d, k: d.refusing(older_temporal_keys(k.answers, d.changes, k.declared, k.live, k.major)),
)
"""If there are changes, or entries under `absent` without an object."""

_SELECTION: tuple[Pass, ...] = (lambda d, k: restricted(d, k.compared.options.tables, k.live, k.major),)
"""If the operator has selected tables."""

_ROUTES: tuple[Pass, ...] = (
    # Missing privileges, dependents of dropped objects, and losses.
    lambda d, k: d.refusing(_missing_rights(d, k)),
    lambda d, k: d.refusing(still_needed(k.answers, d.changes, k.live)),
    lambda d, k: d.refusing(kept_not_nulls(k.answers, d.changes, k.live)),
    lambda d, k: d.noting(validated_below(d.changes, k.declared.keys(), k.live)),
    lambda d, k: d.warning(losses(k.answers, d.changes, k.live)),
    lambda d, k: d.warning(hazards_of_dependents(k.answers, d.changes)),
    lambda d, k: d.refusing(
        unproved_moves(d.changes, k.compared.server.info.user, k.compared.options.trusted_roles)
    ),
    lambda d, k: d.refusing(unproved_dumps(k.answers, d.changes)),
    lambda d, k: with_usage(d, k.answers, k.compared.journal, k.compared.server.now, k.compared.server.info.user),
    # Routes and steps.
    lambda d, k: with_routes(d, k.answers, _with_implied(k), k.live, k.compared.server, k.compared.journal),
    lambda d, k: with_reach(d, k.answers, k.live),
    lambda d, k: d.refusing(
        repair_rights(d.routes, k.answers, k.live, k.compared.server, data_checks=k.compared.options.data_checks)
    ),
    lambda d, k: d.refusing(_untrusted_archive(d, k)),
    lambda d, k: d.noting(_untrusted_journal(d, k)),
    lambda d, k: d.noting(fired_event_triggers(k.answers, d.routes)),
    lambda d, k: d.noting(published_own_tables(k.answers, d.routes, k.compared.journal)),
)
"""If there are changes."""


def settle(compared: Compared, answers: Answers) -> Draft:
    """Find out which changes can be made, how, and what prevents them."""
    known = Known(compared=compared, declared={one.key: one for one in compared.declared}, answers=answers)
    draft = compared.draft
    if compared.has_temporary_names:
        draft = _run(_REMNANTS, draft, known)
    if draft.changes or compared.gone:
        draft = _run(_CHANGES, draft, known)
    draft = draft.noting(misspelled(answers, compared.journal, compared.suspicions))
    if compared.options.tables:
        draft = _run(_SELECTION, draft, known)
    return _run(_ROUTES, draft, known) if draft.changes else draft


def _run(passes: tuple[Pass, ...], draft: Draft, known: Known) -> Draft:
    for one in passes:
        draft = one(draft, known)
    return draft
