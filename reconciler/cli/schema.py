"""`reconcile schema`: the JSON Schemas of the files, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from reconciler.cli.options import STDOUT
from reconciler.cli.output import Syntax, emit, write_file


def schema(
    policy: Annotated[bool, typer.Option("--policy", help="Print that of reconcile.policy.yaml instead.")] = False,
    config: Annotated[bool, typer.Option("--config", help="Print that of reconcile.toml instead.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write it to this file, and print the line with which a file names it.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Print the JSON Schema of the file, for editors."""
    if policy and config:
        raise typer.BadParameter("--policy and --config exclude each other")
    text = json.dumps(_schema(policy=policy, config=config), indent=2, ensure_ascii=False) + "\n"
    if output is None or output == STDOUT:
        emit(text, syntax=Syntax.JSON)
        return 0
    write_file(output, text)
    file = "reconcile.toml" if config else "reconcile.policy.yaml" if policy else "schema.yaml"
    line = f"#:schema ./{output.name}" if config else f"# yaml-language-server: $schema={output.name}"
    emit(f"{output}: written. The first line of a {file} in the same folder:\n")
    emit(f"{line}\n")
    return 0


def _schema(*, policy: bool, config: bool) -> dict[str, object]:
    if config:
        from reconciler.policy.environments import environments_json_schema

        return environments_json_schema()
    if policy:
        from reconciler.policy.file import policy_json_schema

        return policy_json_schema()
    from reconciler.spec.schema import json_schema

    return json_schema()
