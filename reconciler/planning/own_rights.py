"""The rights that the tool needs on its own objects, the journal and the archive."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.kinds.base.ddl import Sql, name, relation, text_of
from reconciler.model.facts import Answers
from reconciler.model.facts.rights import AccessToJournal, Holds, ObjectionToJournal, Owner, OwnerOf
from reconciler.model.names import ARCHIVE_SCHEMA, JOURNAL_TABLE, TableName, display, trusting
from reconciler.model.plan import JournalAt, Note, Refusal
from reconciler.model.rules.objects import MISSING_SCHEMA
from reconciler.model.rules.runs import JOURNAL_NOT_OURS
from reconciler.model.server import Server
from reconciler.model.state import ARCHIVE_KEY, LiveState
from reconciler.planning.owning import membership
from reconciler.planning.refusals import missing_privilege


def archive_rights(answers: Answers, live: LiveState, server: Server) -> Iterator[Refusal]:
    role = server.info.user
    if ARCHIVE_KEY not in live.objects:
        if not server.may_create_schema:
            yield missing_privilege(
                None,
                None,
                f"role {role} may not create the schema {ARCHIVE_SCHEMA}",
                f"run {grant('CREATE ON DATABASE', name(server.info.database), role)} "
                "or create the schema for the role",
            )
        return
    wanted = (("USAGE", "use"), ("CREATE", "move tables to"))
    lacking = [
        purpose for privilege, purpose in wanted if not answers[Holds(privilege=privilege, schema=ARCHIVE_SCHEMA)]
    ]
    if lacking:
        statement = grant("USAGE, CREATE ON SCHEMA", name(ARCHIVE_SCHEMA), role)
        owner = answers[OwnerOf(table=TableName(schema=ARCHIVE_SCHEMA, name=""))]
        cause = f"role {role} may not {' or '.join(lacking)} {ARCHIVE_SCHEMA}"
        yield missing_privilege(None, None, cause, _as_owner(owner, statement, server))


def journal_rights(answers: Answers, schema: str, server: Server) -> Iterator[Refusal]:
    role = server.info.user
    found = answers[AccessToJournal(schema=schema)]
    remedy = (
        f"run {grant('USAGE, CREATE ON SCHEMA', name(schema), role)} or set policy.journal_schema to another schema: "
        "since PostgreSQL 15, roles may not create objects in public by default"
    )
    journal = f"{display(schema)}.{JOURNAL_TABLE}"
    if not found.schema_exists:
        yield Refusal(
            rule=MISSING_SCHEMA,
            key=None,
            place=None,
            cause=f"the schema {display(schema)} for the journal does not exist",
            remedy="create it, or correct policy.journal_schema",
        )
        return
    if not found.guarded:  # the blocks that check journal and archive in each transaction
        statement = grant("USAGE ON LANGUAGE", name("plpgsql"), role)
        yield missing_privilege(None, None, f"role {role} may not use language plpgsql", f"run {statement}")
    if not found.creatable:
        yield missing_privilege(
            None, None, f"role {role} may not create {JOURNAL_TABLE} in schema {display(schema)}", remedy
        )
    elif not found.usable:
        statement = grant("USAGE ON SCHEMA", name(schema), role)
        yield missing_privilege(
            None,
            None,
            f"role {role} may not use schema {display(schema)}, which holds the journal",
            f"run {statement}",
        )
    if not found.writable:
        table = TableName(schema=schema, name=JOURNAL_TABLE)
        statement = grant("SELECT, INSERT ON", relation(table), role)
        cause = f"role {role} may not read and write the journal {journal}"
        yield missing_privilege(None, None, cause, _as_owner(answers[OwnerOf(table=table)], statement, server))


def _as_owner(owner: Owner | None, statement: str, server: Server) -> str:
    """Return how the role gets the rights of the owner of an object of the tool. The privileges alone, which the
    `statement` grants, would make the runs of other roles refuse the object unless they trust the role: so they are
    proposed only if the owner is a superuser, in whom membership would grant far too much."""
    if owner is None or owner.superuser:
        return f"run {statement} and let the runs of other roles trust it: {trusting([server.info.user])}"
    return f"connect as {owner.role}, or run {membership(owner, server)}"


def untrusted_journal(answers: Answers, at: JournalAt) -> Iterator[Note]:
    """Return a note if `apply` would refuse to use the existing journal."""
    objection = answers[ObjectionToJournal(journal=at)]
    if objection is not None:
        message = f"`apply` would be refused: {objection.message}; {objection.hint}"
        yield Note(rule=JOURNAL_NOT_OURS, key=None, place=None, message=message)


def grant(privileges: str, target: Sql, role: str) -> str:
    """Return a complete GRANT statement."""
    return f"GRANT {privileges} {text_of(target)} TO {text_of(name(role))};"
