"""Plans written by hand, with normal and hostile content for the formats."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from reconciler.kinds.check.definition import Check
from reconciler.kinds.dropped_table.rules import DROP_TABLE
from reconciler.kinds.foreign_key.definition import ForeignKey, ReferentialAction
from reconciler.kinds.index_backed.elements import IndexElement
from reconciler.kinds.index_backed.index import Index
from reconciler.model.as_json import as_json
from reconciler.model.bound import BoundName
from reconciler.model.change import Action, Change, Difference
from reconciler.model.content import content_of
from reconciler.model.definition import Definition
from reconciler.model.digest import Digest, hashes_of, plan_hash
from reconciler.model.guard import Finding, Guard, GuardResult
from reconciler.model.hazards import Hazard
from reconciler.model.limits import ExecutionClass
from reconciler.model.locks import LockClaim, LockMode
from reconciler.model.names import Key, Place, TableName
from reconciler.model.plan import Note, Plan, Refusal, ServerInfo
from reconciler.model.private import Private
from reconciler.model.retired import Backup, DroppedTable
from reconciler.model.route import Route, RouteState
from reconciler.model.rules.hazards import INDEX_DROPPED, UNCHECKED_DATA
from reconciler.model.statement import Statement
from reconciler.model.step import SqlAction, Step
from reconciler.model.step_id import Verb

SERVER = ServerInfo(
    version="18.6",
    version_num=180006,
    host="db.example",
    port=5432,
    system_identifier="7712898041837900540",
    database="samia",
    database_oid=16384,
    encoding="UTF8",
    user="postgres",
)

WALLETS = TableName(schema="public", name="wallets")
USERS = TableName(schema="public", name="users")
HOSTILE = "a\"b' `x` | <b>&\n\\! touch /tmp/pwned\n-- :name $$ ``` @everyone \x1b[31m"


def place(line: int, file: str = "schema.yaml") -> Place:
    return Place(file=file, line=line, column=7)


def sql(*parts: str | BoundName) -> Statement:
    return Statement(parts=parts)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def key(kind: str, name: str = "", table: TableName = WALLETS) -> Key:
    return Key(schema=table.schema, table=table.name, kind=kind, name=name)


def route(change: Change, *steps: Step, labels: tuple[str, ...] = (), guards: tuple[Guard, ...] = ()) -> Route:
    between = labels or tuple(f"after step {i}" for i in range(1, len(steps)))
    objects: dict[Key, Definition | None] = {change.key: change.before}
    states = tuple(RouteState(label=label, objects=objects) for label in ("now", *between, "as declared"))
    return Route(change=change, states=states, steps=steps, guards=guards)


def orphans(table: TableName = WALLETS) -> Guard:
    query = 'FROM "public"."wallets" c WHERE c."user_id" IS NOT NULL AND NOT EXISTS (SELECT FROM "public"."users")'
    return Guard(
        id="orphans",
        title=f"every row of {table} has its row in public.users",
        count=sql(f"SELECT count(*) {query}"),
        sample=sql(f'SELECT c."id"::text AS sample {query}'),
        more=sql(f"SELECT c.*\n{query}"),
        noun="row",
        cause="without a counterpart",
        remedy="repair the rows",
        unchecked_ok=True,
    )


def foreign_key_route(validate_only: bool = False) -> Route:
    definition = ForeignKey(
        key=("user_id",), ref_table=USERS, ref_columns=("id",), on_delete=ReferentialAction.CASCADE
    )
    add = Step(
        id=Verb.ADD.of(key("foreign_key", "fk_wallets_user_id")),
        title="add the foreign key, not validated",
        action=SqlAction(
            statements=(
                sql(
                    'ALTER TABLE "public"."wallets" ADD CONSTRAINT "fk_wallets_user_id" FOREIGN KEY ("user_id")'
                    ' REFERENCES "public"."users" ("id") ON DELETE CASCADE NOT VALID'
                ),
            )
        ),
        execution=ExecutionClass.BRIEF,
        locks=(
            LockClaim(table=WALLETS, mode=LockMode.SHARE_ROW_EXCLUSIVE),
            LockClaim(table=USERS, mode=LockMode.SHARE_ROW_EXCLUSIVE),
        ),
        leaves="nothing",
    )
    validate = Step(
        id=Verb.VALIDATE.of(key("foreign_key", "fk_wallets_user_id")),
        title="validate the foreign key",
        action=SqlAction(
            statements=(sql('ALTER TABLE "public"."wallets" VALIDATE CONSTRAINT "fk_wallets_user_id"'),)
        ),
        execution=ExecutionClass.SCAN,
        locks=(
            LockClaim(table=WALLETS, mode=LockMode.SHARE_UPDATE_EXCLUSIVE),
            LockClaim(table=USERS, mode=LockMode.ROW_SHARE),
        ),
        hazards=(Hazard(kind=UNCHECKED_DATA, detail="counting took longer than 30 s"),),
        leaves="the constraint, not validated",
    )
    change = Change(
        action=Action.VALIDATE if validate_only else Action.CREATE,
        key=key("foreign_key", "fk_wallets_user_id"),
        before=definition if validate_only else None,
        after=definition,
        place=place(12),
    )
    if validate_only:
        return route(change, validate)
    return route(change, add, validate, labels=("not valid",), guards=(orphans(),))


def index_route() -> Route:
    definition = Index(elements=(IndexElement(column="user_id"), IndexElement(expression="lower(email)")))
    step = Step(
        id=Verb.BUILD.of(key("index", "idx_wallets_user_id")),
        title="build the index",
        action=SqlAction(
            statements=(
                sql(
                    'CREATE INDEX CONCURRENTLY "idx_wallets_user_id" ON "public"."wallets" ("user_id", (lower(email)))'
                ),
            )
        ),
        execution=ExecutionClass.CONCURRENT,
        locks=(LockClaim(table=WALLETS, mode=LockMode.SHARE_UPDATE_EXCLUSIVE),),
        leaves="an invalid index, which the next run repairs",
    )
    change = Change(
        action=Action.CREATE,
        key=key("index", "idx_wallets_user_id"),
        before=None,
        after=definition,
        place=place(20),
    )
    return route(change, step)


def check_route() -> Route:
    """Return an alteration with an expression in which psql would replace variables."""
    change = Change(
        action=Action.ALTER,
        key=key("check", "wallets_path_check"),
        before=Check(expression="path[1:2] IS NULL", comment=None),
        after=Check(expression="path[1:n]::text <> ':n'", comment="why: 'so'\nand so"),
        place=place(30),
        differences=(
            Difference(
                path="expression", before="path[1:2] IS NULL", after="path[1:n]::text <> ':n'", place=place(31)
            ),
            Difference(path="comment", before="null", after="why: 'so'\nand so", place=None),
        ),
        renamed_from="Old Check",
    )
    step = Step(
        id=Verb.REPLACE.of(key("check", "wallets_path_check")),
        title="replace the check, not validated",
        action=SqlAction(
            statements=(
                sql('ALTER TABLE "public"."wallets" DROP CONSTRAINT "Old Check"'),
                sql(
                    'ALTER TABLE "public"."wallets" ADD CONSTRAINT "wallets_path_check"'
                    " CHECK (path[1:n]::text <> ':n' AND n::text <> $q$:n;$q$) NOT VALID"
                ),
            )
        ),
        execution=ExecutionClass.BRIEF,
        locks=(LockClaim(table=WALLETS, mode=LockMode.ACCESS_EXCLUSIVE),),
        leaves="nothing",
    )
    return route(change, step)


def archive_route() -> Route:
    table = TableName(schema="public", name="wallets_backup")
    new, index = BoundName(original="wallets_backup"), BoundName(original="wallets_backup_pkey")
    guard = Guard(
        id="fewer-rows",
        title="wallets holds at least as many rows",
        count=sql('SELECT count(*) FROM "public"."wallets_backup" b WHERE b."id" IS NULL'),
        sample=sql("SELECT 'x' AS sample"),
        more=sql('SELECT * FROM "public"."wallets_backup"'),
        noun="row",
        cause="more",
        remedy="copy them",
        unchecked_ok=False,
    )
    step = Step(
        id=Verb.ARCHIVE.of(key("dropped_table", table=table)),
        title="move the table to reconcile_archive",
        action=SqlAction(
            statements=(
                sql('ALTER INDEX "public"."wallets_backup_pkey" RENAME TO ', index),
                sql('ALTER TABLE "public"."wallets_backup" RENAME TO ', new),
                sql('ALTER TABLE "public".', new, ' SET SCHEMA "reconcile_archive"'),
                sql('COMMENT ON TABLE "reconcile_archive".', new, " IS 'was public.wallets_backup'"),
            )
        ),
        execution=ExecutionClass.BRIEF,
        locks=(LockClaim(table=table, mode=LockMode.ACCESS_EXCLUSIVE),),
        guards=(guard,),
        leaves="nothing",
    )
    change = Change(
        action=Action.DROP,
        key=key("dropped_table", table=table),
        before=DroppedTable(),
        after=None,
        place=place(50),
    )
    return route(change, step)


def drop_routes() -> tuple[Route, Route]:
    """Return the drop of a table without a copy, and of an index."""
    table = TableName(schema="public", name="leftover")
    drop = Step(
        id=Verb.DROP.of(key("dropped_table", table=table)),
        title="drop the table",
        action=SqlAction(statements=(sql('DROP TABLE "public"."leftover"'),)),
        execution=ExecutionClass.BRIEF,
        locks=(LockClaim(table=table, mode=LockMode.ACCESS_EXCLUSIVE),),
        hazards=(Hazard(kind=DROP_TABLE, detail="12 rows"),),
        leaves="nothing",
    )
    drop_index = Step(
        id=Verb.DROP.of(key("index", "idx_old")),
        title="drop the index",
        action=SqlAction(statements=(sql('DROP INDEX CONCURRENTLY "public"."idx_old"'),)),
        execution=ExecutionClass.CONCURRENT,
        locks=(LockClaim(table=WALLETS, mode=LockMode.SHARE_UPDATE_EXCLUSIVE),),
        hazards=(Hazard(kind=INDEX_DROPPED, detail=""),),
        leaves="an invalid index",
    )
    return (
        route(
            Change(
                action=Action.DROP,
                key=key("dropped_table", table=table),
                before=DroppedTable(backup=Backup.NONE),
                after=None,
                place=place(52),
            ),
            drop,
        ),
        route(
            Change(
                action=Action.DROP,
                key=key("index", "idx_old"),
                before=Index(elements=(IndexElement(column="id"),)),
                after=None,
                place=place(40),
            ),
            drop_index,
        ),
    )


def hostile_route() -> Route:
    """Return a change in which every text of a file or a catalog is hostile to a format."""
    table = TableName(schema="public", name=HOSTILE)
    definition = Index(elements=(IndexElement(column=HOSTILE),), comment=HOSTILE)
    step = Step(
        id=Verb.BUILD.of(key("index", HOSTILE, table=table)),
        title=f"build {HOSTILE}",
        action=SqlAction(
            statements=(
                sql(
                    f"CREATE INDEX CONCURRENTLY {quoted('i_' + HOSTILE[:30])} "
                    f'ON "public".{quoted(HOSTILE)} ({quoted(HOSTILE)})'
                ),
            )
        ),
        execution=ExecutionClass.CONCURRENT,
        locks=(LockClaim(table=table, mode=LockMode.SHARE_UPDATE_EXCLUSIVE),),
        hazards=(Hazard(kind=INDEX_DROPPED, detail=HOSTILE),),
        leaves=HOSTILE,
    )
    change = Change(
        action=Action.CREATE,
        key=key("index", HOSTILE, table=table),
        before=None,
        after=definition,
        place=place(60, file=f"{HOSTILE}.yaml"),
        differences=(Difference(path="comment", before=HOSTILE, after=HOSTILE, place=place(61)),),
        renamed_from=HOSTILE,
    )
    return route(change, step)


def refusals() -> tuple[Refusal, ...]:
    finding = Finding(
        guard=orphans(),
        key=key("foreign_key", "fk_wallets_user_id"),
        place=place(12),
        result=GuardResult.FAILED,
        count=3,
        samples=Private("id = 7", f"id = {HOSTILE}"),
    )
    unknown = Finding(
        guard=orphans(),
        key=key("foreign_key", "fk_wallets_user_id"),
        place=place(12),
        result=GuardResult.TIMED_OUT,
        count=None,
    )
    return (
        Refusal(
            rule="orphans",
            key=finding.key,
            place=finding.place,
            cause="3 rows of public.wallets have no row in public.users",
            remedy="repair the rows, or say `orphans:` otherwise",
            finding=finding,
        ),
        Refusal(
            rule="unchecked",
            key=key("index", HOSTILE, table=TableName(schema="s", name=HOSTILE)),
            place=place(3, file=HOSTILE),
            cause=HOSTILE,
            remedy=HOSTILE,
            finding=unknown,
        ),
        Refusal(
            rule="too-many-drops",
            key=None,
            place=None,
            cause="12 objects would be dropped, and 10 are allowed",
            remedy="raise policy.max_drops",
        ),
    )


def plan(*routes: Route, refused: tuple[Refusal, ...] = (), notes: tuple[Note, ...] = ()) -> Plan:
    return Plan(
        server=SERVER,
        sources=("schema.yaml",),
        declared=74,
        lock_timeout=timedelta(seconds=2),
        max_lock_wait=timedelta(minutes=10),
        max_build=timedelta(hours=24),
        journal_schema="public",
        routes=routes,
        findings=tuple(refusal.finding for refusal in refused if refusal.finding),
        refusals=refused,
        notes=notes,
        digest="0123456789abcdef" * 4,
    )


def signed(plan: Plan) -> Plan:
    """The plan with the digest of what it holds, made now."""
    place, changes = as_json(plan.server), content_of(plan)["changes"]
    digest = Digest(made_at=datetime.now(UTC), hash=plan_hash(place, map(hashes_of, changes), plan.tables))
    return replace(plan, digest=str(digest))


def signed_document(found: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a plan with the digest of what it holds now: anybody can compute it."""
    hash_ = plan_hash(found["server"], map(hashes_of, found["changes"]), found.get("tables", ()))
    digest = Digest(made_at=datetime.now(UTC), hash=hash_)
    return {**found, "digest": str(digest)}


NOTES = (
    Note(rule="released", key=key("index", "idx_gone"), place=place(9), message="is no longer declared"),
    Note(rule="hint", key=None, place=None, message=HOSTILE),
)

PLANS = {
    "in_sync": plan(),
    "changes": plan(
        foreign_key_route(), index_route(), check_route(), archive_route(), *drop_routes(), notes=NOTES[:1]
    ),
    "refused": plan(foreign_key_route(), refused=refusals()),
    "hostile": plan(hostile_route(), notes=NOTES),
}


def without_time(text: str) -> str:
    """Return a plan in JSON without the time in its digest."""
    return re.sub(r'"v2:[^:]*:', '"v2:<time>:', text)
