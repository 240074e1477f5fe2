"""`reconcile export`: writes the YAML of a live database."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from reconciler.cli.options import STDOUT, ConfigPath, Database, EnvironmentName, choice_of, refuse_alone
from reconciler.cli.planning import chosen_database
from reconciler.model.rules.connections import NOT_OVERWRITTEN, OUTPUT


def _known_split(value: str | None) -> str | None:
    return None if value is None else choice_of(value, ("schema", "table"))


_Schemas = Annotated[
    list[str] | None,
    typer.Option(
        "--schema",
        metavar="SCHEMA",
        help="Export only this schema; may be given several times. [default: all but system schemas]",
        show_default=False,
    ),
]
_Tables = Annotated[
    list[str] | None,
    typer.Option(
        "--table",
        metavar="PATTERN",
        help="Export only tables that match: a name, or schema.table, with * and ? as wildcards; "
        "may be given several times.",
        show_default=False,
    ),
]
_Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        "--output-dir",
        metavar="FILE|DIR",
        help="Write this file, whose name ends with .yaml or .yml, or files into this folder, instead of standard "
        "output; - is standard output.",
        show_default=False,
    ),
]
_Split = Annotated[
    str | None,
    typer.Option(
        "--split",
        metavar="BY",
        callback=_known_split,
        help="With a folder: write one file for each schema (default) or table.",
        show_default=False,
    ),
]
_Force = Annotated[bool, typer.Option("--force", help="With --output: overwrite files that differ.")]


def export(
    db: Database = None,
    env: EnvironmentName = None,
    config: ConfigPath = None,
    schema: _Schemas = None,
    table: _Tables = None,
    output: _Output = None,
    split: _Split = None,
    force: _Force = False,
) -> int:
    """Write the YAML of a live database. Changes nothing in the database."""
    import reconciler
    from reconciler.cli.output import Syntax, emit, warn

    if output == STDOUT:
        output = None
    refuse_alone("--split", split is not None, output=output is not None)
    refuse_alone("--force", force, output=output is not None)
    one_file = output is None or (output.suffix in (".yaml", ".yml") and not output.is_dir())
    if one_file and split is not None:
        raise typer.BadParameter("--split needs a folder: the name of this --output is that of a file")
    if output is not None and not one_file and split is None:
        _refuse_name_of_file(output)
    by = None if one_file else (split or "schema")
    database = chosen_database(reconciler.find_environment(env, config=config), db, env)
    found = reconciler.export(database, schemas=schema or (), tables=table or (), split=by)
    if output is None:
        emit("".join(found.files.values()), syntax=Syntax.EXACT)
    else:
        texts = "".join(found.files.values())
        written = _write_file(output, texts, force=force) if one_file else _write(output, found.files, force=force)
        emit(f"{output}: {_summary(written, (1 if one_file else len(found.files)) - written)}\n", prose=True)
    for warning in found.warnings:
        warn(f"Warning: {warning}")
    return 0


def _refuse_name_of_file(output: Path) -> None:
    """Raise `BadParameter` if people would take the name of a new folder for that of a file."""
    if output.suffix and not output.is_dir():
        raise typer.BadParameter(
            f"{output} is not a folder, and a file needs a name that ends with .yaml or .yml; "
            "to write a new folder of this name, add --split schema"
        )


def _summary(written: int, same: int) -> str:
    """`3 files written, 2 files were up to date.`"""
    from reconciler.report.wording import plural

    up_to_date = f", {plural(same, 'file')} {'was' if same == 1 else 'were'} up to date" if same else ""
    return f"{plural(written, 'file')} written{up_to_date}."


def _write_file(path: Path, text: str, *, force: bool) -> int:
    """Write the file if it differs, and return whether it did."""
    from reconciler.cli.output import write_file
    from reconciler.model.errors import ReconcileError

    if _text(path) == text:
        return 0
    if os.path.lexists(path) and not force:
        raise ReconcileError(
            f"{path} exists and differs", rule=NOT_OVERWRITTEN, hint="name another file, or add --force"
        )
    write_file(path, text)
    return 1


def _write(folder: Path, files: Mapping[str, str], *, force: bool) -> int:
    """Write the files that differ, and return their number. Never delete a file."""
    from reconciler.cli.output import warn, write_file
    from reconciler.model.errors import ReconcileError

    differing = [path for path, text in files.items() if _text(folder / path) != text]
    foreign = _foreign(folder, files)
    in_the_way = sorted([*foreign, *(path for path in differing if os.path.lexists(folder / path))])
    if in_the_way and not force:
        listed = ", ".join(in_the_way[:5]) + (f" and {len(in_the_way) - 5} more" if len(in_the_way) > 5 else "")
        raise ReconcileError(
            f"{folder} contains files that this export would overwrite, or other YAML files: {listed}",
            rule=NOT_OVERWRITTEN,
            hint="name an empty folder, or add --force, which overwrites files that differ and deletes none",
        )
    for path in differing:
        parent = (folder / path).parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReconcileError(f"cannot create {folder}: {error.strerror}", rule=OUTPUT) from None
        if not parent.resolve().is_relative_to(folder.resolve()):
            raise ReconcileError(
                f"{parent} is a link to a folder outside {folder}",
                rule=NOT_OVERWRITTEN,
                hint="name an empty folder",
            )
        write_file(folder / path, files[path])
    if foreign:
        warn(f"Warning: {folder} also contains YAML files that are not part of this export: {', '.join(foreign)}")
    return len(differing)


def _foreign(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return the YAML files in the folder that are not part of the export. Reading the folder reads them too."""
    from reconciler.model.errors import Problems
    from reconciler.spec.files import find_files

    if not folder.is_dir():
        return []
    found = (
        Path(file.name).relative_to(folder).as_posix() for file in find_files([folder], Problems(), follow=True)
    )
    return sorted(path for path in found if path not in files)


def _text(path: Path) -> str | None:
    """Return the text of a regular file, or None for anything else."""
    from reconciler.spec.opening import NotPlain, TooLarge, read_plain

    try:
        return read_plain(str(path)).decode()
    except (OSError, UnicodeDecodeError, NotPlain, TooLarge):
        return None
