"""What keeps a file from being read as YAML."""

from __future__ import annotations

from reconciler.model.rules.rule import PROBLEM, Rule

INVALID_FILE = Rule(
    "invalid-file",
    PROBLEM,
    meaning="stands for all problems together, in the library's `InvalidFile`",
    remedy="correct each of its problems",
)
MISSING_FILE = Rule(
    "missing-file",
    PROBLEM,
    meaning="the file or folder does not exist",
    remedy="correct the path after `-f`, or run the command in the folder of `schema.yaml`",
)
UNREADABLE_FILE = Rule(
    "unreadable-file",
    PROBLEM,
    meaning="the file or folder cannot be read (a pipe: within 30 seconds)",
    remedy="give yourself the right to read it",
)
NO_FILES = Rule(
    "no-files",
    PROBLEM,
    meaning="the folder holds no YAML",
    remedy="name the folder that holds files ending in `.yaml` or `.yml`",
)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    PROBLEM,
    meaning="all files together are larger than 64 MB",
    remedy="manage the tables in several runs, each with files of its own",
)
NOT_FOLLOWED = Rule(
    "not-followed",
    PROBLEM,
    meaning="the path is a symbolic link, or leads through one, or a pipe, a socket or a device",
    remedy="name the file that is meant, or add `--follow`",
)
NOT_A_FILE = Rule(
    "not-a-file",
    PROBLEM,
    meaning="a folder holds something that has a name like a YAML file and is not a regular file, or a link "
    "that leaves the folder",
    remedy="remove it from the folder; or name it with `-f`, and add `--follow`",
)
EMPTY_FILE = Rule(
    "empty-file",
    PROBLEM,
    meaning="the file declares nothing",
    remedy="declare a table, or remove the file",
)
YAML_SYNTAX = Rule(
    "yaml-syntax",
    PROBLEM,
    meaning="it is not YAML",
    remedy="correct the line that the message names: often an indent, a colon without a space, or quotes left open",
)
YAML_ENCODING = Rule(
    "yaml-encoding",
    PROBLEM,
    meaning="it is not UTF-8",
    remedy="save the file as UTF-8",
)
YAML_LIMIT = Rule(
    "yaml-limit",
    PROBLEM,
    meaning="nested too deep, or aliases that stand for too much",
    remedy="write out what the aliases stand for, and nest less",
)
YAML_TAG = Rule(
    "yaml-tag",
    PROBLEM,
    meaning="tags such as `!!str` are not supported",
    remedy="take the tag out; quotes make a text",
)
MERGE_KEY = Rule(
    "merge-key",
    PROBLEM,
    meaning="merge keys (`<<`) are not supported",
    remedy="write the keys out",
)
SEVERAL_DOCUMENTS = Rule(
    "several-documents",
    PROBLEM,
    meaning="more than one document in a file (after `---`) is not supported",
    remedy="put each document into a file of its own",
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    PROBLEM,
    meaning="a key stands twice in one mapping",
    remedy="keep one of the two",
)
