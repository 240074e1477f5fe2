"""What the benchmarks assume about the code is true."""

from __future__ import annotations

import pytest

from benchmarks.split import SEAMS, seam


@pytest.mark.parametrize(("name", "module", "path"), SEAMS, ids=[name for name, *_ in SEAMS])
def test_seams_of_an_apply_are_functions_that_are_there(name: str, module: str, path: str) -> None:
    owner, last = seam(module, path)
    assert callable(getattr(owner, last, None)), f"{name}: there is no {module}:{path}"
