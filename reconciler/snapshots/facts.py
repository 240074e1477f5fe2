"""Answers the questions of planning from a snapshot: `Facts` without a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from reconciler.model.facts import Answers, Question
from reconciler.model.facts.data import DataCheck
from reconciler.model.facts.meaning import Interpretation, MeaningOf
from reconciler.model.facts.state import StateOf
from reconciler.model.facts.values import WideColumnsOf
from reconciler.model.guard import Finding, GuardResult
from reconciler.model.names import Key
from reconciler.model.options import Options
from reconciler.model.state import Named
from reconciler.snapshots.judging import Judge, opened_judge
from reconciler.snapshots.questions import normal, usual_answer
from reconciler.snapshots.snapshot import CheckedData, Result, Snapshot, query_hash
from reconciler.snapshots.state import of_tables

NOT_CHECKED: Final = "the snapshot does not contain the result of this data check"
_UNKNOWN: Final = "its result was unknown when the snapshot was taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFacts:
    """The answers of a snapshot. The embedded server is asked what definitions mean; it is started for the first
    such question and stopped with the context. Questions about privileges get the usual answer."""

    snapshot: Snapshot
    options: Options
    _stack: ExitStack
    _judges: list[Judge] = field(default_factory=list, init=False)

    def ask(self, questions: Iterable[Question[Any]], /) -> Answers:
        asked = dict.fromkeys(questions)
        meanings = [one for one in asked if isinstance(one, MeaningOf)]
        known: dict[Question[Any], Any] = dict(self._meanings(meanings)) if meanings else {}
        checked = {(one.key, one.query): one for one in self.snapshot.checks}
        for one in asked:
            if isinstance(one, DataCheck):
                known[one] = _finding(one, checked, self.snapshot.taken)
            elif one not in known:
                known[one] = self._stored(one)
        return Answers(known=known)

    def _meanings(self, asked: Sequence[MeaningOf]) -> Mapping[Question[Any], Interpretation]:
        if not self._judges:
            self._judges.append(self._stack.enter_context(opened_judge(self.snapshot, self.options)))
        return dict(self._judges[0].meanings(asked).items())

    def _stored(self, question: Question[Any]) -> Any:
        if isinstance(question, StateOf):
            named = Named(tables=frozenset({question.table}), dropped=frozenset())
            return of_tables(self.snapshot.live, named, self.snapshot.names)
        asked = normal(question)
        answer = self.snapshot.answers.get(asked, usual_answer(asked))
        return answer & set(question.columns) if isinstance(question, WideColumnsOf) else answer


@contextmanager
def snapshot_facts(snapshot: Snapshot, options: Options) -> Iterator[SnapshotFacts]:
    """Answer questions from a snapshot within this context."""
    with ExitStack() as stack:
        yield SnapshotFacts(snapshot=snapshot, options=options, _stack=stack)


def _finding(check: DataCheck, checked: Mapping[tuple[Key, str], CheckedData], taken: datetime) -> Finding:
    found = checked.get((check.key, query_hash(check.guard.count)))
    if found is None:
        return check.not_run(NOT_CHECKED)
    if found.result is Result.UNKNOWN:
        finding = replace(check.not_run(""), as_of=taken)
        return replace(finding, reason=f"{_UNKNOWN}{finding.since}")
    passed = found.result is Result.NONE
    return replace(
        check.not_run(""),
        result=GuardResult.PASSED if passed else GuardResult.FAILED,
        count=0 if passed else None,
        as_of=taken,
    )
