"""`reconcile schema`: the JSON Schema of the file."""

from __future__ import annotations

import json

from reconciler.cli.output import emit


def schema() -> int:
    """Print the JSON Schema of the file, for editors."""
    from reconciler.spec.schema import json_schema

    emit(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
    return 0
