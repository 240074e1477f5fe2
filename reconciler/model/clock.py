"""Time, pauses and randomness, which every function that needs them gets as an argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The source of time, pauses and randomness.

    `monotonic` returns seconds since some moment, `now` the time of day with its zone. `sleep` waits for a number
    of seconds. `chance` returns a number from 0 up to 1, `new_id` a random UUID as text.
    """

    monotonic: Callable[[], float]
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    new_id: Callable[[], str]
