"""Tables of a run's own whose rows a publication sends: a subscriber that lacks them stops with an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reconciler.model.facts import Answers
from reconciler.model.facts.new_tables import PublicationsOfNewTables
from reconciler.model.names import JOURNAL_TABLE, TableName, display
from reconciler.model.plan import JournalAt, Note
from reconciler.model.repair import QUARANTINE
from reconciler.model.route import Route
from reconciler.model.rules.notes import PUBLISHES_OWN_TABLES
from reconciler.model.step_id import Verb


def published_own_tables(answers: Answers, routes: Sequence[Route], journal: JournalAt) -> Iterator[Note]:
    """Return a note that names the tables and the publications."""
    if not routes:
        return
    found = answers[PublicationsOfNewTables(journal=journal)]
    sent = {TableName(schema=journal.schema, name=JOURNAL_TABLE): found.journal}
    for step in (step for route in routes for step in route.steps):
        if step.id.verb is Verb.CREATE and step.id.kind == QUARANTINE:
            sent[step.id.key.table_name] = found.archive
    tables = sorted(str(table) for table, publications in sent.items() if publications)
    if tables:
        names = ", ".join(display(name) for name in sorted({name for one in sent.values() for name in one}))
        message = f"the run creates {', '.join(tables)}, whose rows are sent by the publication {names}"
        yield Note(rule=PUBLISHES_OWN_TABLES, key=None, place=None, message=message)
