"""Problems that prevent reading a file as YAML."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, Example, Rule

INVALID_FILE = Rule(
    "invalid-file",
    PROBLEM,
    meaning="the files have problems; the library's `InvalidFile` holds all of them",
    remedy="correct each of its problems",
    bad=Example(
        yaml="tables:\n  users: {primary_keys: id}",
    ),
    good=Example(
        yaml="tables:\n  users: {primary_key: id}",
    ),
)
MISSING_FILE = Rule(
    "missing-file",
    PROBLEM,
    error_code=64,
    meaning="the file or folder does not exist",
    remedy="correct the path after `-f`, or run the command in the folder of `schema.yaml`",
    bad=Example(
        shell="reconcile validate -f shema.yaml",
    ),
    good=Example(
        shell="reconcile validate -f schema.yaml",
    ),
)
UNREADABLE_FILE = Rule(
    "unreadable-file",
    PROBLEM,
    error_code=64,
    meaning="the file or folder cannot be read, or a pipe did not deliver its content within 30 seconds",
    remedy="give the user who runs the command the right to read it",
    bad=Example(
        shell="chmod 000 schema.yaml\nreconcile validate",
    ),
    good=Example(
        shell="chmod 644 schema.yaml\nreconcile validate",
    ),
)
NO_FILES = Rule(
    "no-files",
    PROBLEM,
    error_code=64,
    meaning="the folder contains no YAML files",
    remedy="name the folder that contains files ending in `.yaml` or `.yml`",
    bad=Example(
        shell="mkdir empty\nreconcile validate -f empty",
    ),
    good=Example(
        shell="reconcile validate -f schema",
    ),
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    PROBLEM,
    error_code=64,
    meaning="all files together are larger than 64 MB",
    remedy="manage the tables in several runs, each with files of its own",
    bad=Example(
        shell="reconcile export --output-dir all --split schema\nreconcile validate -f all",
    ),
    good=Example(
        shell="reconcile validate -f all/billing.yaml\nreconcile validate -f all/shop.yaml",
    ),
)
NOT_FOLLOWED = Rule(
    "not-followed",
    PROBLEM,
    error_code=64,
    meaning="the path is a symbolic link, or leads through one, or a pipe, a socket or a device",
    remedy="name the file itself, or add `--follow`",
    bad=Example(
        shell="ln -s ../shared/schema.yaml schema.yaml\nreconcile validate",
    ),
    good=Example(
        shell="reconcile validate --follow",
    ),
    see="file-format.md#which-files-are-read",
)
NOT_A_FILE = Rule(
    "not-a-file",
    PROBLEM,
    meaning="a folder contains an entry that is named like a YAML file, but is a link that leaves the folder or "
    "not a regular file",
    remedy="remove it from the folder; or name it with `-f`, and add `--follow`",
    bad=Example(
        shell="ln -s /etc/passwd schema/users.yaml\nreconcile validate -f schema",
    ),
    good=Example(
        shell="rm schema/users.yaml\nreconcile validate -f schema",
    ),
    see="file-format.md#which-files-are-read",
)
EMPTY_FILE = Rule(
    "empty-file",
    PROBLEM,
    meaning="the file declares nothing",
    remedy="declare a table, or remove the file",
    bad=Example(
        yaml="# nothing but a comment",
    ),
    good=Example(
        yaml="tables:\n  users:",
    ),
)
YAML_SYNTAX = Rule(
    "yaml-syntax",
    PROBLEM,
    meaning="the file is not valid YAML",
    remedy="correct the line that the message names: often an indent, a colon without a space, or quotes left open",
    bad=Example(
        yaml="tables:\n  users: {primary_key: id",
    ),
    good=Example(
        yaml="tables:\n  users: {primary_key: id}",
    ),
)
YAML_ENCODING = Rule(
    "yaml-encoding",
    PROBLEM,
    meaning="the file is not valid UTF-8",
    remedy="save the file as UTF-8",
    bad=Example(
        shell="iconv -t UTF-16 -o schema.yaml old.yaml\nreconcile validate",
    ),
    good=Example(
        shell="iconv -f UTF-16 -t UTF-8 -o schema.yaml old.yaml\nreconcile validate",
    ),
)
YAML_LIMIT = Rule(
    "yaml-limit",
    PROBLEM,
    meaning="the file is nested too deep, or its aliases expand to too many values",
    remedy="write out the values of the aliases, and nest less",
    bad=Example(
        yaml="tables: &a [&b [*a, *a], *b]",
    ),
    good=Example(
        yaml="tables:\n  users:",
    ),
)
YAML_TAG = Rule(
    "yaml-tag",
    PROBLEM,
    meaning="tags such as `!!str` are not supported",
    remedy="remove the tag; quotes make a value a text",
    bad=Example(
        yaml="tables:\n  users: {primary_key: !!str id}",
    ),
    good=Example(
        yaml="tables:\n  users: {primary_key: id}",
    ),
)
MERGE_KEY = Rule(
    "merge-key",
    PROBLEM,
    meaning="merge keys (`<<`) are not supported",
    remedy="write the keys out",
    bad=Example(
        yaml="tables:\n  users: &common\n    not_null: id\n  orders:\n    <<: *common",
    ),
    good=Example(
        yaml="tables:\n  users:\n    not_null: id\n  orders:\n    not_null: id",
    ),
)
SEVERAL_DOCUMENTS = Rule(
    "several-documents",
    PROBLEM,
    meaning="more than one document in a file (after `---`) is not supported",
    remedy="put each document into its own file",
    bad=Example(
        yaml="tables:\n  users:\n---\ntables:\n  orders:",
    ),
    good=Example(
        yaml="tables:\n  users:\n  orders:",
    ),
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    PROBLEM,
    meaning="a key occurs twice in one mapping",
    remedy="keep one of the two",
    bad=Example(
        yaml="tables:\n  users: {primary_key: id}\n  users: {not_null: name}",
    ),
    good=Example(
        yaml="tables:\n  users: {primary_key: id, not_null: name}",
    ),
)
