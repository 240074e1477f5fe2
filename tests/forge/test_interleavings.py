"""Two runs at once end with the same comment, in every order in which their requests can reach the API."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from reconciler.forge.comments import PullRequestComment, RequestFailed
from reconciler.forge.marker import Marker, marker_of
from reconciler.forge.sticky import post_sticky

BOT = "github-actions[bot]"


def marker(run: int) -> Marker:
    return Marker(file="schema.yaml", environment="production", commit=f"run {run}", run=(run, 1))


def comment(run: int) -> str:
    return f"{marker(run)}\nrun {run}"


@dataclass
class Turns:
    """Lets two threads make their requests in a given order. A thread that is done leaves its turns to the other."""

    order: list[int]
    comments: dict[int, str]
    log: list[tuple[int, str]] = field(default_factory=list)
    done: set[int] = field(default_factory=set)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, run: int, verb: str) -> None:
        """Wait for a turn; call with `changed` held."""
        assert self.changed.wait_for(lambda: not self.order or self.order[0] == run or self.done, timeout=10)
        if self.order:
            self.order.pop(0)
        self.log.append((run, verb))
        self.changed.notify_all()

    def finish(self, run: int) -> None:
        with self.changed:
            self.done.add(run)
            self.changed.notify_all()


@dataclass
class Shared:
    """The comments as one run sees them."""

    turns: Turns
    run: int
    limit: int = 65_536

    def whoami(self) -> str:
        return BOT

    def pages(self) -> Iterator[Sequence[PullRequestComment]]:
        with self.turns.changed:
            self.turns.take(self.run, "read")
            rows = [PullRequestComment(id=id, author=BOT, body=body) for id, body in self.turns.comments.items()]
        yield rows

    def create(self, body: str) -> PullRequestComment:
        with self.turns.changed:
            self.turns.take(self.run, "create")
            id = max(self.turns.comments, default=0) + 1
            self.turns.comments[id] = body
        return PullRequestComment(id=id, author=BOT, body=body)

    def update(self, id: int, body: str) -> None:
        with self.turns.changed:
            self.turns.take(self.run, "update")
            if id in self.turns.comments:
                self.turns.comments[id] = body

    def delete(self, id: int) -> None:
        with self.turns.changed:
            self.turns.take(self.run, "delete")
            self.turns.comments.pop(id, None)


def both(order: list[int], comments: dict[int, str]) -> Turns:
    """Run 1 and run 2 at once, with their requests in this order."""
    turns = Turns(order=order, comments=comments)

    def post(run: int) -> None:
        try:
            post_sticky(Shared(turns, run), marker(run), BOT, f"run {run}")
        finally:
            turns.finish(run)

    threads = [threading.Thread(target=post, args=(run,)) for run in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return turns


def orders(length: int) -> Iterator[list[int]]:
    for chosen in combinations(range(2 * length), length):
        yield [1 if n in chosen else 2 for n in range(2 * length)]


def test_two_runs_end_with_one_comment_of_the_newer() -> None:
    ends = {tuple(both(order, {}).comments.items()) for order in orders(5)}
    assert {body for ((_, body),) in ends} == {comment(2)}
    assert {id for ((id, _),) in ends} == {1}


@pytest.mark.parametrize("before", [{4: comment(0)}, {4: comment(0), 9: comment(0)}], ids=["one", "duplicates"])
def test_two_runs_update_the_comment_with_the_lowest_id(before: dict[int, str]) -> None:
    """The API has no conditional update: run 1 can only win if run 2 does all its work amid one request of run 1."""
    for order in orders(5):
        turns = both(order, dict(before))
        assert list(turns.comments) == [4]
        if turns.comments[4] != comment(2):
            last = max(n for n, step in enumerate(turns.log) if step == (1, "update"))
            read = max(n for n, step in enumerate(turns.log[:last]) if step[0] == 1)
            assert {(2, "update"), (2, "read")} <= set(turns.log[read:last])


def test_an_older_run_leaves_a_newer_comment_alone() -> None:
    turns = both([2] * 9 + [1] * 9, {})
    assert turns.log[-1] == (1, "read")
    assert [marker_of(body) for body in turns.comments.values()] == [marker(2)]


@dataclass
class Killed(Shared):
    """A run that is killed right after it has posted."""

    def create(self, body: str) -> PullRequestComment:
        created = super().create(body)
        raise RequestFailed(f"killed after comment {created.id}")


def test_an_older_run_keeps_the_text_of_a_newer_one_that_was_killed() -> None:
    turns = Turns(order=[1, 2, 1, 2], comments={})

    def newer() -> None:
        with pytest.raises(RequestFailed):
            post_sticky(Killed(turns, 2), marker(2), BOT, "run 2")
        turns.finish(2)

    thread = threading.Thread(target=newer)
    thread.start()
    found = post_sticky(Shared(turns, 1), marker(1), BOT, "run 1")
    thread.join(20)
    assert str(found) == "no comment: run 2 is newer, and its comment stays"
    assert turns.comments == {1: comment(2)}
