"""Text is folded to the width of a terminal."""

from __future__ import annotations

from reconciler.report.page import folded


def test_prose_is_folded_between_words_but_never_inside_code_or_sql():
    prose = "  run `reconcile apply 'my plan.json'` to apply what this plan file of the review holds; see the log? "
    assert folded(prose, 48) == (
        "  run `reconcile apply 'my plan.json'` to apply\n"
        "  what this plan file of the review holds; see\n"
        "  the log? "
    )
    assert folded(prose, None) == prose
    place = "a.yaml:6:91: [unknown-key] unknown key `colums` in an index (did you mean `columns`?)"
    assert folded(place, 48) == (
        "a.yaml:6:91: [unknown-key] unknown key `colums`\n    in an index (did you mean `columns`?)"
    )
    statement = "  GRANT SELECT ON public.migration_log TO a_role_with_a_long_name;"
    assert folded(statement, 48) == statement
