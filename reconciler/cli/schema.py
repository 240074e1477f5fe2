"""`reconcile schema`: the JSON Schema of the file."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from reconciler.cli.output import emit


def schema(
    policy: Annotated[bool, typer.Option("--policy", help="Print that of the platform's policy instead.")] = False,
) -> int:
    """Print the JSON Schema of the file, for editors."""
    from reconciler.policy.file import policy_json_schema
    from reconciler.spec.schema import json_schema

    emit(json.dumps(policy_json_schema() if policy else json_schema(), indent=2, ensure_ascii=False) + "\n")
    return 0
