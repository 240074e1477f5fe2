"""Names given to the library: a single text counts as one name, never as its characters."""

from __future__ import annotations

import pytest

from reconciler.model.options import Options, several
from reconciler.restoring.rows import QuarantineOptions


@pytest.mark.parametrize("options", [Options, QuarantineOptions], ids=lambda one: one.__name__)
def test_a_single_name_is_one_name(options: type[Options] | type[QuarantineOptions]) -> None:
    one = options(allow="data-loss", trusted_roles="owner")  # type: ignore[arg-type]
    assert one == options(allow=frozenset({"data-loss"}), trusted_roles=frozenset({"owner"}))
    assert one == options(allow=["data-loss"], trusted_roles=("owner",))  # type: ignore[arg-type]


def test_names_of_any_collection() -> None:
    assert several("users") == several(["users"]) == several(one for one in ("users",)) == ("users",)
