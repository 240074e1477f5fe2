"""From what comparing found to changes that can be made, and their routes. Asks about names, dependents and rights."""

from __future__ import annotations

from reconciler.model.facts import Answers
from reconciler.model.plan import Route
from reconciler.model.state import DesiredState
from reconciler.planning.clashes import find_clashes, find_misplaced
from reconciler.planning.compared import Compared, Settled
from reconciler.planning.default_names import with_free_names
from reconciler.planning.dependents import unserved, with_dependents
from reconciler.planning.depending import hazards_of_dependents, still_needed
from reconciler.planning.index_roles import misplaced_roles, with_roles_taken
from reconciler.planning.inheritance import doubled, kept_below
from reconciler.planning.kept_not_nulls import kept_not_nulls, without_needed
from reconciler.planning.leftovers import unproved_moves, untrusted_archive
from reconciler.planning.losses import losses
from reconciler.planning.lost_parts import being_detached, parts_of_later, with_own_parts
from reconciler.planning.names_aside import break_circles, free_for_successors
from reconciler.planning.names_twice import given_twice
from reconciler.planning.order import duplicates_removed
from reconciler.planning.outcome import Outcome
from reconciler.planning.partitions import name_partitions
from reconciler.planning.permissions import missing_rights, untrusted_journal
from reconciler.planning.remnants import remove_remnants
from reconciler.planning.routes import make_routes
from reconciler.planning.selection import on_tables, restrict, selected_tables
from reconciler.planning.shared_indexes import shared_indexes
from reconciler.planning.tablespaces import missing_tablespaces
from reconciler.planning.target import Target
from reconciler.planning.temporal_keys import older_temporal_keys


def settle(compared: Compared, answers: Answers) -> Settled:
    """Find out which changes can be made, how, and what speaks against them. Changes nothing of what is given."""
    outcome = compared.outcome.copy()
    if compared.has_temporary_names:
        major, journal = compared.server.major, compared.journal
        remove_remnants(answers, compared.declared, compared.live, major, journal, outcome)
    if outcome.changes or compared.gone:
        _complete(compared, answers, outcome)
    desired = _restricted(compared, outcome) if compared.options.tables else compared.desired
    routes = _routes(compared, answers, outcome) if outcome.changes else []
    notes = [] if compared.applying or not routes else list(untrusted_journal(answers, compared.journal))
    return Settled(desired=desired, outcome=outcome, routes=routes, notes=notes)


def _complete(compared: Compared, answers: Answers, outcome: Outcome) -> None:
    desired, live = compared.desired, compared.live
    by_key = {one.key: one for one in compared.declared}
    outcome.changes, refused = without_needed(list(duplicates_removed(outcome.changes)), live)
    outcome.refusals += refused
    outcome.changes = with_roles_taken(outcome.changes)
    outcome.changes = with_free_names(answers, outcome.changes, desired, live)
    name_partitions(answers, desired, live, outcome)
    outcome.refusals += given_twice(outcome.changes, live)
    outcome.changes, refused = with_own_parts(outcome.changes, by_key, live)
    outcome.refusals += refused
    outcome.refusals += parts_of_later(outcome.changes, desired, live)
    outcome.refusals += being_detached(answers, outcome.changes, live)
    outcome.changes = free_for_successors(outcome.changes)
    outcome.refusals += unserved(outcome.changes, by_key, Target(outcome.changes, live))
    outcome.changes, refused = with_dependents(answers, outcome.changes, by_key, live, compared.server.major)
    outcome.refusals += refused
    outcome.refusals += missing_tablespaces(answers, outcome.changes, by_key)
    outcome.refusals += doubled(outcome.changes, live)
    outcome.refusals += kept_below(outcome.changes, live)
    outcome.refusals += shared_indexes(outcome.changes, live)
    outcome.refusals += find_clashes(answers, outcome.changes, by_key, live, compared.server.major)
    outcome.refusals += misplaced_roles(outcome.changes, by_key, Target(outcome.changes, live))
    outcome.refusals += find_misplaced(answers, compared.gone, desired, live)
    outcome.changes = break_circles(outcome.changes, live, compared.server.major)
    outcome.refusals += older_temporal_keys(answers, outcome.changes, by_key, live, compared.server.major)


def _restricted(compared: Compared, outcome: Outcome) -> DesiredState:
    """What the file declares on the tables that the operator has chosen; the outcome is restricted to them."""
    desired, live = compared.desired, compared.live
    tables = selected_tables(desired, compared.options.tables)
    restrict(outcome, tables, desired, live, compared.server.major)
    return on_tables(desired, tables)


def _routes(compared: Compared, answers: Answers, outcome: Outcome) -> list[Route]:
    desired, live, server, options = compared.desired, compared.live, compared.server, compared.options
    journal_schema = desired.policy.journal_schema
    outcome.refusals += missing_rights(
        answers, outcome.changes, live, server, journal_schema, data_checks=options.data_checks
    )
    outcome.refusals += still_needed(answers, outcome.changes, live)
    outcome.refusals += kept_not_nulls(answers, outcome.changes, live)
    for found in (losses(answers, outcome.changes, live), hazards_of_dependents(answers, outcome.changes)):
        for key, hazards in found.items():
            outcome.hazards.setdefault(key, []).extend(hazards)
    outcome.refusals += unproved_moves(outcome.changes, server.info.user, options.trusted_roles)
    routes = make_routes(answers, desired, live, server, outcome, compared.journal)
    if any(step.archives for route in routes for step in route.steps):
        outcome.refusals += untrusted_archive(answers, options.trusted_roles)
    return routes
