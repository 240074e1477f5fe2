"""The real clock. Only the edges, the library's functions and the commands, use it: they pass it on as an argument."""

from __future__ import annotations

import random
import time
import uuid
from datetime import UTC, datetime
from typing import Final

from reconciler.model.clock import Clock

SYSTEM: Final = Clock(
    monotonic=time.monotonic,
    now=lambda: datetime.now(UTC),
    sleep=time.sleep,
    chance=random.random,
    new_id=lambda: str(uuid.uuid4()),
)
