"""The operator's settings for a plan. A file cannot set any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from reconciler.model.platform import PlatformPolicy
from reconciler.model.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a plan is made.

    `allow` are gated hazards that are accepted, in addition to the file's own. `check_timeout` is the time limit of
    each data check. `data_checks`: whether user tables are queried at all. `samples` is the number of offending
    values that each failed data check may show. `trust_file`: whether the file may name functions that are not on
    the list of harmless ones. `trusted_roles` are roles whose objects and functions are trusted, in addition to
    superusers and the connected role. `tables` are patterns for `table` or `schema.table`, with `*` and `?` as
    wildcards: the plan has the changes of the tables that match one, and the changes that they need. None: all
    tables in the file. `platform` is the policy that a platform team sets for the environment; None: there is none.
    `window` is when changes may be applied; None: at any time.
    """

    allow: frozenset[str] = field(default_factory=frozenset)
    check_timeout: timedelta = timedelta(seconds=30)
    data_checks: bool = True
    samples: int = 0
    trust_file: bool = False
    trusted_roles: frozenset[str] = field(default_factory=frozenset)
    tables: tuple[str, ...] = ()
    platform: PlatformPolicy | None = None
    window: Window | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", several(self.tables))
        object.__setattr__(self, "allow", frozenset(several(self.allow)))
        object.__setattr__(self, "trusted_roles", frozenset(several(self.trusted_roles)))


def several(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names. A single name counts as one, so that a text is never read as its characters."""
    return (given,) if isinstance(given, str) else tuple(given)


DEFAULTS = Options()
"""The settings if the operator gives none."""
