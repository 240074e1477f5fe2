"""Reasons why a run is not, or not wholly, undone."""

from __future__ import annotations

from reconciler.model.rules.rule import ERROR, NOTE, REFUSAL, Example, Rule

_UNDO = Example(shell="reconcile undo last")

CHANGED_SINCE = Rule(
    "changed-since",
    REFUSAL,
    meaning="an object is not as the run left it, or a later run created or dropped it again, so undoing the run would "
    "undo the work of somebody else; the message has both definitions, and the later runs that changed the object",
    remedy="undo the later runs first, from the last to the first; or declare the objects that you want in the file, "
    "and apply that",
    bad=Example(
        shell="reconcile apply -f first.yaml\nreconcile apply -f second.yaml\n"
        "reconcile history\nreconcile undo 6f2c1b9e  # the run of first.yaml",
    ),
    good=Example(shell="reconcile undo last  # the run of second.yaml\nreconcile undo 6f2c1b9e"),
    see="undo.md",
)
BUILT_UPON = Rule(
    "built-upon",
    REFUSAL,
    meaning="an object of a later run relies on an object that the undo would remove, such as a foreign key on the key "
    "that it refers to; the message names both, and the later run",
    remedy="undo the later run first, or drop its object",
    bad=Example(
        shell="reconcile apply -f keys.yaml\nreconcile apply -f foreign_keys.yaml\n"
        "reconcile undo 6f2c1b9e  # the run of keys.yaml",
    ),
    good=Example(shell="reconcile undo last  # the run of foreign_keys.yaml\nreconcile undo 6f2c1b9e"),
    see="undo.md",
)
UNREADABLE_ENTRY = Rule(
    "unreadable-entry",
    REFUSAL,
    meaning="an entry of the run has no definitions that this version of reconcile can read: an older or a newer "
    "version, or another program, wrote it. The message names the step",
    remedy="declare the objects as they were in a file, and apply that; the columns `before` and `sql` of the entry "
    "say what the step did",
    bad=_UNDO,
    good=Example(shell="reconcile history 6f2c1b9e --format json"),
    see="undo.md",
)
JOURNAL_OPEN = Rule(
    "journal-open",
    ERROR,
    error_code=3,
    meaning="other roles may write to the journal, so its entries do not prove what a run did; the message names the "
    "roles",
    remedy="read the entries of the run in the journal: these roles could have written them. Then trust the roles with "
    "`--trust-role`, or revoke INSERT from them for the future",
    bad=Example(sql="GRANT INSERT ON migration_log TO shop_app;", shell="reconcile undo last"),
    good=Example(shell="reconcile undo last --trust-role shop_app"),
    see="undo.md",
)
NOT_UNDONE = Rule(
    "not-undone",
    NOTE,
    meaning="the undo of a run leaves something as it is: a validation, rows that were deleted without a copy or that "
    "cannot be restored to their table, or a table that was dropped. The message says what, and why",
    remedy="if rows stay in the quarantine, `reconcile restore --quarantine` lists them; correct the reason, and undo "
    "the run again",
    bad=_UNDO,
    good=Example(shell="reconcile undo last --plan\nreconcile restore --quarantine"),
    see="undo.md",
)
STILL_DECLARED = Rule(
    "still-declared",
    NOTE,
    meaning="the file declares what an undo reverts: the next `apply` makes the changes again. The message lists "
    "the places in the file, as they were when the run was made",
    remedy="change or remove the declarations, before somebody applies the file again",
    bad=_UNDO,
    good=Example(shell="reconcile undo last\ngit revert HEAD"),
    see="undo.md",
)
