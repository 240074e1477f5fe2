"""When a window is open: a function of the window and the moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.model.window import Opening, Window, read_span

SATURDAY = datetime(2026, 3, 28, tzinfo=UTC)
"""The clocks of Europe/Berlin are set forward in the night after it: its Sunday has no 02:00 to 03:00."""


def window(*texts: str) -> Window:
    return Window(spans=tuple(map(read_span, texts)))


def at(text: str) -> datetime:
    return datetime.strptime(f"2026-{text} +0000", "%Y-%m-%d %H:%M %z")


@pytest.mark.parametrize(
    ("texts", "now", "begin", "end"),
    [
        (["Sat 01:00-05:00"], "03-28 00:59", "03-28 01:00", "03-28 05:00"),
        (["Sat 01:00-05:00"], "03-28 01:00", "03-28 01:00", "03-28 05:00"),
        (["Sat 01:00-05:00 UTC"], "03-28 05:00", "04-04 01:00", "04-04 05:00"),
        (["Fri-Sat,Mon 22:00-04:00"], "03-28 03:59", "03-27 22:00", "03-28 04:00"),
        (["Fri-Sat,Mon 22:00-04:00"], "03-29 12:00", "03-30 22:00", "03-31 04:00"),
        (["Sat 01:00-02:00", "Sat 02:00-03:00", "Sat 02:30-24:00"], "03-28 02:10", "03-28 01:00", "03-29 00:00"),
        (["Sun 01:00-05:00 Europe/Berlin"], "03-28 12:00", "03-29 00:00", "03-29 03:00"),
        (["Sun 02:10-02:50 Europe/Berlin"], "03-28 12:00", "03-29 01:10", "03-29 01:50"),
        (["Sun 02:30-03:10 Europe/Berlin"], "03-28 12:00", "04-05 00:30", "04-05 01:10"),
        (["23:00-01:00 Asia/Tokyo"], "03-28 15:30", "03-28 14:00", "03-28 16:00"),
    ],
)
def test_the_opening_is_the_one_now_or_the_next(texts: list[str], now: str, begin: str, end: str) -> None:
    assert window(*texts).opening(at(now)) == Opening(begin=at(begin), end=at(end))


@given(
    minutes=st.integers(0, 60 * 24 * 400),
    text=st.sampled_from(["Sun 02:30-03:10 Europe/Berlin", "22:00-06:00", "00:00-24:00"]),
)
def test_there_is_always_an_opening_that_has_not_ended(minutes: int, text: str) -> None:
    """Its begin is in it, and its end is not, whatever clocks do."""
    now = SATURDAY + timedelta(minutes=minutes)
    found = window(text).opening(now)
    assert found.begin < found.end > now
    assert window(text).opening(found.begin).begin <= found.begin
    assert window(text).opening(found.end - timedelta(seconds=1)).end == found.end or text == "00:00-24:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sat",
        "Sat 25:00-26:00",
        "Sat 1:00-2:00",
        "sat 01:00-02:00",
        "01:00-02:00 Nowhere/City",
        "Sat 01:00-24:01",
    ],
)
def test_other_texts_are_no_span(text: str) -> None:
    with pytest.raises(ValueError, match="it "):
        read_span(text)
