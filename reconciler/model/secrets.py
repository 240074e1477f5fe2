"""Removes passwords from text for people. No other place does.

There are two methods. Patterns find what looks like the password of a connection string in any text. In addition,
the process remembers its own secrets, and masks them in texts that quote them. Text is masked on its way to
standard error and into error messages. Plans and scripts are never masked: they contain no message of the driver,
and must stay exact.

Each function takes time in proportion to its text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

MASK = "***"

_REMEMBERED = 200
_own: dict[str, None] = {}
_ENVIRONMENT = ("PGPASSWORD",)

# A pattern must not be slow on any text: runs of spaces and words are bounded.
_KEY = re.compile(r"(?:password|passwd|passphrase|\bpwd)\s{0,8}=\s{0,8}", re.IGNORECASE)
_ARGUMENT = re.compile(r"://|@|pass|host|=", re.IGNORECASE)
_NEXT = re.compile(r"\n|[\s&]\w{1,40} ?=")
_GOES_ON = re.compile(r"[^\s,;:.)\]\"'&]")
_LOOSE = re.compile(r"\S+")
_QUOTED = "\"'«»„“”‹›`"


def remember(secrets: Iterable[str]) -> None:
    """Mask these from now on in every text that quotes them. If there are very many, only the last ones are
    kept."""
    _own.update(dict.fromkeys(secret for secret in secrets if secret))
    for oldest in list(_own)[:-_REMEMBERED]:
        del _own[oldest]


def scrubbed(text: str) -> str:
    """`text` with passwords replaced by `***`."""
    for secret in sorted({*_own, *_environment()}, key=len, reverse=True):
        if secret in text:
            text = _without(secret, text)
    if "://" in text:
        text = "://".join(_after_scheme(part) if n else part for n, part in enumerate(text.split("://")))
    if "@" in text:
        text = _LOOSE.sub(lambda match: _user_info(match.group()), text)
    return _key_words(text) if "=" in text else text


def may_quote(arguments: Iterable[str]) -> bool:
    """Whether a message may quote these arguments of a command line.

    It must not if one looks like a part of a connection string, which the shell may have split at its spaces.
    """
    values = (one.partition("=")[2] if one.startswith("--") else one for one in arguments)
    return not any(_ARGUMENT.search(value) for value in values)


def _environment() -> Iterable[str]:
    return filter(None, map(os.environ.get, _ENVIRONMENT))


def _without(secret: str, text: str) -> str:
    """Mask one secret.

    A secret that is short, or could be a word of a message, is masked only where it is written as a value: masking
    it in the tool's own words would reveal it.
    """
    if len(secret) >= 4 and not re.fullmatch("[A-Za-z]+", secret):
        return text.replace(secret, MASK)
    quote = re.escape(_QUOTED)
    return re.sub(rf"(?<=[{quote}:=(]){re.escape(secret)}(?=[{quote}@&)\s]|$)", MASK, text)


def _after_scheme(part: str) -> str:
    """Mask `user:password@` at the beginning of the text after `://`. The last `@` of the line counts."""
    line, newline, rest = part.partition("\n")
    user_info, at, host = line.rpartition("@")
    user, colon, _ = user_info.partition(":")
    if at and colon:
        return f"{user}:{MASK}@{host}{newline}{rest}"
    # Without an `@` this may be a URL that was cut off: a port consists of digits.
    return re.sub(r"\A([^\s:/@\[\]?]*:)(?!\d{1,5}(?:[\s/?,;)'\"]|\Z))[^\s/@]+", rf"\1{MASK}", part)


def _user_info(word: str) -> str:
    """Mask `user:password@host` without a scheme, or with a broken one."""
    before, at, host = word.rpartition("@")
    first, colon, _ = before.partition(":")
    return f"{first}:{MASK}@{host}" if at and colon and "://" not in word else word


def _key_words(text: str) -> str:
    """Mask `password=value`: up to the closing quote, the next keyword, or the end of the line."""
    parts, done = [], 0
    while match := _KEY.search(text, done):
        begin = match.end()
        end = _end_of_quoted(text, begin) if text.startswith("'", begin) else begin
        if end == begin or _GOES_ON.match(text, end):  # a quote in the middle of a word closes nothing
            end = _end_of_bare(text, end)
        parts += [text[done:begin], MASK if end > begin else ""]
        done = end
    return "".join([*parts, text[done:]])


def _end_of_bare(text: str, begin: int) -> int:
    found = _NEXT.search(text, begin)
    return found.start() if found else len(text)


def _end_of_quoted(text: str, begin: int) -> int:
    """Return the position after the closing quote; a value that is never closed ends with the text."""
    position = begin + 1
    while (found := re.compile(r"[\\']").search(text, position)) is not None:
        if found.group() == "'":
            return found.end()
        position = found.end() + 1
    return len(text)
