"""Facts about the rows of tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reconciler.model.facts.data import DataCheck
from reconciler.model.guard import Finding
from reconciler.postgres.data_checks import DataChecker
from reconciler.postgres.session import Session


def findings_of(session: Session, checker: DataChecker, asked: Sequence[DataCheck]) -> Mapping[DataCheck, Finding]:
    keeper = checker.gatekeeper
    known = keeper.live.tables if keeper.live is not None else {}
    oids = {known[name].oid for one in asked for name in one.tables if name in known}
    keeper.caller.learn_relations(session, oids)
    return dict(zip(asked, checker.check_all(session, asked), strict=True))
