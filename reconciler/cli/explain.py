"""`reconcile explain`: prints rules."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from reconciler.cli.options import Color, TextOrJson
from reconciler.cli.output import colour_on, emit, syntax_of, width_of


def _ids(incomplete: str) -> list[tuple[str, str]]:
    import reconciler

    return [(rule.id, rule.meaning) for rule in sorted(reconciler.rules()) if rule.startswith(incomplete)]


def explain(
    rule: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            autocompletion=_ids,
            help="The id of a refusal, error, problem, note or hazard, such as orphans.",
            show_default=False,
        ),
    ] = None,
    format_: TextOrJson = "text",
    color: Color = "auto",
) -> int:
    """Explain the id of a message. Without an id, list all ids.

    It prints the meaning, what to do, a bad and a good example.
    """
    import reconciler
    from reconciler.cli.installed import docs_folder
    from reconciler.report.page import Page
    from reconciler.report.rules import render_rule_json, render_rule_text, render_rules_json, render_rules_text
    from reconciler.report.theme import COLOUR, PLAIN

    del color  # stored when it was parsed
    coloured = format_ == "text" and colour_on(sys.stdout)
    page = Page(theme=COLOUR if coloured else PLAIN, width=width_of(sys.stdout))
    if rule is None:
        rules = reconciler.rules()
        text = render_rules_text(rules, page) if format_ == "text" else render_rules_json(rules)
    else:
        one = reconciler.explain(rule)
        text = render_rule_text(one, page, docs_folder()) if format_ == "text" else render_rule_json(one)
    emit(text, syntax=syntax_of(format_), coloured=coloured)
    return 0
